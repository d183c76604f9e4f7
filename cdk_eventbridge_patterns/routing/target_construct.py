"""A team's own construct that events can be delivered to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from aws_cdk import CfnResource, Token

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.target import TargetKind
from cdk_eventbridge_patterns.routing.access import check_queue_key, check_topic
from cdk_eventbridge_patterns.tree.described import described

if TYPE_CHECKING:
    from aws_cdk import aws_events, aws_kinesis, aws_kms, aws_lambda, aws_logs, aws_sns, aws_sqs, aws_stepfunctions

    DirectTarget: TypeAlias = aws_sqs.IQueue | aws_sns.ITopic | aws_lambda.IFunction | aws_kinesis.IStream
    LocalTarget: TypeAlias = (
        DirectTarget | aws_logs.ILogGroup | aws_stepfunctions.IStateMachine | aws_events.IApiDestination
    )

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

# Where the L1 of each kind that may be in another account has the name, and where the L2 has the key.
_NAME_ATTRIBUTES = {
    "AWS::SQS::Queue": "queue_name",
    "AWS::SNS::Topic": "topic_name",
    "AWS::Lambda::Function": "function_name",
    "AWS::Kinesis::Stream": "name",
}
_KEY_ATTRIBUTES = {
    TargetKind.QUEUE: "encryption_master_key",
    TargetKind.TOPIC: "master_key",
    TargetKind.STREAM: "encryption_key",
}

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
_ACROSS_ACCOUNTS = (TargetKind.QUEUE, TargetKind.TOPIC, TargetKind.FUNCTION, TargetKind.STREAM)


@dataclass(frozen=True)
class TargetConstruct:
    """A construct that a rule can deliver to, and what is known of it."""

    construct: Any
    kind: TargetKind
    arn_attribute: str

    @classmethod
    def of(cls, construct: Any, argument: str) -> TargetConstruct:  # noqa: ANN401
        """Return *construct* as what it is.

        Raises:
            DeclarationError: If it is nothing EventBridge delivers to, or its key can't be used.
        """
        for attribute, kind in _ARN_ATTRIBUTES.items():
            if hasattr(construct, attribute) and hasattr(construct, "env"):
                found = cls(construct, kind, attribute)
                found._check_kind()
                return found
        if hasattr(construct, "event_bus_arn"):
            msg = f"{argument} must not be an event bus: a consumer takes events over by subscribe() on its own bus"
            raise DeclarationError(msg)
        kinds = ", ".join(kind.label for kind in _ARN_ATTRIBUTES.values())
        msg = (
            f"{argument} must be a CDK construct of one of these kinds: {kinds}; got {described(construct)}; "
            "a TargetReference stands for one that is in another account and another app, only where events are sent"
        )
        raise DeclarationError(msg)

    @property
    def path(self) -> str:
        """Where it stands in the tree."""
        return str(self.construct.node.path)

    @property
    def arn(self) -> str:
        """Its ARN, in most cases a token."""
        return str(getattr(self.construct, self.arn_attribute))

    @cached_property
    def key(self) -> aws_kms.IKey | None:
        """Its customer managed key, where it has one and whoever writes to it uses that."""
        attribute = _KEY_ATTRIBUTES.get(self.kind)
        return getattr(self.construct, attribute) if attribute else None

    @property
    def literal_name(self) -> str | None:
        """Its physical name, where it was given one."""
        resource = self.construct.node.default_child
        if not isinstance(resource, CfnResource) or resource.cfn_resource_type not in _NAME_ATTRIBUTES:
            return None
        name = getattr(resource, _NAME_ATTRIBUTES[resource.cfn_resource_type])
        return None if name is None or Token.is_unresolved(name) else str(name)

    def check_across_accounts(self) -> None:
        """Refuse what EventBridge can't deliver to from another account."""
        if self.kind not in _ACROSS_ACCOUNTS:
            kinds = ", ".join(kind.label for kind in _ACROSS_ACCOUNTS)
            msg = (
                f"across accounts EventBridge delivers to one of these kinds: {kinds}; got {self.kind.label} "
                f"'{self.path}'; let a service of its account subscribe with a bus of its own"
            )
            raise DeclarationError(msg)

    def _check_kind(self) -> None:
        if self.kind is TargetKind.QUEUE:
            check_queue_key(self.construct, "target queue")
        elif self.kind is TargetKind.TOPIC:
            check_topic(self.construct)
