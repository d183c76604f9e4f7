"""How carefully an event's data must be handled."""

from __future__ import annotations

from enum import Enum

from cdk_eventbridge_patterns.errors import ContractError


class DataClass(str, Enum):
    """The classes of data, from harmless to strictly guarded."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    RESTRICTED = "restricted"


def check_data_class(data_class: DataClass | None, sensitive: tuple[str, ...]) -> DataClass:
    """Return the class of data with *sensitive* fields; nothing given is internal, or confidential if there are any.

    Raises:
        ContractError: If it is none, or too low for a sensitive field.
    """
    if data_class is None:
        return DataClass.CONFIDENTIAL if sensitive else DataClass.INTERNAL
    try:
        checked = DataClass(data_class)
    except ValueError:
        known = ", ".join(member.value for member in DataClass)
        msg = f"data_class must be one of {known}, got {data_class!r}"
        raise ContractError(msg) from None
    if sensitive and checked in (DataClass.PUBLIC, DataClass.INTERNAL):
        msg = f"data_class must be confidential or restricted, as {sensitive[0]} is sensitive, got {checked.value!r}"
        raise ContractError(msg)
    return checked
