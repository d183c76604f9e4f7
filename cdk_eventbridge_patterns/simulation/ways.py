"""The ways that a kind of event may take: along rules whose event patterns let its source and detail-type through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.event_type_pattern import EventTypePattern
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, all_of


@dataclass(frozen=True, kw_only=True)
class Way:
    """Rules that hand an event on, one after the other, and the target of the last.

    Args:
        rules: The rules; all but the last move it to another bus.

        target: Where it ends.

        open: Whether their event patterns let the event through, as far as source and detail-type say.
    """

    rules: tuple[Rule, ...]
    target: Target
    open: Answer


def ways_of(topology: Topology, event: EventStamp, bus_arn: str) -> Iterator[Way]:
    """Return the ways that *event* may take from a bus, by one move to another bus at most; none is surely shut."""
    for first in _on(topology, event, bus_arn):
        yield first
        if first.target.is_bus and first.target.arn != bus_arn:
            for second in _on(topology, event, first.target.arn):
                if not second.target.is_bus:
                    rules = (*first.rules, *second.rules)
                    yield Way(rules=rules, target=second.target, open=all_of([first.open, second.open]))


def _on(topology: Topology, event: EventStamp, bus_arn: str) -> Iterator[Way]:
    for rule in topology.rules_on(bus_arn):
        pattern = EventTypePattern.of(rule) if rule.enabled is not False else None
        matches = False if pattern is None else pattern.matches(event)
        if matches is not False:
            for target in rule.known_targets:
                yield Way(rules=(rule,), target=target, open=matches)
