"""What the event patterns of rules ask for, parts of which may be known at deployment only."""

from __future__ import annotations

from collections.abc import Mapping

from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.event_patterns import ANYTHING, parsed, unknown_in
from cdk_eventbridge_patterns.topology.event_type_pattern import EventTypePattern
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of


def may_take(rule: Rule, event_type: EventType) -> Answer:
    """Return whether *rule* takes an event of this source and detail-type, as long as its detail fits."""
    return all_of([_asks_for(rule, event_type), rule.enabled, is_made(rule)])


def is_made(rule: Rule) -> Answer:
    """Return whether *rule* is there at all once its stack is deployed."""
    return True if rule.conditional is None else rule.conditional


def pattern_of(rule: Rule) -> EventPattern | None:
    """Return the event pattern of *rule*, what is not known in it replaced by anything; nothing where it has none."""
    return parsed(rule.event_pattern, lambda _: ANYTHING) if isinstance(rule.event_pattern, Mapping) else None


def unknown_of(rule: Rule) -> Undecided | None:
    """Return why the event pattern of *rule* is not known beforehand, nothing where it is."""
    return unknown_in(rule.event_pattern)


def possible_types(rule: Rule) -> EventPattern | Undecided | None:
    """Return what *rule* may ask of source and detail-type, nothing where it takes no event at all."""
    if rule.kind is BusKind.V2:
        return Undecided("what a subscriber of the newer bus takes is not followed here")
    if isinstance(rule.event_pattern, Undecided):
        return rule.event_pattern
    asked = EventTypePattern.of(rule)  # nothing on a schedule, or where EventBridge would refuse it
    return None if asked is None else asked.possibly


def _asks_for(rule: Rule, event_type: EventType) -> Answer:
    possible = possible_types(rule)
    if isinstance(possible, Undecided):
        return possible
    asked = EventTypePattern.of(rule)
    if asked is None:
        return False
    fields = {"source": event_type.source, "detail-type": event_type.detail_type}
    if asked.surely.matches(fields):
        return True
    return asked.unknown if asked.unknown is not None and asked.possibly.matches(fields) else False
