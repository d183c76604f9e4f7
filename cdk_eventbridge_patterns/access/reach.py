"""What a rule may do once it matches: use its role, reach its target, reach its dead-letter queue.

Each question is answered for the rule as EventBridge asks it: as the service on behalf of the rule, or in the name of
the rule's role. Where the templates of the account asked about were not read, nobody can say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cdk_eventbridge_patterns.access.actions import PUT_EVENTS
from cdk_eventbridge_patterns.access.delivered import Context, however_it_is_said, on_behalf_of
from cdk_eventbridge_patterns.access.evaluation import Decision, decide, denied
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.once import once
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.security import Role
from cdk_eventbridge_patterns.topology.text import account_of, is_known, same
from cdk_eventbridge_patterns.topology.topology import Topology

# What EventBridge does to deliver, by the service of the target.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html
_ACTIONS: Mapping[str, tuple[str, ...]] = {
    "sqs": ("sqs:SendMessage",),
    "sns": ("sns:Publish",),
    "lambda": ("lambda:InvokeFunction",),
    "kinesis": ("kinesis:PutRecord",),
    "firehose": ("firehose:PutRecord",),
    "states": ("states:StartExecution",),
    "logs": ("logs:CreateLogStream", "logs:PutLogEvents"),
}
_BY_RESOURCE_POLICY = ("sqs", "sns", "lambda", "logs")


def actions_on(target: Target) -> tuple[str, ...]:
    """Return what EventBridge does to deliver to *target*; nothing where that is not known."""
    if target.is_bus:
        return (PUT_EVENTS,)
    if target.service == "events" and ":api-destination/" in target.arn:
        return ("events:InvokeApiDestination",)
    return _ACTIONS.get(target.service, ())


def needs_role(target: Target) -> bool:
    """Return whether EventBridge delivers to such a target in the name of a role only."""
    return target.service not in _BY_RESOURCE_POLICY and not target.is_bus


def may_assume_role(rule: Rule, role: Role) -> Decision:
    """Return whether EventBridge may assume *role* for *rule*."""
    request = Request(
        principal=Principal.of_service(), action="sts:AssumeRole", resource=role.arn, given=on_behalf_of(rule)
    )
    return decide(request, role.trust)


def may_act(role: Role, action: str, resource: str, given: Mapping[str, ContextValue] | None = None) -> Decision:
    """Return whether *role* may do *action* to *resource*, as far as its own policies say."""
    request = Request(principal=Principal.of_role(role.arn), action=action, resource=resource, given=given or {})
    return if_role_read(role, decide(request, role.permissions))


def may_deliver_by_role(topology: Topology, rule: Rule, target: Target) -> Decision:
    """Return whether EventBridge may use the role of *target*, and the role may deliver to it."""
    if target.role_arn is None:
        return Decision(answer=False, reason="the target has no role")
    role = topology.role(target.role_arn)
    if role is None:
        return without_role(topology, target.role_arn)
    assumed = may_assume_role(rule, role)
    if assumed.answer is not True:
        return replace(assumed, reason=f"EventBridge may not assume it: {assumed.reason}")
    actions = actions_on(target)
    if not actions:
        return Decision.unknown(f"what it takes to deliver to {target.arn} is not known here")
    return first_refusal(may_act(role, action, target.arn) for action in actions)


def without_role(topology: Topology, role_arn: str) -> Decision:
    """Return what is known of a role that no template makes: that it is missing, or may be elsewhere."""
    if topology.lacks_role(role_arn):
        return Decision(answer=False, reason=f"no template of the account declares role {role_arn}")
    return Decision.unknown(f"role {role_arn} is in no template that was read")


@once
def lets_role_in(topology: Topology, rule: Rule, target: Target) -> Decision:
    """Return whether the policy of *target* lets the role of the target deliver to it for *rule*.

    In the account of the role just a Deny could keep it out.
    """
    role_arn = target.role_arn or ""
    statements = topology.statements_on(target.arn)
    beside = same(account_of(role_arn), account_of(target.arn)) is True
    organization = topology.organization_of(account_of(role_arn))

    def decided(said: Context) -> Decision:
        given: Context = {"events:eventBusInvocation": "true", **said, **organization}
        requests = [
            Request(principal=Principal.of_role(role_arn), action=action, resource=target.arn, given=given)
            for action in actions_on(target)
        ]
        if beside:
            return first_refusal(denied(each, statements) or _GRANTED for each in requests)
        return first_refusal(decide(each, statements) for each in requests)

    decision = however_it_is_said(rule, decided)
    return decision if beside else if_read(topology, target.arn, decision)


@once
def service_is_let_in(topology: Topology, rule: Rule, action: str, arn: str) -> Decision:
    """Return whether the policy of *arn* lets EventBridge do *action* for *rule*."""
    request = Request(
        principal=Principal.of_service(), action=action, resource=written_to(arn), given=on_behalf_of(rule)
    )
    return if_read(topology, arn, decide(request, topology.statements_on(arn)))


def written_to(arn: str) -> str:
    """Return what policies call that is written to: of a log group, its streams, by `:*`."""
    return f"{arn}:*" if ":logs:" in arn else arn


def bus_is_let_in(topology: Topology, bus: Bus, queue: str) -> Decision:
    """Return whether the policy of *queue* lets EventBridge send what *bus* can't decrypt.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html
    """
    given: Mapping[str, ContextValue] = {"aws:SourceArn": bus.arn, "aws:SourceAccount": bus.account}
    request = Request(principal=Principal.of_service(), action="sqs:SendMessage", resource=queue, given=given)
    return if_read(topology, queue, decide(request, topology.statements_on(queue)))


def first_refusal(decisions: Iterable[Decision]) -> Decision:
    """Return the first of *decisions* that refuses, else the first that is undecided, else that all is granted."""
    undecided: Decision | None = None
    for decision in decisions:
        if decision.refuses:
            return decision
        if decision.undecided is not None and undecided is None:
            undecided = decision
    return undecided or _GRANTED


def if_read(topology: Topology, arn: str, decision: Decision) -> Decision:
    """Return *decision*, or that nobody can say where the templates that could allow it were not read."""
    if not decision.refuses or topology.policies_on(arn):
        return decision
    if not topology.knows(arn):
        return Decision.unknown(f"no template of account {account_of(arn)} was read")
    return decision if is_known(arn) else Decision.unknown(f"which policy {arn} has is known at deployment only")


def if_role_read(role: Role, decision: Decision) -> Decision:
    """Return *decision*, or that nobody can say since a policy of *role* that could turn it was not read."""
    if decision.refuses and not decision.is_denial and role.unread:
        return Decision.unknown(f"policy {role.unread[0]} of role {role.name} is in no template")
    if decision.answer is True and role.boundary is not None:
        return Decision.unknown(f"permissions boundary {role.boundary} of role {role.name} was not evaluated")
    return decision


_GRANTED = Decision(answer=True, reason="it is allowed")
