"""A team's own construct as the target of a delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from aws_cdk import Token

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.plan.target import Target, TargetKind
from cdk_eventbridge_patterns.routing.access import check_queue_key, check_topic, open_queue, open_topic
from cdk_eventbridge_patterns.tree.described import described
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import (
        IResource,
        aws_events,
        aws_kinesis,
        aws_lambda,
        aws_logs,
        aws_sns,
        aws_sqs,
        aws_stepfunctions,
    )

    DeliveryTarget: TypeAlias = (
        aws_sqs.IQueue
        | aws_sns.ITopic
        | aws_lambda.IFunction
        | aws_logs.ILogGroup
        | aws_stepfunctions.IStateMachine
        | aws_kinesis.IStream
        | aws_events.IApiDestination
    )

# PutTargets: SqsParameters.
_LONGEST_GROUP = 100

# CDK interfaces can't be asked for with isinstance in Python, and an imported resource is of another class than one
# that is made here, or only a proxy of an interface: what all have is the attribute with their ARN.
_ARN_ATTRIBUTES = {
    "queue_arn": TargetKind.QUEUE,
    "topic_arn": TargetKind.TOPIC,
    "function_arn": TargetKind.FUNCTION,
    "log_group_arn": TargetKind.LOG_GROUP,
    "state_machine_arn": TargetKind.STATE_MACHINE,
    "stream_arn": TargetKind.STREAM,
    "api_destination_arn": TargetKind.API_DESTINATION,
}


def target_of(construct: Any, place: Place, *, message_group_id: str | None = None) -> Target:  # noqa: ANN401
    """Return *construct* as a target, once it is sure that a rule at *place* can deliver to it.

    Raises:
        DeclarationError: If it is nothing EventBridge delivers to, is elsewhere, or its key can't be used.
    """
    attribute, kind = _kind_of(construct)
    _check_environment(construct, kind, place)
    if kind is TargetKind.QUEUE:
        check_queue_key(construct, "target queue")
    elif kind is TargetKind.TOPIC:
        check_topic(construct)
    _check_message_group(construct, kind, message_group_id)
    if kind is TargetKind.LOG_GROUP:
        # The ARN of the construct ends in ":*"; a target's must not.
        target_arn = arn("logs", f"log-group:{construct.log_group_name}", region=place.region, account=place.account)
    else:
        target_arn = getattr(construct, attribute)
    key = construct.encryption_key if kind is TargetKind.STREAM else None
    return Target(
        kind=kind,
        arn=target_arn,
        policy_arn=construct.api_destination_arn_for_policy if kind is TargetKind.API_DESTINATION else None,
        message_group_id=message_group_id,
        key_arn=None if key is None else key.key_arn,
    )


def open_target(construct: Any, kind: TargetKind, rule_arn: str, rule_id: str) -> None:  # noqa: ANN401
    """Let the rule reach *construct* where that takes a policy which belongs to the construct."""
    if kind is TargetKind.QUEUE:
        open_queue(construct, rule_arn, rule_id)
    elif kind is TargetKind.TOPIC:
        open_topic(construct, rule_arn, rule_id)


def _kind_of(construct: Any) -> tuple[str, TargetKind]:  # noqa: ANN401
    for attribute, kind in _ARN_ATTRIBUTES.items():
        if hasattr(construct, attribute) and hasattr(construct, "env"):
            return attribute, kind
    if hasattr(construct, "event_bus_arn"):
        msg = "to must not be an event bus: a consumer takes events over by subscribe() on its own bus"
        raise DeclarationError(msg)
    kinds = ", ".join(kind.label for kind in _ARN_ATTRIBUTES.values())
    msg = f"to must be a CDK construct of one of these kinds: {kinds}; got {described(construct)}"
    raise DeclarationError(msg)


def _check_environment(construct: IResource, kind: TargetKind, place: Place) -> None:
    environment = construct.env
    for what, given, own in (
        ("account", environment.account, place.account),
        ("Region", environment.region, place.region),
    ):
        if not Token.is_unresolved(given) and given != own:
            msg = (
                f"{kind.label} '{construct.node.path}' must be in the {what} of the bus, {own}, got {given}; "
                "let a service there subscribe with a bus of its own"
            )
            raise DeclarationError(msg)


def _check_message_group(construct: Any, kind: TargetKind, message_group_id: str | None) -> None:  # noqa: ANN401
    fifo = kind is TargetKind.QUEUE and construct.fifo
    if fifo and not message_group_id:
        msg = f"FIFO queue '{construct.node.path}' needs message_group_id=, the group its messages are ordered in"
        raise DeclarationError(msg)
    if message_group_id is not None and not fifo:
        msg = f"message_group_id is for FIFO queues only, got {message_group_id!r} for a {kind.label}"
        raise DeclarationError(msg)
    if message_group_id is not None and len(message_group_id) > _LONGEST_GROUP:
        msg = f"message_group_id must be at most {_LONGEST_GROUP} characters, got {len(message_group_id)}"
        raise DeclarationError(msg)
