"""The events that a rule asks for by name."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.topology.event_patterns import EVENT_TYPE
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import is_literal


def event_types(rule: Rule) -> tuple[EventType, ...]:
    """Return source and detail-type of each event that *rule* names; none where it asks for them otherwise."""
    pattern = rule.event_pattern
    if not isinstance(pattern, Mapping):
        return ()
    asked = [pattern.get(field) for field in EVENT_TYPE]
    named = [values for values in asked if isinstance(values, list) and all(map(_is_name, values))]
    if len(named) < len(EVENT_TYPE):
        return ()
    return tuple(EventType(source, detail_type) for source, detail_type in product(*named))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and is_literal(value)
