"""Several schemas that must all hold, as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cdk_eventbridge_patterns.contracts.comparison.keywords import (
    ASSERTING,
    LEAST,
    MOST,
    OPAQUE,
    SENSITIVE,
    UNEVALUATED,
    Plain,
)
from cdk_eventbridge_patterns.contracts.comparison.values import key


class TooHardError(Exception):
    """The comparison does not go that far; the message says what stopped it."""


def merged(parts: Iterable[Plain]) -> Plain | None:
    """Return one schema that allows exactly what all *parts* allow; nothing if they name different types.

    Raises:
        TooHardError: If no such schema can be written down.
    """
    whole: Plain | None = {}
    for part in parts:
        if whole is None:
            return None
        whole = _both(whole, part) if whole and part else dict(whole or part)
    return whole


def _both(one: Plain, other: Plain) -> Plain | None:
    _check_apart(one, other)
    _check_apart(other, one)
    both = one | other
    for keyword in one.keys() & other.keys():
        if key(one[keyword]) != key(other[keyword]):
            both[keyword] = _merge(keyword, one, other)
    return None if both.get("type", "") is None else both


def _merge(keyword: str, one: Plain, other: Plain) -> Any:  # noqa: ANN401 - JSON
    if keyword not in ASSERTING:
        return one[keyword]
    if keyword not in _MERGES or (keyword == "items" and "prefixItems" in one.keys() | other.keys()):
        msg = f"allOf with more than one {keyword}"
        raise TooHardError(msg)
    return _MERGES[keyword](one[keyword], other[keyword])


def _check_apart(one: Plain, other: Plain) -> None:
    """Refuse a keyword that looks only at its own neighbours, beside what would become such a neighbour."""
    closes = one.get("additionalProperties", True) not in (True, {}) or bool(one.keys() & UNEVALUATED)
    if closes and other.keys() & {"properties", "patternProperties", "additionalProperties", "items", "prefixItems"}:
        msg = "allOf with a part that speaks of all other fields"
        raise TooHardError(msg)
    if "items" in one and "prefixItems" in other:
        msg = "allOf with items apart from their prefixItems"
        raise TooHardError(msg)
    for head, *others in OPAQUE:
        if head in one and head in other and any(key(one.get(each)) != key(other.get(each)) for each in others):
            msg = f"allOf with more than one {head}"
            raise TooHardError(msg)


def _type(one: str, other: str) -> str | None:
    return "integer" if {one, other} == {"integer", "number"} else None


def _named(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    both = {name: {"allOf": [one[name], other[name]]} for name in one.keys() & other.keys() if one[name] != other[name]}
    return {**one, **other, **both}


_MERGES: dict[str, Callable[[Any, Any], Any]] = {
    "type": _type,
    "required": lambda one, other: sorted({*one, *other}),
    "enum": lambda one, other: [value for value in one if key(value) in set(map(key, other))],
    "properties": _named,
    "patternProperties": _named,
    "items": lambda one, other: {"allOf": [one, other]},
    "uniqueItems": lambda one, other: one or other,
    SENSITIVE: lambda one, other: one or other,
    **dict.fromkeys(("minimum", "exclusiveMinimum", *LEAST), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", *MOST), min),
}
