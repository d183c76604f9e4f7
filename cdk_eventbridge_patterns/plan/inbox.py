"""What an inbox is made of: a queue for each event, with the rule that fills it."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.plan.consumes import check_events
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.plan.encryption import KeyAddress
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.plan.queue import QueueAddress, add_queue, add_queue_policy
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.target import Target, TargetKind
from cdk_eventbridge_patterns.topology.stamp import Stamp


def inbox_queue(subscriber: Subscriber, event: EventContract) -> QueueAddress:
    """Return where the queue for *event* is."""
    bus = subscriber.bus
    return QueueAddress.of(
        subscriber.naming, subscriber.service, subscriber.name_for(event), account=bus.account, region=bus.region
    )


def inbox_delivery(subscriber: Subscriber, event: EventContract, dead_letters: QueueAddress) -> DeliveryPlan:
    """Return the delivery of *event* to its queue."""
    return DeliveryPlan(
        subscriber=subscriber,
        events=(event,),
        name=subscriber.name_for(event),
        target=Target(kind=TargetKind.QUEUE, arn=inbox_queue(subscriber, event).arn),
        dead_letter_arn=dead_letters.arn,
    )


def plan_inbox(
    subscriber: Subscriber,
    events: Sequence[EventContract],
    dead_letters: QueueAddress,
    key: KeyAddress | None = None,
) -> Plan:
    """Return a queue for each event; messages that fail five times go to *dead_letters* as well."""
    check_events(events)
    plan = Plan()
    for event in events:
        queue, delivery = inbox_queue(subscriber, event), inbox_delivery(subscriber, event, dead_letters)
        add_queue(plan, queue, stamp=Stamp(service=subscriber.service), redrive_to=dead_letters, key=key)
        add_queue_policy(plan, queue, [delivery.rule_arn])
        plan.include(plan_delivery(delivery))
    return plan
