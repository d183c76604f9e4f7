"""How what is in a dead-letter queue gets back to where it failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan
from cdk_eventbridge_patterns.plan.encryption import KeyAddress, use_by_way_of
from cdk_eventbridge_patterns.plan.route import RoutePlan
from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan
from cdk_eventbridge_patterns.plan.target import KEY_ACTIONS, TargetKind
from cdk_eventbridge_patterns.plan.target_input import TargetInput

_REPLAY = "replay its events to this rule alone"

_ELSEWHERE = f"its target is in another account, which lets in the role of the rule and no other; {_REPLAY}"
_TO_OTHERS = f"the bus it is routed to lets in the role of the route and no other; {_REPLAY}"
_OF_AWS = f"nobody but AWS may publish events of AWS services; {_REPLAY}"
_PART = f"its target gets a part of the event that can't be made here just as EventBridge makes it; {_REPLAY}"
_NOT_CALLED = f"Step Functions does not call what EventBridge calls for this kind of target; {_REPLAY}"
_BYTES = f"in which form Step Functions puts bytes on a stream is not documented; {_REPLAY}"

_WHOLE_DETAIL = "$.detail"


class Means(Enum):
    """By which call of Step Functions a target gets an event, and what a role needs for it."""

    QUEUE = ("SendToQueue", "sqs:SendMessage")
    TOPIC = ("PublishToTopic", "sns:Publish")
    FUNCTION = ("InvokeFunction", "lambda:InvokeFunction")
    STATE_MACHINE = ("StartExecution", "states:StartExecution")
    BUS = ("PutOnBus", "events:PutEvents")

    def __init__(self, state: str, action: str) -> None:
        self.state = state
        self.action = action


_MEANS: Mapping[TargetKind, Means] = {
    TargetKind.QUEUE: Means.QUEUE,
    TargetKind.TOPIC: Means.TOPIC,
    TargetKind.FUNCTION: Means.FUNCTION,
    TargetKind.STATE_MACHINE: Means.STATE_MACHINE,
}


@dataclass(frozen=True, kw_only=True)
class WayBack:
    """The way from a dead-letter queue back to one target.

    Args:
        origin: The ARN of the rule that could not deliver, or of the queue that SQS took the message from.

        target_arn: The ARN of what was to receive; may be a token.

        means: By which call it receives. Default: by none; *obstacle* says why.

        obstacle: Why there is no way back.

        text: The text that the target always gets. Default: what is in the queue.

        only_detail: Whether the target gets the detail of the event alone.

        message_group_id: The group that messages of a FIFO queue are put in.

        event_types: The source and detail-type of the events that go back to a bus.

        key: What lets a role use the target's customer managed key.
    """

    origin: str
    target_arn: str
    means: Means | None = None
    obstacle: str | None = None
    text: str | None = None
    only_detail: bool = False
    message_group_id: str | None = None
    event_types: Sequence[EventType] = ()
    key: Statement | None = None

    @classmethod
    def of_delivery(cls, plan: DeliveryPlan, key: Statement | None = None) -> WayBack:
        """Return the way back to the target of a delivery; *key* lets a role use its key."""
        target, given = plan.target, plan.input
        means = _MEANS.get(target.kind)
        if target.is_referred_to:
            obstacle: str | None = _ELSEWHERE
        elif means is None:
            obstacle = _BYTES if target.kind is TargetKind.STREAM else _NOT_CALLED
        else:
            obstacle = _obstacle_of(given)
        if obstacle is not None:
            return cls(origin=plan.rule_arn, target_arn=target.arn, obstacle=obstacle)
        properties = {} if given is None else given.to_properties()
        return cls(
            origin=plan.rule_arn,
            target_arn=target.arn,
            means=means,
            text=properties.get("Input"),
            only_detail="InputPath" in properties,
            message_group_id=target.message_group_id,
            key=key,
        )

    @classmethod
    def of_subscription(cls, plan: SubscriptionPlan) -> WayBack:
        """Return the way back to the bus of a subscriber."""
        subscriber = plan.subscriber
        if plan.producer_bus.is_default:
            return cls(origin=plan.rule_arn, target_arn=subscriber.bus.arn, obstacle=_OF_AWS)
        return cls(
            origin=plan.rule_arn,
            target_arn=subscriber.bus.arn,
            means=Means.BUS,
            event_types=_types(plan.wanted.events, subscriber.naming),
        )

    @classmethod
    def of_route(cls, plan: RoutePlan) -> WayBack:
        """Return that there is none to the bus of a route: it lets in the role of the route alone."""
        way = plan.way
        return cls(origin=way.rule_arn, target_arn=way.receiver.arn, obstacle=_TO_OTHERS)

    @classmethod
    def of_queue(cls, queue_arn: str, key: Statement | None = None) -> WayBack:
        """Return the way back to a queue from which SQS itself took what was received too often."""
        return cls(origin=queue_arn, target_arn=queue_arn, means=Means.QUEUE, key=key)

    def to_row(self) -> dict[str, Any]:
        """Return what the state machine knows of it."""
        row = {
            "origin": self.origin,
            "target": self.target_arn,
            "by": None if self.means is None else self.means.state,
            "why": self.obstacle,
            "text": self.text,
            "only_detail": self.only_detail or None,
            "group": self.message_group_id,
        }
        return {name: value for name, value in row.items() if value is not None}


def queue_key(key: KeyAddress | None) -> Statement | None:
    """Let a role read and write queues that a key of ours encrypts; nothing where none does."""
    return None if key is None else use_by_way_of("sqs", key, KEY_ACTIONS[TargetKind.QUEUE])


def _obstacle_of(given: TargetInput | None) -> str | None:
    """Return why the input of a target can't be made of a dead letter, if so.

    Constants and the whole detail are text that is there. Any other part would have to be read and written anew, which
    changes numbers of more than 15 digits, and what a template makes is not documented to the last character.
    """
    properties = {} if given is None else given.to_properties()
    is_there = properties.keys() <= {"Input"} or properties.get("InputPath") == _WHOLE_DETAIL
    return None if is_there else _PART


def _types(events: Sequence[EventContract], naming: NamingConvention) -> tuple[EventType, ...]:
    return tuple(event.event_type(naming) for event in events)
