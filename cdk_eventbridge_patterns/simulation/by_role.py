"""Delivery in the name of a role: EventBridge must be let into it, it must be allowed to deliver, and be let in."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.key_uses import role_key_decision
from cdk_eventbridge_patterns.access.keys import WRITE
from cdk_eventbridge_patterns.access.reach import actions_on, first_refusal, lets_role_in, may_act, may_assume_role
from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE, one_or_many
from cdk_eventbridge_patterns.simulation.step import Remedy, Step
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.security import Role
from cdk_eventbridge_patterns.topology.text import account_of, same
from cdk_eventbridge_patterns.topology.topology import Topology

_NO_ASSUMPTION = "FAILED_TO_ASSUME_ROLE"
_NO_PERMISSION = "NO_PERMISSIONS"


def by_role(topology: Topology, rule: Rule, target: Target, role_arn: str) -> Iterator[Step]:
    """Return what must be so for *rule* to deliver to *target* in the name of a role.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    """
    location, role = target.at("RoleArn"), topology.role(role_arn)
    if role is None:
        says = f"role {role_arn} is there"
        if topology.lacks_role(role_arn):
            reason = "no template of its account declares it"
            yield Step(says=says, answer=False, reason=reason, code=_not_assumed(target), location=location)
        else:
            yield Step.unknown(says, "it is in no template that was read", location=location)
    else:
        if role.conditional is not None:
            yield Step.unknown(f"role {role_arn} is there", role.conditional, location=role.location)
        yield _is_assumed(rule, target, role)
        yield from _may_deliver(topology, target, role)
    if actions_on(target):
        yield _is_let_in(topology, target, role_arn)


def _not_assumed(target: Target) -> str:
    """Return the error where EventBridge can't assume the role, as others saw it: AWS lists the codes only."""
    return _NO_PERMISSION if target.is_bus else _NO_ASSUMPTION


def _is_assumed(rule: Rule, target: Target, role: Role) -> Step:
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": EVENTBRIDGE},
        "Action": "sts:AssumeRole",
        "Condition": {
            "ArnLike": {"aws:SourceArn": rule.arn},
            "StringEquals": {"aws:SourceAccount": account_of(rule.arn)},
        },
    }
    return Step.of(
        may_assume_role(rule, role),
        f"EventBridge may assume role {role.name} for the rule",
        code=_not_assumed(target),
        location=role.location,
        remedies=[Remedy(of=f"the trust policy of role {role.arn}", statement=trust)],
    )


def _may_deliver(topology: Topology, target: Target, role: Role) -> Iterator[Step]:
    actions = actions_on(target)
    says = f"role {role.name} may do {' and '.join(actions)} on {target.arn}"
    if not actions:
        yield Step.unknown(f"role {role.name} may deliver to {target.arn}", "what that takes is not known here")
        return
    allow = {"Effect": "Allow", "Action": one_or_many(actions), "Resource": target.arn}
    yield Step.of(
        first_refusal(may_act(role, action, target.arn) for action in actions),
        says,
        code=_NO_PERMISSION,
        location=role.location,
        remedies=[Remedy(of=f"the policy of role {role.arn}", statement=allow)],
    )
    key = role_key_decision(topology, role, target)
    if key is not None:
        yield Step.of(
            key,
            f"role {role.name} may use the key of {target.arn}",
            location=role.location,
            remedies=_key_for(topology, role, target),
        )


def _key_for(topology: Topology, role: Role, target: Target) -> list[Remedy]:
    receiver = topology.receiver(target.arn)
    if receiver is not None and "alias/aws/" in (receiver.key or ""):
        return []
    allow = {"Effect": "Allow", "Principal": {"AWS": role.arn}, "Action": list(WRITE), "Resource": "*"}
    return [Remedy(of=f"the policy of key {'' if receiver is None else receiver.key}", statement=allow)]


def _is_let_in(topology: Topology, target: Target, role_arn: str) -> Step:
    allow = {
        "Effect": "Allow",
        "Principal": {"AWS": role_arn},
        "Action": one_or_many(actions_on(target)),
        "Resource": target.arn,
    }
    foreign = same(account_of(role_arn), account_of(target.arn)) is not True
    return Step.of(
        lets_role_in(topology, target),
        f"{target.arn} lets role {role_arn} in",
        code=_NO_PERMISSION,
        location=target.at("Arn"),
        remedies=[Remedy(of=f"the policy of {target.arn}", statement=allow)] if foreign else [],
    )
