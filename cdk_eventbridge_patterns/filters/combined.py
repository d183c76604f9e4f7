"""Several conditions as one filter."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.filters.conditions import Condition

_OR = "$or"


def where(*conditions: Condition) -> Condition:
    """Let through what satisfies all of *conditions*.

    Raises:
        DeclarationError: If there are none, or two are on one field: give all values of a field to one operator.
    """
    _check_some(conditions, 1)
    merged: Condition = {}
    for condition in conditions:
        merged = _merged(merged, condition, "detail")
    return merged


def any_of(*conditions: Condition) -> Condition:
    """Let through what satisfies one of *conditions*, two at least.

    Raises:
        DeclarationError: If there are fewer.
    """
    _check_some(conditions, 2)
    return {_OR: list(conditions)}


def _check_some(conditions: tuple[Condition, ...], fewest: int) -> None:
    if len(conditions) < fewest or not all(isinstance(each, dict) and each for each in conditions):
        msg = f"conditions must be at least {fewest}, such as equals(order.status, 'paid'), got {list(conditions)!r}"
        raise DeclarationError(msg)


def _merged(one: Condition, other: Condition, path: str) -> Condition:
    merged: dict[str, Any] = dict(one)
    for name, value in other.items():
        before = merged.get(name)
        if before is None:
            merged[name] = value
        elif isinstance(before, dict) and isinstance(value, dict):
            merged[name] = _merged(before, value, f"{path}.{name}")
        else:
            msg = f"conditions must be on different fields, got two on {path}.{name}; give one operator all its values"
            raise DeclarationError(msg)
    return merged
