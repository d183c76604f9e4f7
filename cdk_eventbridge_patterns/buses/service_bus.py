"""What every bus of a service can do: subscribe, deliver, and, by `RoutingBus`, publish and route."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from constructs import Construct

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA
from cdk_eventbridge_patterns.access.publish import event_condition
from cdk_eventbridge_patterns.buses.deliveries import Deliveries
from cdk_eventbridge_patterns.buses.routes import RoutingBus
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress, BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.adopted import Adopted
from cdk_eventbridge_patterns.plan.consumes import Consumes
from cdk_eventbridge_patterns.plan.queue import bus_queue_name
from cdk_eventbridge_patterns.plan.redrive import RedriveSettings, redrive_settings
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.target_input import TargetInput
from cdk_eventbridge_patterns.routing.audit_trail import AuditTrail
from cdk_eventbridge_patterns.routing.bus_metrics import BusMetrics
from cdk_eventbridge_patterns.routing.dead_letter_queue import DeadLetterQueue
from cdk_eventbridge_patterns.routing.delivery import Delivery
from cdk_eventbridge_patterns.routing.inbox import Inbox
from cdk_eventbridge_patterns.routing.subscription import Subscription, Subscriptions
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.buses.existing_bus import ExistingBus
    from cdk_eventbridge_patterns.routing.dead_letters import DeadLetters
    from cdk_eventbridge_patterns.routing.target import DeliveryTarget

_AUDIT_NAME = "audit"


class ServiceBus(RoutingBus, BusMetrics):
    """An event bus that one service owns.

    Make a `ProducerBus` or a `ConsumerBus`, or import one that exists with `from_event_bus_arn`.

    A `ProducerBus` may subscribe and deliver as well: then one bus serves both roles.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        place: Place,
        service: str,
        bus: BusAddress,
        qualifier: str | None = None,
        owner: str | None = None,
        encryption: EncryptionKey | None = None,
        notify: Sequence[str] = (),
    ) -> None:
        super().__init__(scope, id)

        self.service = service
        self.qualifier = qualifier
        self.owner = owner
        self.address = bus
        self._place = place
        self.encryption = encryption
        self.alarm_topics = tuple(notify)
        self._reference = BusReference(account=bus.account, region=bus.region, qualifier=qualifier, name=bus.name)
        self._subscriptions: Subscriptions | None = None
        self._redrive: RedriveSettings | None = None
        self._audit_name = _AUDIT_NAME if qualifier is None else f"{qualifier}-{_AUDIT_NAME}"
        self._deliveries = Deliveries(
            self,
            place=place,
            subscriber=Subscriber(service=service, bus=bus, naming=place.naming, owner=owner, retries=place.retries),
            queue_name=bus_queue_name(qualifier),
            encryption=encryption,
            notify=notify,
        )

    @classmethod
    def from_event_bus_arn(
        cls,
        scope: Construct,
        id: str,
        event_bus_arn: str,
        *,
        service: str,
        publishes: Sequence[EventContract] = (),
        publishers: Sequence[str] = (),
        consumers: Sequence[Consumer] = (),
        organization_id: str | None = None,
        owner: str | None = None,
        encryption: EncryptionKey | None = None,
        policy_quota: int = DEFAULT_POLICY_QUOTA,
        convention: NamingConvention | None = None,
    ) -> ExistingBus:
        """Import a bus of the service's own that exists already, to subscribe, deliver and route with.

        The bus and the statements that its policy has stay as they are; those for *publishers* and *consumers*, and
        those of `accept_route`, are attached beside them, each under an id of its own.

        Args:
            scope: Where the construct stands: in a stack of the bus's account and Region.

            id: The construct's id.

            event_bus_arn: The literal ARN of the bus.

            service: The service that owns it.

            publishes: The events that the service publishes on it. Default: nobody says.

            publishers: Other accounts to be let publish them. Default: none.

            consumers: Services in other accounts to be let subscribe. Default: none.

            organization_id: The organisation whose accounts are all let subscribe, in place of *consumers*. Default:
                none.

            owner: The team that owns the service. Default: nobody is named.

            encryption: The key that encrypts the queues made here, not the bus. Default: one of SQS.

            policy_quota: How many characters the attached statements may take. How many the policy has already is not
                known here. Default: AWS's quota for the whole policy.

            convention: The naming convention. Default: the one that holds in the tree.

        Raises:
            NamingError: If the ARN is not that of a custom event bus.
            DeclarationError: If the bus is in another account or Region than the stack, or its events, publishers and
                consumers don't fit together.
            AccessError: If the attached statements are over the quota by themselves.
        """
        from cdk_eventbridge_patterns.buses.existing_bus import ExistingBus  # noqa: PLC0415 - which is made of this

        return ExistingBus(
            scope,
            id,
            event_bus_arn,
            service=service,
            publishes=publishes,
            publishers=publishers,
            consumers=consumers,
            organization_id=organization_id,
            owner=owner,
            encryption=encryption,
            policy_quota=policy_quota,
            convention=convention,
        )

    # -- what it is ----------------------------------------------------------------------------------------

    @property
    def dead_letter_queue(self) -> DeadLetterQueue:
        """The queue for what can't be delivered from this bus, made when first asked for."""
        return self._deliveries.dead_letter_queue

    # -- consuming -----------------------------------------------------------------------------------------

    def subscribe(
        self,
        *events: EventContract,
        on: BusReference,
        deliver_to: DeliveryTarget | None = None,
        detail: Mapping[str, Any] | None = None,
        name: str | None = None,
        retry: RetryPolicy | None = None,
        adopt: Adopted | None = None,
        replays: bool | None = None,
        separate_dead_letters: bool = False,
    ) -> Subscription:
        """Take events of another service over to this bus, and on to *deliver_to*.

        Everything stands in the stack of this bus; where two services consume from each other, put one's subscriptions
        in a `SubscriptionStack`, which can wait for both buses.

        Args:
            events: The events; all of one producer.

            on: The producer's bus, by service and account or by ARN.

            deliver_to: Where they go from here, as in `deliver`. Default: nowhere yet.

            detail: Lets only those events through whose `detail` matches: an event pattern for the fields of `detail`.
                Default: all of them.

            name: Names the rules; needed where two would take the same event. Default: the event, of several the
                first in the alphabet.

            retry: How long delivery is tried again. Default: EventBridge's own policy, a day.

            adopt: What the rule on the producer's bus already keeps. Default: the rule is new.

            replays: Whether events that a replay brings on the producer's bus are taken over and delivered. Default:
                they are taken over, and delivered as `deliver` has it.

            separate_dead_letters: Whether what can't be taken over has a dead-letter queue of its own. Default: one for
                all subscriptions of the bus.

        Raises:
            DeclarationError: If it could never deliver, or AWS would refuse it.
            PlacementError: If the stack has it already.
        """
        wanted = Consumes(
            *events,
            on=on,
            detail=detail,
            name=name,
            retry=retry,
            adopt=adopt,
            replays=replays,
            separate_dead_letters=separate_dead_letters,
        )
        plan = None
        if deliver_to is not None:
            plan = self._deliveries.plan(events, deliver_to, detail=detail, name=name, retry=retry, replays=replays)
        subscription = self._subscribe(wanted)
        if plan is not None and deliver_to is not None:
            self._wait_for_bus(self._deliveries.put(plan, deliver_to))
        return subscription

    def deliver(
        self,
        *events: EventContract,
        to: DeliveryTarget,
        detail: Mapping[str, Any] | None = None,
        name: str | None = None,
        input: TargetInput | None = None,
        message_group_id: str | None = None,
        retry: RetryPolicy | None = None,
        dead_letter_queue: DeadLetters | None = None,
        adopt: Adopted | None = None,
        replays: bool | None = None,
    ) -> Delivery:
        """Deliver events that arrive on this bus to a queue, topic, function, log group, state machine, stream or API.

        The target is given the permission it needs, for just this rule. A queue, topic, function or stream may be in
        another account: EventBridge delivers to it directly, by a role for just this rule and target.
        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html

        Args:
            events: The events, of this service or taken over by a subscription.

            to: The target, in the bus's Region. One of another account is a construct of this app that has a physical
                name, or a `TargetReference`, whose owner lets the delivery in with `accept_delivery`. An imported queue
                or topic can't be given a permission from here: a warning says which statement it needs.

            detail: Lets only those events through whose `detail` matches. Default: all of them.

            name: Names the rule; needed where two rules take the same event. Default: the event, of several the first
                in the alphabet.

            input: What the target receives. Default: the whole event.

            message_group_id: The group that messages of a FIFO queue are put in.

            retry: How long delivery is tried again. Default: as `use_retry_policies` says for the kind of target, or
                EventBridge's own policy, a day.

            dead_letter_queue: For what can't be delivered: a `DeadLetterQueue`, a standard queue of your own, or
                `Disabled(reason)`. Default: the queue of the bus.

            adopt: What a rule that delivers them already keeps. Default: the rule is new.

            replays: Whether events that a replay brings on this bus are delivered too. Default: to everything but a
                topic and an API destination, which act on the outside world.

        Raises:
            DeclarationError: If the target can't receive, or AWS would refuse the rule.
            PlacementError: If the stack has the delivery already.
        """
        plan = self._deliveries.plan(
            events,
            to,
            detail=detail,
            name=name,
            input=input,
            message_group_id=message_group_id,
            retry=retry,
            dead_letter_queue=dead_letter_queue,
            adopt=adopt,
            replays=replays,
        )
        delivery = self._deliveries.put(plan, to, dead_letter_queue)
        self._wait_for_bus(delivery)
        return delivery

    def deliver_to_inbox(self, *events: EventContract) -> Inbox:
        """Deliver each of *events* to a queue of its own, made here in one batch.

        Raises:
            DeclarationError: If there is no event, or one twice.
            PlacementError: If the stack has one of the queues already.
        """
        return self._deliveries.put_inbox(events, after=self._made_first())

    def add_redrives(self, settings: RedriveSettings | None = None) -> None:
        """Add a redrive to each dead-letter queue of the bus: that of its deliveries, and that of its subscriptions.

        Each is made with its queue, whenever that is, and knows all that uses it; a queue that was handed in has its
        own `DeadLetterQueue.add_redrive`.

        Args:
            settings: How many messages an execution takes and how fast. Default: 500, and 60 a minute.

        Raises:
            DeclarationError: If a queue has a redrive already.
        """
        self._redrive = redrive_settings(settings)
        self._deliveries.add_redrive(self._redrive)
        if self._subscriptions is not None:
            self._subscriptions.add_redrive(self._redrive)

    # -- watching ------------------------------------------------------------------------------------------

    def audit(self, *events: EventContract, retention_days: int = 365) -> AuditTrail:
        """Note which events there were on this bus in a log group, without what they say.

        One rule takes *events*, save those that an archive replays, and notes id, source, detail-type, account and
        Region, and where the envelope of all has them the idempotency key and the id of the story: a line of a few
        hundred bytes for each event. The log group goes with the stack.

        Args:
            events: Events, of one or more services. Default: all that the bus publishes.

            retention_days: How many days a line is kept, one of those that CloudWatch Logs knows. Default: 365.

        Raises:
            DeclarationError: If there is no event, more than one rule can take, or no such retention.
            PlacementError: If the stack has the trail already.
        """
        plan = self._deliveries.plan_audit(
            events or self._published(), name=self._audit_name, retention_days=retention_days
        )
        trail = self._deliveries.put_audit(plan)
        self._wait_for_bus(trail)
        return trail

    def _published(self) -> Sequence[EventContract]:
        """Return the events that are published here, as far as is known."""
        return ()

    # -- how it is made up ---------------------------------------------------------------------------------

    def _publish_condition_of(self, events: Sequence[EventContract]) -> Mapping[str, Any]:
        """Return what holds a publisher to *events*, or to all of the service."""
        others = [event for event in events if event.service != self.service]
        if others:
            msg = f"events must be of the service {self.service}, whose bus this is, got {others[0]!r}"
            raise AccessError(msg)
        if events:
            return event_condition([event.event_type(self._place.naming) for event in events])
        return {"events:source": self._place.naming.source(self.service)}

    def _subscribe(self, wanted: Consumes) -> Subscription:
        if self._subscriptions is not None:
            return self._subscriptions.add(wanted)
        self._subscriptions = Subscriptions(
            self,
            "Subscriptions",
            service=self.service,
            to=[wanted],
            bus=self._reference,
            owner=self.owner,
            encryption=self.encryption,
            notify=self.alarm_topics,
            convention=self._place.naming,
        )
        if self._redrive is not None:
            self._subscriptions.add_redrive(self._redrive)
        self._wait_for_bus(self._subscriptions)
        return self._subscriptions.subscriptions[0]
