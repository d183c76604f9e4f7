"""Buses and the rules on them, over all accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology


def rules_by_bus(topology: Topology) -> Iterator[tuple[str, Sequence[Rule]]]:
    """Return the ARN of each classic bus that has rules, declared or not, with those rules."""
    for bus_arn in dict.fromkeys(rule.bus_arn for rule in topology.rules if rule.kind is BusKind.CLASSIC):
        yield bus_arn, topology.rules_on(bus_arn)


def place_of(topology: Topology, bus_arn: str, rules: Sequence[Rule]) -> Location:
    """Return where a bus is declared; where it is not, as the default bus never is, the last of its rules."""
    bus = topology.bus(bus_arn)
    return rules[-1].location.at("EventBusName") if bus is None else bus.location
