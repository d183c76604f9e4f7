"""What comes to a bus from other buses."""

from __future__ import annotations

from cdk_eventbridge_patterns.checks.topology.overlap import may_share_events
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, all_of, any_of


def is_brought(topology: Topology, rule: Rule, *, from_bus: str | None = None) -> Answer:
    """Return whether a rule on another bus brings what *rule* waits for, as far as source and detail-type say.

    Where *from_bus* is given, only buses of that name count.
    """
    return any_of(
        all_of([goes_there, _is_on(mover, from_bus), may_share_events(mover, rule)])
        for mover, goes_there in topology.movers_to(rule.bus_arn)
        if mover is not rule
    )


def _is_on(rule: Rule, bus_name: str | None) -> Answer:
    return True if bus_name is None else same(rule.bus_name, bus_name)
