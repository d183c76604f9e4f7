"""A queue for each event a service takes, from which it works at its own pace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from constructs import Construct

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan
from cdk_eventbridge_patterns.plan.inbox import inbox_delivery, inbox_queue
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.way_back import WayBack, queue_key
from cdk_eventbridge_patterns.routing.dead_letter_queue import DeadLetterQueue, queue_view
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import CfnResource
    from aws_cdk import aws_events as events
    from aws_cdk import aws_sqs as sqs


class Inbox(Construct):
    """One standard queue for each of a service's events: made by `ServiceBus.deliver_to_inbox`."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        place: Place,
        plan: Plan,
        subscriber: Subscriber,
        events: Sequence[EventContract],
        dead_letter_queue: DeadLetterQueue,
        encryption: EncryptionKey | None = None,
        after: Sequence[CfnResource] = (),
    ) -> None:
        super().__init__(scope, id)

        self.events = tuple(events)
        self._subscriber = subscriber
        self._encryption = encryption
        self._queues: dict[str, sqs.IQueue] = {}
        self._deliveries = {
            subscriber.name_for(event): inbox_delivery(subscriber, event, dead_letter_queue.address) for event in events
        }
        self._resources = place.put(self, plan)
        self.node.add_dependency(dead_letter_queue.cfn_queue, *after)
        deliveries = self._deliveries.values()
        dead_letter_queue.allow_rules(*(delivery.rule_arn for delivery in deliveries))
        key = queue_key(None if encryption is None else encryption.address)
        dead_letter_queue.know(
            *(WayBack.of_delivery(delivery, key) for delivery in deliveries),
            *(WayBack.of_queue(delivery.target.arn, key) for delivery in deliveries),
        )
        if encryption is not None:
            encryption.before(*(self.cfn_queue(event) for event in events))

    def queue(self, event: EventContract) -> sqs.IQueue:
        """Return the queue for *event* as the CDK's L2 sees it, for functions, grants and alarms.

        Raises:
            DeclarationError: If the inbox does not take that event.
        """
        self._delivery(event)
        name = self._subscriber.name_for(event)
        if name not in self._queues:
            arn = inbox_queue(self._subscriber, event).arn
            self._queues[name] = queue_view(self, name, arn, self._encryption)
        return self._queues[name]

    def cfn_queue(self, event: EventContract) -> sqs.CfnQueue:
        """Return the queue for *event* as a typed L1."""
        self._delivery(event)
        queue = inbox_queue(self._subscriber, event)
        return cast("sqs.CfnQueue", self._resources.get_resource(queue.queue_id))

    def cfn_rule(self, event: EventContract) -> events.CfnRule:
        """Return the rule for *event* as a typed L1."""
        return cast("events.CfnRule", self._resources.get_resource(self._delivery(event).rule_id))

    def _delivery(self, event: EventContract) -> DeliveryPlan:
        delivery = self._deliveries.get(self._subscriber.name_for(event))
        if delivery is None:
            msg = f"the inbox of '{self._subscriber.service}' takes {sorted(self._deliveries)}, got {event!r}"
            raise DeclarationError(msg)
        return delivery
