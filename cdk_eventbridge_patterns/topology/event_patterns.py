"""Event patterns of rules, parts of which may be known at deployment only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import is_literal, unknown_parts
from cdk_eventbridge_patterns.undecided import Undecided

EVENT_TYPE = ("source", "detail-type")
"""The fields that tell which event it is."""

ANYTHING = {"exists": True}
"""What every value of a field satisfies."""

OR = "$or"
"""The key whose value lists alternatives."""

_Replacement = Callable[[Any], Any]


def event_pattern_place(rule: Rule) -> Location:
    """Return where the event pattern of a rule is written."""
    return rule.location.at("EventPattern" if rule.kind is BusKind.CLASSIC else "FilterConfiguration")


def unknown_in(value: Any) -> Undecided | None:  # noqa: ANN401 - whatever an event pattern holds
    """Return why *value*, or something in it, is not known, nothing where all of it is."""
    if isinstance(value, Undecided):
        return value
    if isinstance(value, str):
        parts = unknown_parts(value) or [value]
        return None if is_literal(value) else Undecided(f"{' and '.join(parts)} is known at deployment only")
    below = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return next((found for each in below if (found := unknown_in(each)) is not None), None)


def listed(rule: Rule, field: str) -> list[str]:
    """Return the texts that *rule* lists for a field of the envelope, none where it asks otherwise."""
    values = rule.event_pattern.get(field) if isinstance(rule.event_pattern, Mapping) else None
    if not isinstance(values, list) or not all(isinstance(each, str) and unknown_in(each) is None for each in values):
        return []
    return values


def substituted(pattern: Mapping[str, Any], by: _Replacement) -> dict[str, Any]:
    """Return *pattern* with each value or operator that is not known replaced by what *by* makes of it."""
    return {key: _field(key, value, by) for key, value in pattern.items()}


def as_text(value: Any) -> Any:  # noqa: ANN401
    """Replace what is not known by some text: what an event pattern asks of a field, it asks still."""
    return value if isinstance(value, str) else "«unknown»"


def parsed(pattern: Mapping[str, Any], by: _Replacement = as_text) -> EventPattern | None:
    """Return an event pattern of any length, nothing where EventBridge would refuse it."""
    try:
        return read(substituted(pattern, by))
    except EventPatternError:
        return None


def read(pattern: Mapping[str, Any]) -> EventPattern:
    """Return an event pattern of any length, all of which is known.

    Raises:
        EventPatternError: If EventBridge would refuse it.
    """
    return _read(json.dumps(pattern, separators=(",", ":"), ensure_ascii=False, default=str))


@lru_cache(maxsize=4096)
def _read(text: str) -> EventPattern:
    """Read each once: several checks ask, and many rules ask for the same."""
    return EventPattern.parse(text, longest=None)


def of_event_type(pattern: Mapping[str, Any]) -> dict[str, Any]:
    """Return what *pattern* asks of source and detail-type, and nothing else of it."""
    kept = {field: pattern[field] for field in EVENT_TYPE if field in pattern}
    if isinstance(pattern.get(OR), list):
        kept[OR] = [of_event_type(each) if isinstance(each, Mapping) else each for each in pattern[OR]]
    return kept or {"source": [ANYTHING]}


def _field(key: str, value: Any, by: _Replacement) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return substituted(value, by)
    if key == OR and isinstance(value, list):
        return [substituted(each, by) if isinstance(each, Mapping) else each for each in value]
    if isinstance(value, list):
        return [each if unknown_in(each) is None else by(each) for each in value]
    return value if unknown_in(value) is None else [by(value)]
