"""The rules that may get an event, wherever moves from bus to bus bring it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from cdk_eventbridge_patterns.differences.declared_event import DeclaredEvent
from cdk_eventbridge_patterns.differences.rules_by_event import RulesByEvent
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import is_known, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of


class Taker(NamedTuple):
    """A rule, and whether it gets the event as long as the event's detail fits."""

    rule: Rule
    answer: Answer


class Takers:
    """Who gets events in a topology.

    Args:
        topology: The topology.
    """

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._on_bus: dict[str, RulesByEvent] = {}
        self._on_unknown_buses = RulesByEvent([rule for rule in topology.rules if not is_known(rule.bus_arn)])

    def of(self, event: DeclaredEvent) -> list[Taker]:
        """Return the rules that may get *event*, each once.

        Where no template says which buses carry it, rules on every bus count; where nobody says its source and
        detail-type, only those whose stamps name it.
        """
        found: dict[int, Taker] = {}
        waiting = list(self._first(event))
        while waiting:
            taker = waiting.pop()
            known = found.get(id(taker.rule))
            if taker.answer is False or (known is not None and (known.answer is True or taker.answer is not True)):
                continue
            found[id(taker.rule)] = taker
            waiting += (Taker(rule, all_of([taker.answer, there])) for rule, there in self._fed_by(taker.rule, event))
        return sorted(found.values(), key=lambda taker: (taker.rule.bus_arn, taker.rule.arn))

    def _first(self, event: DeclaredEvent) -> Iterator[Taker]:
        if not event.buses:
            yield from self._taking(self._everywhere, event)
            return
        for bus in event.buses:
            yield from self._taking(self._rules_on(bus), event)
            for rule, answer in self._taking(self._on_unknown_buses, event):
                yield Taker(rule, all_of([same(rule.bus_arn, bus), answer]))

    def _fed_by(self, rule: Rule, event: DeclaredEvent) -> Iterator[Taker]:
        """Return the rules that get *event* from *rule*; where it carries to is not always known beforehand."""
        if isinstance(rule.targets, Undecided):
            yield from (Taker(each, rule.targets) for each, _ in self._taking(self._everywhere, event))
        for target in rule.known_targets:
            if not is_known(target.arn):
                for each, answer in self._taking(self._everywhere, event):
                    yield Taker(each, all_of([same(target.arn, each.bus_arn), answer]))
            elif target.is_bus:
                yield from self._taking(self._rules_on(target.arn), event)

    def _taking(self, rules: RulesByEvent, event: DeclaredEvent) -> Iterator[Taker]:
        found = rules.stamped(event.name) if event.event_type is None else rules.taking(event.event_type)
        return (Taker(rule, answer) for rule, answer in found)

    def _rules_on(self, bus_arn: str) -> RulesByEvent:
        if bus_arn not in self._on_bus:
            self._on_bus[bus_arn] = RulesByEvent(self._topology.rules_on(bus_arn))
        return self._on_bus[bus_arn]

    @cached_property
    def _everywhere(self) -> RulesByEvent:
        return RulesByEvent(self._topology.rules)
