"""Buses that are called alike."""

from __future__ import annotations

from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology


def namesakes(topology: Topology, rule: Rule) -> list[Bus]:
    """Return the buses of other accounts in the same Region that are called as the bus of *rule* is."""
    return [
        bus
        for bus in topology.buses
        if bus.name == rule.bus_name and bus.region == rule.bus_region and bus.account != rule.bus_account
    ]
