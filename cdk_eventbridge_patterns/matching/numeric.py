"""The operand of `numeric`, from JSON to a matcher."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching.json_text import shown
from cdk_eventbridge_patterns.matching.matchers import Numeric
from cdk_eventbridge_patterns.matching.number import number_of

_LOWER = (">", ">=")
_UPPER = ("<", "<=")


def numeric(operand: object, path: str) -> Numeric:
    """Return the bounds that *operand* sets: one comparison, or a lower bound and then a higher upper one."""
    terms = list(operand) if isinstance(operand, list) else []
    signs, values = terms[::2], [_comparable(value, path) for value in terms[1::2]]
    if len(signs) != len(values) or tuple(map(_kind, signs)) not in _FORMS:
        msg = (
            f"{path} must be =, <, <=, > or >= and a number, or a lower and then an upper bound, "
            f"such as ['>', 0, '<=', 5], got {shown(operand)}"
        )
        raise EventPatternError(msg)
    if len(values) > 1 and values[0] >= values[1]:
        msg = f"{path} must have an upper bound above its lower bound, such as ['>', 0, '<=', 5], got {shown(operand)}"
        raise EventPatternError(msg)
    bounds: dict[str, Any] = {}
    for sign, value in zip(signs, values, strict=True):
        if sign in ("=", *_LOWER):
            bounds |= {"low": value, "low_included": sign != ">"}
        if sign in ("=", *_UPPER):
            bounds |= {"high": value, "high_included": sign != "<"}
    return Numeric(**bounds)


_FORMS = (("equal",), ("lower",), ("upper",), ("lower", "upper"))


def _kind(sign: object) -> str:
    if sign == "=":
        return "equal"
    return "lower" if sign in _LOWER else "upper" if sign in _UPPER else "unknown"


def _comparable(value: object, path: str) -> float:
    number = number_of(value)
    if number is None:
        msg = f"{path} must compare with numbers, such as ['>', 0, '<=', 5], got {shown(value)}"
        raise EventPatternError(msg)
    if number.value is None:
        msg = f"{path} must compare with numbers that a double holds exactly, such as 0.1, got {number}"
        raise EventPatternError(msg)
    return number.value
