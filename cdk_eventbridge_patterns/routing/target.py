"""What a delivery goes to: a team's own construct, or a target that somebody else owns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from aws_cdk import Stack, Stage, Token

from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.plan.acceptance import Acceptance
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan
from cdk_eventbridge_patterns.plan.target import Target, TargetKind, key_statement
from cdk_eventbridge_patterns.plan.target_reference import TargetReference
from cdk_eventbridge_patterns.routing.acceptance import let_in
from cdk_eventbridge_patterns.routing.access import open_queue, open_topic
from cdk_eventbridge_patterns.routing.target_construct import TargetConstruct
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.routing.target_construct import LocalTarget

    DeliveryTarget: TypeAlias = LocalTarget | TargetReference

# PutTargets: SqsParameters.
_LONGEST_GROUP = 100


def target_of(to: Any, place: Place, *, message_group_id: str | None = None) -> Target:  # noqa: ANN401
    """Return *to* as a target, once it is sure that a rule at *place* can deliver to it.

    Raises:
        DeclarationError: If it is nothing EventBridge delivers to, is elsewhere, or its key can't be used.
    """
    if isinstance(to, TargetReference):
        _check_message_group(to.name, to.kind, message_group_id, fifo=to.is_fifo)
        return _referred_to(to, place, message_group_id)
    found = TargetConstruct.of(to, "to")
    fifo = found.kind is TargetKind.QUEUE and to.fifo
    if _is_elsewhere(found, place):
        found.check_across_accounts()
        reference = _reference_to(found, place)
        _check_message_group(found.path, found.kind, message_group_id, fifo=fifo)
        _check_order(found, place)
        return _referred_to(reference, place, message_group_id)
    _check_message_group(found.path, found.kind, message_group_id, fifo=fifo)
    return _local(found, place, message_group_id)


def open_target(to: Any, place: Place, plan: DeliveryPlan) -> None:  # noqa: ANN401
    """Let a delivery reach *to* where that takes a policy which belongs to whoever made it, and is in this app."""
    if isinstance(to, TargetReference):
        return
    if plan.target.is_referred_to:
        found, bus = TargetConstruct.of(to, "to"), plan.subscriber.bus
        let_in(found, Acceptance(bus=bus, role_name=plan.role_name, delivery_id=plan.declared_id))
        if _waits_for_role(found, place):
            Stack.of(to).add_stack_dependency(place.stack)
    elif plan.target.kind is TargetKind.QUEUE:
        open_queue(to, plan.rule_arn, plan.rule_id)
    elif plan.target.kind is TargetKind.TOPIC:
        open_topic(to, plan.rule_arn, plan.rule_id)


def key_permission(to: Any) -> Statement | None:  # noqa: ANN401
    """Return what lets a role write to *to* with its customer managed key, where it has one."""
    if isinstance(to, TargetReference):
        return None
    found = TargetConstruct.of(to, "to")
    return None if found.key is None else key_statement(found.kind, found.key.key_arn)


def _local(found: TargetConstruct, place: Place, message_group_id: str | None) -> Target:
    construct, kind = found.construct, found.kind
    target_arn = found.arn
    if kind is TargetKind.LOG_GROUP:
        # The ARN of the construct ends in ":*"; a target's must not.
        target_arn = arn("logs", f"log-group:{construct.log_group_name}", region=place.region, account=place.account)
    key = found.key if kind.needs_role else None
    return Target(
        kind=kind,
        arn=target_arn,
        policy_arn=construct.api_destination_arn_for_policy if kind is TargetKind.API_DESTINATION else None,
        message_group_id=message_group_id,
        key=None if key is None else key_statement(kind, key.key_arn),
    )


# -- in another account ------------------------------------------------------------------------------------


def _referred_to(reference: TargetReference, place: Place, message_group_id: str | None) -> Target:
    if reference.region not in (None, place.region):
        msg = (
            f"to must be in the Region of the bus, {place.region}, got {reference.region}; "
            "between Regions EventBridge delivers to buses only"
        )
        raise DeclarationError(msg)
    return reference.resolve(place.naming, place.region, message_group_id=message_group_id)


def _is_elsewhere(found: TargetConstruct, place: Place) -> bool:
    """Return whether a construct is in another account; another Region is refused."""
    environment = found.construct.env
    if not Token.is_unresolved(environment.region) and environment.region != place.region:
        msg = (
            f"{found.kind.label} '{found.path}' must be in the Region of the bus, {place.region}, "
            f"got {environment.region}; let a service there subscribe with a bus of its own"
        )
        raise DeclarationError(msg)
    return not Token.is_unresolved(environment.account) and environment.account != place.account


def _reference_to(found: TargetConstruct, place: Place) -> TargetReference:
    """Return a construct of another account by its literal ARN: a token would tie the stacks of both together."""
    key_arn = _key_of(found, place)
    if not Token.is_unresolved(found.arn):
        return TargetReference.from_arn(found.arn, key_arn=key_arn)
    name = found.literal_name
    if name is None:
        msg = (
            f"{found.kind.label} '{found.path}' of another account must have a physical name, for its ARN is written "
            f"into the stack of the bus, such as {found.kind.word}_name='invoices'; got none"
        )
        raise DeclarationError(msg)
    account = found.construct.env.account
    return TargetReference(kind=found.kind, account=account, name=name, region=place.region, key_arn=key_arn)


def _key_of(found: TargetConstruct, place: Place) -> str | None:
    """Return the ARN of a construct's key, or of all keys of its account: AWS makes up the id, unknown at synthesis.

    The fence is the policy of the key, which lets just the role in.
    """
    if found.key is None:
        return None
    if not Token.is_unresolved(found.key.key_arn):
        return found.key.key_arn
    return arn("kms", "key/*", region=place.region, account=found.key.env.account)


def _waits_for_role(found: TargetConstruct, place: Place) -> bool:
    """Return whether the stack of the target must be deployed after the bus's: Lambda asks that the role is there."""
    if found.kind is not TargetKind.FUNCTION:
        return False
    stack = Stack.of(found.construct)
    return stack.node.path != place.stack.node.path and _stage_of(stack) == _stage_of(place.stack)


