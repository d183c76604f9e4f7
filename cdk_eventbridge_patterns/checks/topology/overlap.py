"""Whether one event may match two rules, as far as source and detail-type say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern, overlaps
from cdk_eventbridge_patterns.topology.bus import Archive
from cdk_eventbridge_patterns.topology.event_type_pattern import EventTypePattern
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.undecided import Answer, Undecided


def may_share_events(first: Rule, second: Rule | Archive) -> Answer:
    """Return whether an event that matches *first* may match *second*.

    It may not where their sources, or their detail-types, are surely others. The detail is not looked at.
    """
    one, other = first.event_pattern, second.event_pattern
    undecided = next((each for each in (one, other) if isinstance(each, Undecided)), None)
    if undecided is not None:
        return undecided
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return False  # a rule on a schedule, or one that EventBridge refuses, passes nothing on
    if "$or" in one or "$or" in other:
        return _share_some_way(first, second)
    return all(_may_share(field, one, other) for field in ("source", "detail-type"))


def _share_some_way(first: Rule, second: Rule | Archive) -> Answer:
    """Return whether some alternatives of both let the same source and detail-type through."""
    one, other = EventTypePattern.of(first), EventTypePattern.of(second)
    if one is None or other is None:
        return False
    answer = overlaps(one.possibly, other.possibly)
    unknown = other.unknown if one.unknown is None else one.unknown
    return unknown if answer is True and unknown is not None else answer


def _may_share(field: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether a value of *field* may fit both: where neither lists plain values, it may."""
    if field not in one or field not in other:
        return True
    for listing, matching in ((one, other), (other, one)):
        values = listing[field]
        if isinstance(values, list) and all(isinstance(each, str) and "«" not in each for each in values):
            return any(_fits(field, value, matching[field]) for value in values)
    return True


def _fits(field: str, value: str, expected: Any) -> bool:  # noqa: ANN401 - whatever an event pattern holds
    if isinstance(expected, list) and any("«" in str(each) for each in expected):
        return True
    try:
        return EventPattern.parse({field: expected}).matches({field: value})
    except EventPatternError:
        return False
