"""A rule's target that is no bus: may the event be delivered there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.access.key_uses import EncryptedUse, encrypted_use
from cdk_eventbridge_patterns.access.reach import actions_on, first_refusal, needs_role, service_is_let_in, written_to
from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE, one_or_many
from cdk_eventbridge_patterns.simulation.by_role import by_role
from cdk_eventbridge_patterns.simulation.step import Remedy, Step
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.text import account_of, region_of, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
_ACROSS_ACCOUNTS = {"sqs", "sns", "lambda", "kinesis", "execute-api"}


def local_steps(topology: Topology, rule: Rule, target: Target) -> Iterator[Step]:
    """Return what must be so for *rule* to deliver to *target*, which is no bus."""
    if rule.kind is BusKind.CLASSIC:
        yield from _may_be_target(rule, target)
    yield from _is_there(topology, target)
    if target.service == "sqs":
        yield from _keeps_order(topology, target)
    if target.role_arn is not None:
        yield from by_role(topology, rule, target, target.role_arn)
    elif rule.kind is BusKind.V2 or needs_role(target):
        reason = f"EventBridge delivers to {target.service} by a role only, and the target has none"
        yield Step(says=f"target {target.id} has a role", answer=False, reason=reason, location=target.location)
    else:
        yield rule_is_let_in(topology, rule, target.arn, actions_on(target), target.at("Arn"))
        yield from key_steps(encrypted_use(topology, rule, target.arn, target.at("Arn")))


def rule_is_let_in(topology: Topology, rule: Rule, arn: str, actions: tuple[str, ...], location: Location) -> Step:
    """Return whether the policy of *arn* lets EventBridge in for *rule*.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
    """
    allow = {
        "Effect": "Allow",
        "Principal": {"Service": EVENTBRIDGE},
        "Action": one_or_many(actions),
        "Resource": written_to(arn),
        "Condition": {"ArnEquals": {"aws:SourceArn": rule.arn}},
    }
    return Step.of(
        first_refusal(service_is_let_in(topology, rule, action, arn) for action in actions),
        f"{arn} lets rule {rule.name} in",
        code="NO_PERMISSIONS",
        location=location,
        remedies=[Remedy(of=f"the policy of {arn}", statement=allow)],
    )


def key_steps(use: EncryptedUse | None) -> Iterator[Step]:
    """Return whether the key of what is written to lets EventBridge in."""
    if use is None:
        return
    allow = {
        "Effect": "Allow",
        "Principal": {"Service": EVENTBRIDGE},
        "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
        "Resource": "*",
    }
    own_key = [] if use.is_managed_by_aws else [Remedy(of=f"the policy of key {use.receiver.key}", statement=allow)]
    yield Step.of(
        use.decision,
        f"the key of {use.receiver.arn} lets EventBridge encrypt",
        location=use.location,
        remedies=own_key,
    )


def _may_be_target(rule: Rule, target: Target) -> Iterator[Step]:
    """Return what AWS asks of a target that is in another account or Region, or whose rule is on a foreign bus.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
    """
    says = f"{target.arn} may be a target of the rule"
    if rule.on_foreign_bus is True:
        reason = "who puts a rule on a bus of another account may name buses as targets only"
        yield Step(says=says, answer=False, reason=reason, at_deployment=True, location=target.location)
    one_region = same(region_of(target.arn), rule.bus_region) if region_of(target.arn) else True
    if one_region is not True:
        reason = f"it is not in {rule.bus_region}, and only buses may be elsewhere"
        yield _refused(says, one_region, reason, target)
    one_account = same(account_of(target.arn), rule.bus_account) if account_of(target.arn) else True
    if one_account is not True and target.service not in _ACROSS_ACCOUNTS:
        yield _refused(says, one_account, f"{target.service} can't be in another account", target)
    elif one_account is not True and target.role_arn is None:
        yield _refused(says, one_account, "in another account it takes a role, and the target has none", target)
    elif one_account is not True and target.role_arn is not None:
        in_account = same(account_of(target.role_arn), rule.bus_account)
        if in_account is not True:
            yield _refused(says, in_account, f"its role must be in account {rule.bus_account}, that of the bus", target)


def _refused(says: str, answer: Answer, reason: str, target: Target) -> Step:
    if isinstance(answer, Undecided):
        return Step.unknown(says, answer, location=target.location)
    return Step(says=says, answer=answer, reason=reason, at_deployment=True, location=target.location)


def _is_there(topology: Topology, target: Target) -> Iterator[Step]:
    says = f"{target.arn} is there"
    receiver = topology.receiver_or_version(target.arn)
    if topology.lacks_receiver(target.arn):
        reason = "no template of its account declares it"
        yield Step(says=says, answer=False, reason=reason, code="NO_RESOURCE", location=target.location)
    elif receiver is None:
        yield Step.unknown(says, "it is in no template that was read", location=target.location)
    elif receiver.conditional is not None:
        yield Step.unknown(says, receiver.conditional, location=receiver.location)


def _keeps_order(topology: Topology, target: Target) -> Iterator[Step]:
    """Return whether a FIFO queue gets what it asks for: a message group, and a deduplication id that it makes itself.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html
    """
    queue = topology.receiver(target.arn)
    if not target.arn.endswith(".fifo") and (queue is None or not queue.fifo):
        return
    yield from _has_group(target)
    if queue is not None and queue.deduplicates is not True:
        says = f"queue {queue.name} deduplicates by content"
        answer = queue.deduplicates
        reason = answer.reason if isinstance(answer, Undecided) else "EventBridge gives no deduplication id"
        location = queue.location.at("ContentBasedDeduplication")
        yield Step(says=says, answer=answer, reason=reason, location=location)


def _has_group(target: Target) -> Iterator[Step]:
    says = f"target {target.id} has a MessageGroupId"
    given = target.parameters.get("SqsParameters")
    group = given.get("MessageGroupId") if isinstance(given, Mapping) else given
    if isinstance(group, Undecided):
        yield Step.unknown(says, group, location=target.location)
    elif not group:
        reason = "SQS refuses a message without a group on a FIFO queue"
        yield Step(says=says, answer=False, reason=reason, location=target.location)
