"""Buses and what is on them, over all accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.checks.access.in_use import bus_policies
from cdk_eventbridge_patterns.topology.bus import Bus, BusKind
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import account_of, bus_name_of, region_of
from cdk_eventbridge_patterns.topology.topology import Topology


def all_buses(topology: Topology) -> Iterator[Bus]:
    """Return the buses that templates make, then those that they only put rules or statements on."""
    yield from topology.buses
    found = {rule.bus_arn: (rule.kind, rule.location) for rule in topology.rules}
    for policy in bus_policies(topology):
        kind = BusKind.V2 if policy.resource_type.startswith(BusKind.V2.value) else BusKind.CLASSIC
        found[policy.resource_arn] = (kind, policy.location)
    for arn, (kind, location) in found.items():
        if topology.bus(arn) is None:
            yield Bus(
                kind=kind,
                arn=arn,
                name=bus_name_of(arn),
                account=account_of(arn),
                region=region_of(arn),
                location=location,
            )


def rules_by_bus(topology: Topology) -> Iterator[tuple[str, Sequence[Rule]]]:
    """Return the ARN of each classic bus that has rules, declared or not, with those rules."""
    for bus_arn in dict.fromkeys(rule.bus_arn for rule in topology.rules if rule.kind is BusKind.CLASSIC):
        yield bus_arn, topology.rules_on(bus_arn)


def place_of(topology: Topology, bus_arn: str, rules: Sequence[Rule]) -> Location:
    """Return where a bus is declared; where it is not, as the default bus never is, the last of its rules."""
    bus = topology.bus(bus_arn)
    return rules[-1].location.at("EventBusName") if bus is None else bus.location
