"""What the event patterns of rules match, as far as source and detail-type go."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.topology.bus import Bus, BusKind
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology

Event = tuple[str, str]
"""Source and detail-type."""

_NAMED = ("source", "detail-type")


def event_pattern_place(rule: Rule) -> Location:
    """Return where the event pattern of a rule is written."""
    return rule.location.at("EventPattern" if rule.kind is BusKind.CLASSIC else "FilterConfiguration")


def parsed(pattern: Mapping[str, Any] | str) -> EventPattern:
    """Return an event pattern, parsed once for all rules that have the same.

    Raises:
        EventPatternError: If EventBridge refuses it.
    """
    return _parsed(pattern if isinstance(pattern, str) else json.dumps(pattern, default=str))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> EventPattern:
    return EventPattern.parse(text)


def may_match(pattern: Mapping[str, Any], event: Event) -> bool:
    """Return whether an event of this source and detail-type may match, whatever else is in it."""
    if "$or" in pattern or "«" in json.dumps(pattern, default=str, ensure_ascii=False):
        return True
    named = {field: pattern[field] for field in _NAMED if field in pattern}
    try:
        return not named or parsed(named).matches(dict(zip(_NAMED, event, strict=True)))
    except EventPatternError:
        return True  # another check's


def declared_for(topology: Topology, bus: Bus) -> set[Event]:
    """Return the events that are declared for a bus: its own, and those of the buses that send to it.

    Nothing where nobody says what is published on one of them.
    """
    senders = [topology.bus(move.rule.bus_arn) for move in topology.moves_to(bus.arn)]
    if bus.stamp is None or any(each is None or each.stamp is None or not each.stamp.publishes for each in senders):
        return set()
    stamps = [each.stamp for each in (bus, *senders) if each is not None]
    return {(event.source, event.detail_type) for stamp in stamps if stamp for event in stamp.publishes}
