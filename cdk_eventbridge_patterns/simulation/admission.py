"""Whether a principal may publish an event on a bus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.access.actions import PUT_EVENTS
from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.evaluation import Decision, decide, decide_access, denied
from cdk_eventbridge_patterns.access.publishing import publishing
from cdk_eventbridge_patterns.access.reach import if_read, if_role_read
from cdk_eventbridge_patterns.access.request import Principal, Request
from cdk_eventbridge_patterns.naming.arn import account_root
from cdk_eventbridge_patterns.simulation.step import Remedy, Step
from cdk_eventbridge_patterns.topology.text import account_of, region_of, same
from cdk_eventbridge_patterns.topology.topology import Topology


def admission(topology: Topology, publisher: Principal, bus_arn: str, event: Mapping[str, Any]) -> Iterator[Step]:
    """Return what must be so for *publisher* to publish *event* on a bus."""
    yield bus_is_there(topology, bus_arn)
    if publisher.service is not None:
        yield _service_publishes_here(publisher.service, bus_arn, event["source"])
        return
    if event["source"].startswith("aws."):
        yield Step(
            says=f"{publisher} publishes with source {event['source']}",
            answer=False,
            reason="only AWS services publish with a source that begins with aws.",
            code="NotAuthorizedForSourceException",
        )
    yield _is_let_in(topology, publisher, bus_arn, event)


def bus_is_there(topology: Topology, bus_arn: str) -> Step:
    """Return whether there is such a bus, as far as templates say."""
    says = f"bus {bus_arn} is there"
    if topology.lacks_bus(bus_arn):
        return Step(says=says, answer=False, reason="no template of its account declares it")
    bus = topology.bus(bus_arn)
    if bus is not None and bus.conditional is not None:
        return Step.unknown(says, bus.conditional, location=bus.location)
    if bus is not None or bus_arn.endswith(":event-bus/default"):
        return Step(says=says, answer=True, reason="it is declared" if bus else "every account has one")
    return Step.unknown(says, f"no template of account {account_of(bus_arn)} was read")


def _service_publishes_here(service: str, bus_arn: str, source: str) -> Step:
    """Return whether AWS services publish on a bus: they know the default bus only, and partners the one of theirs.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html
    """
    if source.startswith("aws.partner/"):
        reason = "a partner publishes on the bus that has the name of its event source"
        return Step(
            says=f"partner source {source} publishes on {bus_arn}",
            answer=bus_arn.endswith(f":event-bus/{source}"),
            reason=reason,
        )
    says = f"{service} publishes on {bus_arn}"
    if bus_arn.endswith(":event-bus/default"):
        return Step(says=says, answer=True, reason="AWS services publish on the default bus of their account")
    return Step(says=says, answer=False, reason="AWS services publish on default buses only")


def _is_let_in(topology: Topology, publisher: Principal, bus_arn: str, event: Mapping[str, Any]) -> Step:
    decision = _decision(topology, publisher, bus_arn, event)
    remedies = [] if decision.answer is True else list(_remedies(publisher, bus_arn, event))
    return Step.of(
        decision,
        f"{publisher} may put {event['detail-type']} of {event['source']} on {bus_arn}",
        location=None if decision.statement is None else decision.statement.location,
        remedies=remedies,
    )


def _decision(topology: Topology, publisher: Principal, bus_arn: str, event: Mapping[str, Any]) -> Decision:
    asked = AskedEvent(source=event["source"], detail_type=event["detail-type"])
    request = publishing(topology, publisher, bus_arn, asked)
    if publisher.arn is not None:
        return _of_role(topology, request, publisher.arn)
    statements = topology.statements_on(bus_arn)
    if same(publisher.account or "", account_of(bus_arn)) is True:
        return denied(request, statements) or _BY_OWN_IAM
    return if_read(topology, bus_arn, decide(request, statements))


def _of_role(topology: Topology, request: Request, arn: str) -> Decision:
    role = topology.role(arn)
    if ":role/" in arn and topology.lacks_role(arn):
        return Decision(answer=False, reason="no template of its account declares it")
    if role is None:
        return Decision.unknown(f"{arn} is in no template that was read")
    if role.conditional is not None:
        return Decision.unknown(role.conditional)
    decision = if_read(
        topology,
        request.resource,
        decide_access(
            request,
            identity=role.permissions,
            resource=topology.statements_on(request.resource),
            resource_account=account_of(request.resource),
        ),
    )
    return if_role_read(role, decision)


_BY_OWN_IAM = Decision(
    answer=True, reason="in the account of the bus its own IAM decides, and the policy of the bus denies nothing"
)


def _remedies(publisher: Principal, bus_arn: str, event: Mapping[str, Any]) -> Iterator[Remedy]:
    conditions = {"StringEquals": {"events:source": event["source"], "events:detail-type": event["detail-type"]}}
    allow = {"Effect": "Allow", "Action": PUT_EVENTS, "Resource": bus_arn, "Condition": conditions}
    if publisher.arn is not None:
        yield Remedy(of=f"the policy of role {publisher.arn}", statement=allow)
    if same(publisher.account or "", account_of(bus_arn)) is not True:
        named = publisher.arn or account_root(publisher.account or "", region=region_of(bus_arn))
        yield Remedy(of=f"the policy of bus {bus_arn}", statement={**allow, "Principal": {"AWS": named}})