def _check_order(found: TargetConstruct, place: Place) -> None:
    """Refuse a function whose stack the bus's stack waits for, for it must wait itself."""
    target_stack = Stack.of(found.construct)
    if _waits_for_role(found, place) and target_stack.node.path in _waited_for(place.stack):
        msg = (
            f"stack '{place.stack.node.path}' must not depend on '{target_stack.node.path}', which must be deployed "
            f"after it: the permission of function '{found.path}' names a role of the bus's stack; "
            "leave the dependency out, or hand in a TargetReference and use accept_delivery()"
        )
        raise DeclarationError(msg)


def _waited_for(stack: Stack) -> set[str]:
    """Return the paths of all stacks that *stack* depends on."""
    found: set[str] = set()
    waiting = [stack]
    while waiting:
        for each in waiting.pop().dependencies:
            if each.node.path not in found:
                found.add(each.node.path)
                waiting.append(each)
    return found


def _stage_of(stack: Stack) -> str | None:
    stage = Stage.of(stack)
    return None if stage is None else stage.node.path


# -- FIFO queues -------------------------------------------------------------------------------------------


def _check_message_group(called: str, kind: TargetKind, message_group_id: str | None, *, fifo: bool | None) -> None:
    if fifo and not message_group_id:
        msg = f"FIFO queue '{called}' needs message_group_id=, the group its messages are ordered in"
        raise DeclarationError(msg)
    if message_group_id is not None and not fifo:
        msg = f"message_group_id is for FIFO queues only, got {message_group_id!r} for a {kind.label}"
        raise DeclarationError(msg)
    if message_group_id is not None and len(message_group_id) > _LONGEST_GROUP:
        msg = f"message_group_id must be at most {_LONGEST_GROUP} characters, got {len(message_group_id)}"
        raise DeclarationError(msg)
