"""What a rule can deliver to that is no bus, and what each kind needs so that it may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from cdk_eventbridge_patterns.access.statement import Statement, one_or_many

_WRITE = ("kms:Decrypt", "kms:GenerateDataKey")


class TargetKind(Enum):
    """A kind of target: its name, what delivers to it, and whether EventBridge always does so by a role.

    Queues, topics, functions and log groups are opened by a policy of their own where they are in the bus's account.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-iam-roles.html
    """

    QUEUE = ("queue", ("sqs:SendMessage",), False)
    TOPIC = ("topic", ("sns:Publish",), False)
    FUNCTION = ("function", ("lambda:InvokeFunction",), False)
    LOG_GROUP = ("log group", ("logs:CreateLogStream", "logs:PutLogEvents"), False)
    STATE_MACHINE = ("state machine", ("states:StartExecution",), True)
    STREAM = ("stream", ("kinesis:PutRecord", "kinesis:PutRecords"), True)
    API_DESTINATION = ("API destination", ("events:InvokeApiDestination",), True)

    def __init__(self, label: str, actions: tuple[str, ...], needs_role: bool) -> None:  # noqa: FBT001 - an enum's
        self.label = label
        self.actions = actions
        self.needs_role = needs_role

    @property
    def word(self) -> str:
        """What it is called in names: `state-machine`."""
        return self.name.lower().replace("_", "-")


# What whoever writes to an encrypted target asks of its key, in its own name; a function is written to by nobody.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
# https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
# https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
KEY_ACTIONS: Mapping[TargetKind, tuple[str, ...]] = {
    TargetKind.QUEUE: _WRITE,
    TargetKind.TOPIC: _WRITE,
    TargetKind.STREAM: ("kms:GenerateDataKey",),
}


@dataclass(frozen=True, kw_only=True)
class Target:
    """A target of a rule.

    Args:
        kind: What it is.

        arn: Its ARN; may be a token where it is in the same stack or account.

        policy_arn: Its ARN as policies have it, where that is another. Default: *arn*.

        message_group_id: The group that messages of a FIFO queue are put in.

        key: What lets a role use the target's customer managed key, where EventBridge delivers by a role.

        is_referred_to: Whether it is known by a `TargetReference` or as a construct of another account, so that
            EventBridge delivers by a role whatever its kind.
    """

    kind: TargetKind
    arn: str
    policy_arn: str | None = None
    message_group_id: str | None = None
    key: Statement | None = None
    is_referred_to: bool = False

    @property
    def by_role(self) -> bool:
        """Whether EventBridge delivers to it in the name of a role."""
        return self.is_referred_to or self.kind.needs_role


def key_statement(kind: TargetKind, key_arn: str) -> Statement:
    """Let a role write what the key encrypts, nothing else."""
    return {"Effect": "Allow", "Action": one_or_many(KEY_ACTIONS[kind]), "Resource": key_arn}
