"""The rules that may get an event, wherever moves from bus to bus bring it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cdk_eventbridge_patterns.differences.declared_event import DeclaredEvent
from cdk_eventbridge_patterns.differences.rule_patterns import may_take
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import is_known, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, all_of


class Taker(NamedTuple):
    """A rule, and whether it gets the event as long as the event's detail fits."""

    rule: Rule
    answer: Answer


class Takers:
    """Who gets events in a topology."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._on_unknown_buses = [rule for rule in topology.rules if not is_known(rule.bus_arn)]

    def of(self, event: DeclaredEvent) -> list[Taker]:
        """Return the rules that may get *event*, each once.

        Where no template says which buses carry it, rules on every bus count.
        """
        found: dict[int, Taker] = {}
        waiting = list(self._first(event))
        while waiting:
            rule, there = waiting.pop(0)
            answer = all_of([there, _takes(rule, event)])
            known = found.get(id(rule))
            if answer is False or (known is not None and (known.answer is True or answer is not True)):
                continue
            found[id(rule)] = Taker(rule, answer)
            for target in rule.known_targets:
                if target.is_bus:
                    waiting += [(each, answer) for each in self._topology.rules_on(target.arn)]
        return list(found.values())

    def _first(self, event: DeclaredEvent) -> Iterator[tuple[Rule, Answer]]:
        if not event.buses:
            yield from ((rule, True) for rule in self._topology.rules)
            return
        for bus in event.buses:
            yield from ((rule, True) for rule in self._topology.rules_on(bus))
            for rule in self._on_unknown_buses:
                yield rule, same(rule.bus_arn, bus)


def _takes(rule: Rule, event: DeclaredEvent) -> Answer:
    """Return whether *rule* takes *event*: where nobody says the event's source, only a stamp that names it tells."""
    if event.event_type is None:
        return rule.stamp is not None and event.name in rule.stamp.consumes
    return may_take(rule, event.event_type)
