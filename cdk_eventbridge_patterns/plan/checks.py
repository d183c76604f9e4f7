"""Checks of arguments that several declarations share."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.errors import DeclarationError


def check_whole_number(value: int, argument: str, lowest: int, highest: int, unit: str) -> int:
    """Return *value* if it is a whole number between two bounds."""
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        msg = f"{argument} must be {lowest} to {highest} {unit}, got {value!r}"
        raise DeclarationError(msg)
    return value


def check_list(values: object, argument: str, kinds: type | tuple[type, ...], rule: str) -> None:
    """Refuse what is no list of *kinds*; *rule* says what it must be."""
    items = values if isinstance(values, Sequence) and not isinstance(values, str) else None
    if items is None or not all(isinstance(item, kinds) for item in items):
        msg = f"{argument} must be {rule}, got {values!r}"
        raise DeclarationError(msg)
