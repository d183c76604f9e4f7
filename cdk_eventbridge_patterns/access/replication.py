"""Whether a global endpoint can replicate what is published by it."""

from __future__ import annotations

from dataclasses import replace

from cdk_eventbridge_patterns.access.actions import PUT_EVENTS
from cdk_eventbridge_patterns.access.evaluation import Decision, agreed, decide
from cdk_eventbridge_patterns.access.reach import first_refusal, may_act, without_role
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.topology.endpoint import Endpoint
from cdk_eventbridge_patterns.topology.security import Role
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

_UNSAID = "whether EventBridge says in aws:SourceAccount and aws:SourceArn for whom it replicates is not documented"


def may_replicate(topology: Topology, endpoint: Endpoint) -> Decision:
    """Return whether EventBridge may use the role of *endpoint*, and the role may put events on both buses."""
    if endpoint.role_arn is None:
        return Decision(answer=False, reason="it has no role")
    role = topology.role(endpoint.role_arn)
    if role is None:
        return without_role(topology, endpoint.role_arn)
    assumed = _may_be_assumed(endpoint, role)
    if assumed.answer is not True:
        return replace(assumed, reason=f"EventBridge may not assume role {role.name}: {assumed.reason}")
    if isinstance(endpoint.bus_arns, Undecided):
        return Decision.unknown(endpoint.bus_arns)
    puts = first_refusal(may_act(role, PUT_EVENTS, bus) for bus in endpoint.bus_arns)
    return replace(puts, reason=f"role {role.name} may not put events on both buses: {puts.reason}")


def _may_be_assumed(endpoint: Endpoint, role: Role) -> Decision:
    of_account: dict[str, ContextValue] = {
        "aws:SourceAccount": endpoint.account,
        "aws:SourceArn": Undecided("which ARN EventBridge names when it replicates is not documented"),
    }
    nothing: dict[str, ContextValue] = {"aws:SourceAccount": (), "aws:SourceArn": ()}
    return agreed(
        (
            decide(
                Request(principal=Principal.of_service(), action="sts:AssumeRole", resource=role.arn, given=given),
                role.trust,
            )
            for given in (of_account, nothing)
        ),
        _UNSAID,
    )
