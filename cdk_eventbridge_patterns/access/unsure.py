"""What makes an answer about a bus unsure as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.topology.text import account_of, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


def unsure_about(topology: Topology, bus_arn: str) -> Iterator[str]:
    """Return what makes the policy of a bus unsure: that it was not read, or only perhaps is of this bus or made."""
    if not topology.knows(bus_arn) and not topology.policies_on(bus_arn):
        yield f"no template of account {account_of(bus_arn)} was read: whom its policy lets in is not known"
    for policy in topology.policies:
        of_bus = same(policy.resource_arn, bus_arn) if ":event-bus" in policy.resource_arn else False
        if isinstance(of_bus, Undecided):
            yield f"the policy at {policy.location} may be of this bus and is left out: {of_bus.reason}"
        elif of_bus and policy.conditional is not None:
            yield f"the policy at {policy.location} counts, and may not be made: {policy.conditional.reason}"
