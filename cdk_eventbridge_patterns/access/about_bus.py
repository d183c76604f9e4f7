"""The statements about a bus, those too of which nobody can say beforehand whether they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.security import ResourcePolicy
from cdk_eventbridge_patterns.topology.text import account_of, region_of, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


def statements_about(topology: Topology, bus_arn: str) -> tuple[PolicyStatement, ...]:
    """Return all statements about a bus; one that may not be made, or be of another bus, is marked so."""
    return tuple(_statements(topology, bus_arn))


def policy_not_read(topology: Topology, bus_arn: str) -> Undecided | None:
    """Return why it is not known whom a bus lets in, nothing where templates of its account and Region were read."""
    if topology.knows(bus_arn) or topology.policies_on(bus_arn):
        return None
    return Undecided(f"no template of account {account_of(bus_arn)} in {region_of(bus_arn)} was read")


def _statements(topology: Topology, bus_arn: str) -> Iterator[PolicyStatement]:
    for policy in topology.policies:
        doubt = _doubt(topology, policy, bus_arn)
        if doubt is None:
            yield from policy.statements
        elif isinstance(doubt, Undecided):
            yield from (replace(each, conditional=doubt) for each in policy.statements)


def _doubt(topology: Topology, policy: ResourcePolicy, bus_arn: str) -> Undecided | bool | None:
    """Return why nobody can say whether *policy* is of a bus, nothing where it is, and false where it is not."""
    of_bus = same(policy.resource_arn, bus_arn) if ":event-bus" in policy.resource_arn else False
    if of_bus is True:
        return policy.conditional
    if of_bus is False or (_is_made(topology, policy.resource_arn) and _is_made(topology, bus_arn)):
        return False
    return Undecided(f"it is a policy of {policy.resource_arn}")


def _is_made(topology: Topology, bus_arn: str) -> bool:
    """Return whether a bus is one that a template makes, or that nobody can make: two of them are never the same."""
    return topology.bus(bus_arn) is not None or bus_arn.endswith(":event-bus/default")
