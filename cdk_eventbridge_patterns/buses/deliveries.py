"""The rules of a service on its own bus, and the dead-letter queue they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from constructs import Construct

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey, check_log_key
from cdk_eventbridge_patterns.naming.words import check_part
from cdk_eventbridge_patterns.plan.adopted import Adopted
from cdk_eventbridge_patterns.plan.audit import AuditPlan, plan_audit
from cdk_eventbridge_patterns.plan.consumes import check_events, first_of
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.inbox import inbox_delivery, plan_inbox
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.queue import QueueAddress, plan_dead_letter_queue
from cdk_eventbridge_patterns.plan.redrive import RedriveSettings
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy, retry_policy
from cdk_eventbridge_patterns.plan.route import RoutePlan, RouteWay, plan_route
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.target_input import TargetInput
from cdk_eventbridge_patterns.plan.way_back import WayBack
from cdk_eventbridge_patterns.routing.audit_trail import AuditTrail
from cdk_eventbridge_patterns.routing.dead_letter_queue import DeadLetterQueue
from cdk_eventbridge_patterns.routing.dead_letters import (
    check_dead_letters,
    dead_letter_arn,
    off_reason,
    open_dead_letters,
)
from cdk_eventbridge_patterns.routing.delivery import Delivery
from cdk_eventbridge_patterns.routing.inbox import Inbox
from cdk_eventbridge_patterns.routing.route import Route
from cdk_eventbridge_patterns.routing.target import key_permission, open_target, target_of
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import CfnResource

    from cdk_eventbridge_patterns.routing.dead_letters import DeadLetters
    from cdk_eventbridge_patterns.routing.target import DeliveryTarget


class Deliveries:
    """Plans deliveries and routes of one bus, and puts them below it once they are sure to fit.

    Planning and putting are apart so that a caller who does several things can refuse all before doing the first.
    """

    def __init__(
        self,
        bus: Construct,
        *,
        place: Place,
        subscriber: Subscriber,
        queue_name: str,
        encryption: EncryptionKey | None = None,
        notify: Sequence[str] = (),
    ) -> None:
        self._bus = bus
        self._place = place
        self._subscriber = subscriber
        self._queue_name = queue_name
        self._encryption = encryption
        self._notify = notify
        self._queue: DeadLetterQueue | None = None
        self._redrive: RedriveSettings | None = None

    @property
    def dead_letter_queue(self) -> DeadLetterQueue:
        """The queue for what can't be delivered, made when first asked for."""
        return self._queue_for(())

    def _queue_for(self, rule_arns: Sequence[str]) -> DeadLetterQueue:
        """Return that queue, made with these rules in its policy if it is not there yet."""
        if self._queue is None:
            self._queue = DeadLetterQueue(
                self._bus,
                "DeadLetterQueue",
                service=self._subscriber.service,
                name=self._queue_name,
                encryption=self._encryption,
                convention=self._place.naming,
                _sources=rule_arns,
            )
            if self._notify:
                self._queue.notify(*self._notify)
            if self._redrive is not None:
                self._queue.add_redrive(self._redrive)
        return self._queue

    def add_redrive(self, settings: RedriveSettings) -> None:
        """Add a redrive to the queue, as soon as there is one."""
        self._redrive = settings
        if self._queue is not None:
            self._queue.add_redrive(settings)

    def plan(
        self,
        events: Sequence[EventContract],
        to: DeliveryTarget,
        *,
        detail: Mapping[str, Any] | None = None,
        name: str | None = None,
        input: TargetInput | None = None,
        message_group_id: str | None = None,
        retry: RetryPolicy | None = None,
        dead_letter_queue: DeadLetters | None = None,
        adopt: Adopted | None = None,
        replays: bool | None = None,
    ) -> DeliveryPlan:
        """Return the plan of one delivery, checked in full; `ServiceBus.deliver` documents the arguments."""
        check_events(events)
        target = target_of(to, self._place, message_group_id=message_group_id)
        check_dead_letters(dead_letter_queue, self._place)
        plan = DeliveryPlan(
            subscriber=self._subscriber,
            events=events,
            name=self._subscriber.name_for(first_of(events)) if name is None else check_part(name),
            target=target,
            detail=detail,
            input=input,
            retry=retry,
            dead_letter_arn=dead_letter_arn(dead_letter_queue, self._queue_address.arn),
            dead_letters_off=off_reason(dead_letter_queue),
            adopt=adopt,
            replays=replays,
        )
        self._place.check(plan_delivery(plan), *self._missing_queue(dead_letter_queue))
        return plan

    def put(self, plan: DeliveryPlan, to: DeliveryTarget, dead_letter_queue: DeadLetters | None = None) -> Delivery:
        """Put a planned delivery below the bus, and open its target and queue to it."""
        delivery = Delivery(self._bus, logical_id("Deliver", plan.name), place=self._place, plan=plan)
        open_target(to, self._place, plan)
        if not isinstance(dead_letter_queue, Disabled):
            queue = dead_letter_queue or self._queue_for([plan.rule_arn])
            open_dead_letters(queue, delivery, [WayBack.of_delivery(plan, key_permission(to))], plan.rule_id)
        return delivery

    def put_inbox(self, events: Sequence[EventContract], after: Sequence[CfnResource] = ()) -> Inbox:
        """Put a queue for each of *events* below the bus, which are made *after* other resources."""
        key = None if self._encryption is None else self._encryption.address
        plan = plan_inbox(self._subscriber, events, self._queue_address, key)
        self._place.check(plan, *self._missing_queue(None))
        rule_arns = [inbox_delivery(self._subscriber, event, self._queue_address).rule_arn for event in events]
        return Inbox(
            self._bus,
            logical_id("Inbox", self._subscriber.name_for(first_of(events))),
            place=self._place,
            plan=plan,
            subscriber=self._subscriber,
            events=events,
            dead_letter_queue=self._queue_for(rule_arns),
            encryption=self._encryption,
            after=after,
        )

    def plan_audit(self, events: Sequence[EventContract], *, name: str, retention_days: int) -> AuditPlan:
        """Return the plan of an audit trail, checked in full; `ServiceBus.audit` documents the arguments."""
        check_log_key(self._encryption, self._place, "give the bus no key")
        plan = AuditPlan(
            subscriber=self._subscriber,
            events=events,
            name=name,
            retention_days=retention_days,
            dead_letter_arn=self._queue_address.arn,
        )
        self._place.check(plan_audit(plan), *self._missing_queue(None))
        return plan

    def put_audit(self, plan: AuditPlan) -> AuditTrail:
        """Put a planned audit trail below the bus, and open its queue to it."""
        trail = AuditTrail(self._bus, "Audit", place=self._place, plan=plan)
        if self._encryption is not None:
            self._encryption.encrypt_log_group(trail.cfn_log_group, plan.delivery.target.arn)
        queue = self._queue_for([plan.delivery.rule_arn])
        open_dead_letters(queue, trail, [WayBack.of_delivery(plan.delivery)], plan.delivery.rule_id)
        return trail

    def plan_route(
        self,
        way: RouteWay,
        *,
        detail: Mapping[str, Any] | None,
        retry: RetryPolicy | None,
        dead_letter_queue: DeadLetters | None,
    ) -> RoutePlan:
        """Return the plan of one route, checked in full; `ServiceBus.route` documents the arguments."""
        check_dead_letters(dead_letter_queue, self._place)
        plan = RoutePlan(
            way=way,
            owner=self._subscriber.owner,
            detail=detail,
            retry=retry_policy(retry),
            dead_letter_arn=dead_letter_arn(dead_letter_queue, self._queue_address.arn),
            dead_letters_off=off_reason(dead_letter_queue),
        )
        self._place.check(plan_route(plan), *self._missing_queue(dead_letter_queue))
        return plan

    def put_route(self, plan: RoutePlan, dead_letter_queue: DeadLetters | None) -> Route:
        """Put a planned route below the bus, and open its queue to it."""
        route = Route(self._bus, plan.way.rule_id, place=self._place, plan=plan)
        if not isinstance(dead_letter_queue, Disabled):
            queue = dead_letter_queue or self._queue_for([plan.way.rule_arn])
            open_dead_letters(queue, route, [WayBack.of_route(plan)], plan.way.rule_id)
        return route

    @cached_property
    def _queue_address(self) -> QueueAddress:
        bus = self._subscriber.bus
        return QueueAddress.of(
            self._place.naming, self._subscriber.service, self._queue_name, account=bus.account, region=bus.region
        )

    def _missing_queue(self, chosen: DeadLetters | None) -> list[Plan]:
        """Return the plan of the bus's own dead-letter queue where it is needed and not there yet."""
        if chosen is not None or self._queue is not None:
            return []
        return [plan_dead_letter_queue(self._queue_address, self._subscriber.service)]
