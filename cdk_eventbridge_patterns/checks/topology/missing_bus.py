"""Buses that should be declared and are not."""

from __future__ import annotations

from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import is_known
from cdk_eventbridge_patterns.topology.topology import Topology

# Every account has the first; the others belong to partners of AWS.
_NOT_OURS = ("event-bus/default", "event-bus/aws.partner/")


def is_missing(topology: Topology, arn: str) -> bool:
    """Return whether the templates of the account and Region of a bus were read, and none declares it."""
    if not is_known(arn) or arn.split(":", 5)[-1].startswith(_NOT_OURS):
        return False
    return topology.knows(arn) and topology.bus(arn) is None


def namesakes(topology: Topology, rule: Rule) -> list[Bus]:
    """Return the buses of other accounts in the same Region that are called as the bus of *rule* is."""
    return [
        bus
        for bus in topology.buses
        if bus.name == rule.bus_name and bus.region == rule.bus_region and bus.account != rule.bus_account
    ]
