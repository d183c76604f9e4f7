"""The request to publish an event on a bus."""

from __future__ import annotations

from cdk_eventbridge_patterns.access.actions import PUT_EVENTS
from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


def publishing(topology: Topology, principal: Principal, bus_arn: str, event: AskedEvent) -> Request:
    """Return the request of *principal* to publish *event* on a bus.

    Anybody but a service publishes it themselves; a service does, or delivers it for a rule.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
    """
    by_rule = (
        "false" if principal.service is None else Undecided(f"whether {principal} delivers for a rule is not known")
    )
    given: dict[str, ContextValue] = {
        **event.keys(),
        "events:eventBusInvocation": by_rule,
        **topology.organization_of(principal.account or ""),
    }
    return Request(principal=principal, action=PUT_EVENTS, resource=bus_arn, given=given)
