"""What a local rule can deliver to, and what each kind needs so that it may."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class TargetKind(Enum):
    """A kind of target: its name, and what a role must allow where EventBridge uses a role for it.

    Queues, topics, functions and log groups are opened by a policy of their own instead.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-iam-roles.html
    """

    QUEUE = ("queue", ())
    TOPIC = ("topic", ())
    FUNCTION = ("function", ())
    LOG_GROUP = ("log group", ())
    STATE_MACHINE = ("state machine", ("states:StartExecution",))
    STREAM = ("stream", ("kinesis:PutRecord", "kinesis:PutRecords"))
    API_DESTINATION = ("API destination", ("events:InvokeApiDestination",))

    def __init__(self, label: str, role_actions: tuple[str, ...]) -> None:
        self.label = label
        self.role_actions = role_actions

    @property
    def word(self) -> str:
        """What it is called in names: `state-machine`."""
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class Target:
    """A target of a local rule.

    Args:
        kind: What it is.

        arn: Its ARN; may be a token, for it is in the same stack or account.

        policy_arn: Its ARN as policies have it, where that is another. Default: *arn*.

        message_group_id: The group that messages of a FIFO queue are put in.

        key_arn: The customer managed key that the role must use, where EventBridge uses a role.
    """

    kind: TargetKind
    arn: str
    policy_arn: str | None = None
    message_group_id: str | None = None
    key_arn: str | None = None
