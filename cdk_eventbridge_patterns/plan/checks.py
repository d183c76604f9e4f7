"""Checks of arguments that several declarations share."""

from __future__ import annotations

from cdk_eventbridge_patterns.errors import DeclarationError


def check_whole_number(value: int, argument: str, lowest: int, highest: int, unit: str) -> int:
    """Return *value* if it is a whole number between two bounds."""
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        msg = f"{argument} must be {lowest} to {highest} {unit}, got {value!r}"
        raise DeclarationError(msg)
    return value
