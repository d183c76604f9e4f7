"""A queue for each event a service takes, from which it works at its own pace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.inbox import inbox_delivery, inbox_queue, plan_inbox
from cdk_eventbridge_patterns.plan.subscription import Subscriber
from cdk_eventbridge_patterns.routing.dead_letter_queue import DeadLetterQueue
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import aws_events as events


class Inbox(Construct):
    """One standard queue for each of a service's events: made by `ServiceBus.deliver_to_inbox`."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        place: Place,
        subscriber: Subscriber,
        events: Sequence[EventContract],
        dead_letter_queue: DeadLetterQueue,
    ) -> None:
        plan = plan_inbox(subscriber, events, dead_letter_queue.address)
        place.check(plan)
        super().__init__(scope, id)

        self.events = tuple(events)
        self._subscriber = subscriber
        self._deliveries = {
            event.title: inbox_delivery(subscriber, event, dead_letter_queue.address) for event in events
        }
        self._resources = place.put(self, plan)
        self.node.add_dependency(dead_letter_queue.cfn_queue)
        dead_letter_queue.allow_rules(*(delivery.rule_arn for delivery in self._deliveries.values()))

    def queue(self, event: EventContract) -> sqs.IQueue:
        """Return the queue for *event* as the CDK's L2 sees it, for functions, grants and alarms.

        Raises:
            DeclarationError: If the inbox does not take that event.
        """
        self._check(event)
        existing = self.node.try_find_child(event.title)
        if existing is not None:
            return cast("sqs.IQueue", existing)
        return sqs.Queue.from_queue_arn(self, event.title, inbox_queue(self._subscriber, event).arn)

    def cfn_queue(self, event: EventContract) -> sqs.CfnQueue:
        """Return the queue for *event* as a typed L1."""
        self._check(event)
        queue = inbox_queue(self._subscriber, event)
        return cast("sqs.CfnQueue", self._resources.get_resource(queue.queue_id))

    def cfn_rule(self, event: EventContract) -> events.CfnRule:
        """Return the rule for *event* as a typed L1."""
        self._check(event)
        return cast("events.CfnRule", self._resources.get_resource(self._deliveries[event.title].rule_id))

    def _check(self, event: EventContract) -> None:
        if event.title not in self._deliveries:
            msg = f"the inbox of '{self._subscriber.service}' takes {sorted(self._deliveries)}, not {event.title}"
            raise DeclarationError(msg)
