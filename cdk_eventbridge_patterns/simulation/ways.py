"""The ways that a kind of event may take: along rules whose event patterns let its source and detail-type through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdk_eventbridge_patterns.matching import RuleSet
from cdk_eventbridge_patterns.topology.event_type_pattern import EventTypePattern, fields_of, lets_through
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

        open: Whether their event patterns let the event through, as far as source and detail-type say, and they are
            there and on.
    """

    rules: tuple[Rule, ...]
    target: Target
    open: Answer


class Ways:
    """The ways through a topology, ready for many events."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._on_bus: dict[str, _RulesOfBus] = {}

    def of(self, event: EventStamp, bus_arn: str) -> Iterator[Way]:
        """Return the ways that *event* may take from a bus, by one move at most; none is surely shut."""
        for first in self._from(event, bus_arn):
            yield first
            if first.target.is_bus and first.target.arn != bus_arn:
                for second in self._from(event, first.target.arn):
                    if not second.target.is_bus:
                        rules = (*first.rules, *second.rules)
                        yield Way(rules=rules, target=second.target, open=all_of([first.open, second.open]))

    def _from(self, event: EventStamp, bus_arn: str) -> Iterator[Way]:
        if bus_arn not in self._on_bus:
            self._on_bus[bus_arn] = _RulesOfBus(self._topology.rules_on(bus_arn))
        for rule in self._on_bus[bus_arn].that_may_match(event):
            conditional = True if rule.conditional is None else rule.conditional
            answer = all_of([lets_through(rule, event), rule.enabled, conditional])
            for target in () if answer is False else rule.known_targets:
                yield Way(rules=(rule,), target=target, open=answer)


def ways_of(topology: Topology, event: EventStamp, bus_arn: str) -> Iterator[Way]:
    """Return the ways that *event* may take from a bus, by one move to another bus at most; none is surely shut."""
    return Ways(topology).of(event, bus_arn)


class _RulesOfBus:
    """The rules of one bus, by what they may match: most of them ask for other events."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        read = {str(number): EventTypePattern.of(rule) for number, rule in enumerate(rules)}
        self._unread = {number for number, pattern in read.items() if pattern is None}
        self._read = RuleSet({number: pattern.possibly for number, pattern in read.items() if pattern is not None})

    def that_may_match(self, event: EventStamp) -> Iterator[Rule]:
        matching = {*self._read.matching(fields_of(event)), *self._unread}
        return (rule for number, rule in enumerate(self._rules) if str(number) in matching)
