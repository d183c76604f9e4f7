"""An event pattern from JSON to its alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching.json_text import Fields, shown
from cdk_eventbridge_patterns.matching.limits import check_combinations, check_fields
from cdk_eventbridge_patterns.matching.matchers import Matcher
from cdk_eventbridge_patterns.matching.operators import OPERATORS, matcher

OR = "$or"

# Field names that an alternative of $or may not have, at any depth: today's operators and those kept for later.
# aws/event-ruler, Constants, RESERVED_FIELD_NAMES_IN_OR_RELATIONSHIP.
RESERVED = frozenset(
    {
        *OPERATORS, "=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case",
        "date-after", "date-on-or-after", "date-before", "date-on-or-before", "in-date-range",
        "ip-address-in-range", "ip-address-not-in-range",
    }
)  # fmt: skip

# The matchers of each path. A path that is given twice is what it was given last.
AlternativeFields = dict[str, tuple[Matcher, ...]]


def alternatives(pattern: object) -> list[AlternativeFields]:
    """Return what *pattern* asks for: each alternative of `$or` apart.

    Where it can't be read with `$or`, EventBridge reads `$or` as the name of a field. If that fails too, what is wrong
    is what was wrong at first.
    """
    try:
        found = _Reader(knows_or=True).read(pattern)
    except EventPatternError as error:
        if OR not in str(error):
            raise
        try:
            found = _Reader(knows_or=False).read(pattern)
        except EventPatternError:
            raise error from None
    for fields in found:
        check_fields(fields)
    return found


class _Reader:
    def __init__(self, *, knows_or: bool) -> None:
        self._knows_or = knows_or
        self._combinations = 1

    def read(self, pattern: object) -> list[AlternativeFields]:
        return self._object(pattern, "", "", [{}], inside_or=False)

    def _object(
        self, fields: object, path: str, name: str, before: list[AlternativeFields], *, inside_or: bool
    ) -> list[AlternativeFields]:
        """Return the alternatives *before* with *fields* added; *path* is for people, *name* begins the dotted path."""
        if not isinstance(fields, Fields | Mapping) or not fields:
            msg = (
                f"{path or 'event pattern'} must be a mapping of fields to lists of values, "
                f"such as {{'status': ['paid']}}, got {shown(fields)}"
            )
            raise EventPatternError(msg)
        found = before
        for key, value in fields.items():
            _check_name(key, path, inside_or=inside_or)
            below = f"{path}.{key}" if path else key
            if key == OR and self._knows_or:
                found = self._or(value, below, name, found)
            elif isinstance(value, Fields | Mapping):
                found = self._object(value, below, f"{name}{key}.", found, inside_or=inside_or)
            else:
                matchers = _matchers(value, below)
                found = [{**one, name + key: matchers} for one in found]
        return found

    def _or(self, value: object, path: str, name: str, before: list[AlternativeFields]) -> list[AlternativeFields]:
        if not isinstance(value, list) or len(value) < 2:  # noqa: PLR2004
            msg = f"{path} must be a list of at least two alternatives, got {shown(value)}"
            raise EventPatternError(msg)
        self._combinations *= len(value)
        check_combinations(self._combinations, path)
        return [
            found
            for number, fields in enumerate(value)
            for found in self._object(fields, f"{path}[{number}]", name, before, inside_or=True)
        ]


def _check_name(key: Any, path: str, *, inside_or: bool) -> None:  # noqa: ANN401 - a mapping may have any key
    if not isinstance(key, str):
        msg = f"{path or 'event pattern'} must have names of fields in text, such as 'status', got {key!r}"
        raise EventPatternError(msg)
    if inside_or and key in RESERVED:
        msg = f"{path} must not have a field named like an operator inside {OR}, got {key!r}"
        raise EventPatternError(msg)


def _matchers(values: object, path: str) -> tuple[Matcher, ...]:
    if not isinstance(values, list) or not values:
        msg = f"{path} must be a list of at least one value or operator, such as ['paid'], got {shown(values)}"
        raise EventPatternError(msg)
    return tuple(matcher(value, f"{path}[{number}]") for number, value in enumerate(values))
