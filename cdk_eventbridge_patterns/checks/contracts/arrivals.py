"""What comes to a bus from other buses."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.topology.overlap import may_share_events
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import is_known, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of


def is_brought(topology: Topology, rule: Rule, *, from_bus: str | None = None) -> Answer:
    """Return whether a rule on another bus brings what *rule* waits for, as far as source and detail-type say.

    Where *from_bus* is given, only buses of that name count.
    """
    return any_of(
        all_of([goes_there, _is_on(mover, from_bus), may_share_events(mover, rule)])
        for mover, goes_there in _movers(topology, rule.bus_arn)
        if mover is not rule
    )


def _movers(topology: Topology, bus_arn: str) -> Iterator[tuple[Rule, Answer]]:
    """Return the rules that carry events to a bus, and those of which nobody can say beforehand where they carry to."""
    for move in topology.moves_to(bus_arn):
        yield move.rule, True
    for rule in topology.rules:
        if isinstance(rule.targets, Undecided):
            yield rule, rule.targets
        for target in rule.known_targets:
            if not is_known(target.arn):
                yield rule, same(target.arn, bus_arn)


def _is_on(rule: Rule, bus_name: str | None) -> Answer:
    return True if bus_name is None else same(rule.bus_name, bus_name)
