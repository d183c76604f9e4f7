"""A consumer's subscriptions: its own rules on other services' buses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from constructs import Construct

from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey, check_encryption
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress, BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import check_service
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.consumes import Consumes
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.monitoring import check_topics
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.queue import QueueAddress, plan_dead_letter_queue, subscription_queue_name
from cdk_eventbridge_patterns.plan.redrive import RedriveSettings, redrive_settings
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan, check_not_twice, plan_subscriptions
from cdk_eventbridge_patterns.plan.way_back import WayBack
from cdk_eventbridge_patterns.routing.dead_letter_queue import DeadLetterQueue
from cdk_eventbridge_patterns.routing.dead_letters import (
    check_dead_letters,
    dead_letter_arn,
    off_reason,
    open_dead_letters,
)
from cdk_eventbridge_patterns.routing.rule_metrics import RuleMetrics
from cdk_eventbridge_patterns.tree.place import Place, without_traces

if TYPE_CHECKING:
    from aws_cdk import aws_events as events
    from aws_cdk import aws_iam as iam
    from aws_cdk.cloudformation_include import CfnInclude

    from cdk_eventbridge_patterns.routing.dead_letters import DeadLetters


class Subscription(RuleMetrics):
    """One rule of a consumer on a producer's bus: made by `ServiceBus.subscribe` or `Subscriptions.add`.

    Not a construct of its own: all rules of a consumer are put into the tree together (see `Place.put`).
    """

    def __init__(self, plan: SubscriptionPlan, resources: CfnInclude, role_resources: CfnInclude) -> None:
        self.rule_name = plan.rule_name
        self.rule_arn = plan.rule_arn
        self.role_arn = plan.role_arn
        self.events = plan.wanted.events
        self._rule_bus = plan.producer_bus
        self.plan = plan
        self._resources = resources
        self._role_resources = role_resources

    @property
    def event_bus_arn(self) -> str:
        """The ARN of the producer's bus that the rule is on."""
        return self._rule_bus.arn

    @property
    def cfn_rule(self) -> events.CfnRule:
        """The rule as a typed L1."""
        return cast("events.CfnRule", self._resources.get_resource(self.plan.rule_id))

    @property
    def cfn_role(self) -> iam.CfnRole:
        """The role it delivers by, shared with the other rules on the same bus, as a typed L1."""
        return cast("iam.CfnRole", self._role_resources.get_resource(self.plan.role_id))


class Subscriptions(Construct):
    """All subscriptions of one bus that stand in one stack.

    Each is a rule on the producer's bus **by ARN**, owned by the consumer, that delivers to the consumer's bus by a
    role of the consumer's; what can't be delivered goes to a queue of the consumer's, whose policy names the rule
    where it really is, in the producer's account. The producer's bus must allow the consumer before this is deployed.

    All stand in the Region of the producer's bus, queue and role with them; the bus that receives may be in another.

    Args:
        service: The consuming service.

        to: What it wants. Default: nothing yet; use `add`.

        bus: Its bus that receives, in the stack's account, in any Region. Default: the one that the convention names,
            in the stack's Region.

        owner: The team that owns the service. Default: nobody is named.

        dead_letter_queue: For what can't be delivered: a `DeadLetterQueue`, a standard queue of your own, or
            `Disabled(reason)`. Default: a queue made here, shared by all subscriptions of the construct.

        encryption: The key that encrypts the queues made here, not one that is handed in. Default: one of SQS.

        notify: The ARNs of SNS topics that the alarms of those queues tell. Default: nobody is told.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If a subscription could never deliver, or AWS would refuse it.
        PlacementError: If the stack has no literal account and Region, or has one of the subscriptions already.
        NamingError: If a name is not of the right form.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        service: str,
        to: Sequence[Consumes] = (),
        bus: BusReference | None = None,
        owner: str | None = None,
        dead_letter_queue: DeadLetters | None = None,
        encryption: EncryptionKey | None = None,
        notify: Sequence[str] = (),
        convention: NamingConvention | None = None,
    ) -> None:
        check_topics(notify)
        place = Place.of(scope, convention)
        check_list(to, "to", Consumes, "a list of Consumes, such as [Consumes(ORDER_PLACED, on=…)]")
        check_dead_letters(dead_letter_queue, place)
        check_encryption(encryption, place)
        self._place = place
        self._subscriber = Subscriber(
            service=check_service(service),
            bus=_own_bus(bus, service, place),
            naming=place.naming,
            owner=owner,
        )
        self._chosen_queue = dead_letter_queue
        self._encryption = encryption
        self._notify = notify
        self._queues: dict[str, DeadLetterQueue] = {}
        self._redrive: RedriveSettings | None = None
        self._queue_name = subscription_queue_name(None if bus is None else bus.qualifier)
        self._roles: dict[str, tuple[BusAddress, CfnInclude]] = {}
        self._subscriptions: list[Subscription] = []
        plans = self._plans(to)
        check_not_twice(plans)
        resources = plan_subscriptions(plans)
        place.check(resources, *self._missing_queue(plans))
        super().__init__(scope, id)
        without_traces(self, scope)

        if plans:
            self._put(plans, resources)

    @property
    def subscriptions(self) -> Sequence[Subscription]:
        """All subscriptions, in the order they were declared."""
        return tuple(self._subscriptions)

    @property
    def dead_letter_queue(self) -> DeadLetterQueue | None:
        """The queue made here for all that have none of their own, where there is one."""
        return self._queues.get(self._queue_name)

    @property
    def dead_letter_queues(self) -> Sequence[DeadLetterQueue]:
        """All queues made here."""
        return tuple(self._queues.values())

    def add(self, wanted: Consumes) -> Subscription:
        """Add one subscription.

        Raises:
            DeclarationError: If it could never deliver, or AWS would refuse it.
            PlacementError: If the stack has it already.
        """
        if not isinstance(wanted, Consumes):
            msg = f"a subscription must be a Consumes, such as Consumes(ORDER_PLACED, on=…), got {wanted!r}"
            raise DeclarationError(msg)
        plans = self._plans([wanted])
        check_not_twice([*(subscription.plan for subscription in self._subscriptions), *plans])
        resources = plan_subscriptions(plans, {role: bus for role, (bus, _) in self._roles.items()})
        self._place.check(resources, *self._missing_queue(plans))
        self._put(plans, resources)
        return self._subscriptions[-1]

    def add_redrive(self, settings: RedriveSettings | None = None) -> None:
        """Add a redrive to each queue made here, whenever that is; `DeadLetterQueue.add_redrive` says what it is.

        Raises:
            DeclarationError: If a queue has a redrive already.
        """
        self._redrive = redrive_settings(settings)
        for queue in self._queues.values():
            queue.add_redrive(self._redrive)

    def _name_of_queue(self, wanted: Consumes) -> str:
        if not wanted.separate_dead_letters:
            return self._queue_name
        return f"{wanted.producer}-{wanted.name}-{self._queue_name}"

    def _address(self, queue_name: str) -> QueueAddress:
        place = self._place
        return QueueAddress.of(
            place.naming, self._subscriber.service, queue_name, account=place.account, region=place.region
        )

    def _chosen_for(self, wanted: Consumes) -> DeadLetters | None:
        """Return the queue that was handed in, for those that have none of their own."""
        return None if wanted.separate_dead_letters else self._chosen_queue

    def _plans(self, to: Sequence[Consumes]) -> list[SubscriptionPlan]:
        return [
            SubscriptionPlan(
                subscriber=self._subscriber,
                wanted=wanted,
                dead_letter_arn=dead_letter_arn(
                    self._chosen_for(wanted), self._address(self._name_of_queue(wanted)).arn
                ),
                dead_letters_off=off_reason(self._chosen_for(wanted)),
                region=self._place.region,
            )
            for wanted in to
        ]

    def _missing_queue(self, plans: Sequence[SubscriptionPlan]) -> list[Plan]:
        """Return the plans of the construct's own dead-letter queues that are needed and not there yet."""
        needed = {self._name_of_queue(plan.wanted) for plan in plans if self._chosen_for(plan.wanted) is None}
        return [
            plan_dead_letter_queue(self._address(name), self._subscriber.service)
            for name in sorted(needed - self._queues.keys())
        ]

    def _put(self, plans: Sequence[SubscriptionPlan], plan: Plan) -> None:
        resources = self._place.put(self, plan, id=f"Resources{len(self._subscriptions) or ''}")
        for subscription in plans:
            known = self._roles.setdefault(subscription.role_id, (subscription.producer_bus, resources))
            placed = Subscription(subscription, resources, known[1])
            if known[1] is not resources:
                placed.cfn_rule.add_resource_dependency(placed.cfn_role)
            self._subscriptions.append(placed)
        by_queue: dict[str, list[SubscriptionPlan]] = {}
        for subscription in plans:
            by_queue.setdefault(self._name_of_queue(subscription.wanted), []).append(subscription)
        for name, sharing in by_queue.items():
            chosen = self._chosen_for(sharing[0].wanted)
            if not isinstance(chosen, Disabled):
                ways = [WayBack.of_subscription(subscription) for subscription in sharing]
                rule_arns = [subscription.rule_arn for subscription in sharing]
                open_dead_letters(chosen or self._queue(name, rule_arns), resources, ways, sharing[0].rule_id)

    def _queue(self, name: str, rule_arns: Sequence[str]) -> DeadLetterQueue:
        """Return the queue of that name, made with these rules in its policy if it is not there yet."""
        if name not in self._queues:
            self._queues[name] = DeadLetterQueue(
                self,
                "DeadLetterQueue" if name == self._queue_name else logical_id(name),
                service=self._subscriber.service,
                name=name,
                encryption=self._encryption,
                convention=self._subscriber.naming,
                _sources=rule_arns,
            )
            if self._notify:
                self._queues[name].notify(*self._notify)
            if self._redrive is not None:
                self._queues[name].add_redrive(self._redrive)
        return self._queues[name]


def _own_bus(bus: BusReference | None, service: str, place: Place) -> BusAddress:
    own = BusReference.of(service, account=place.account) if bus is None else bus
    if not isinstance(own, BusReference):
        msg = f"bus must be a BusReference, such as BusReference.of('billing', account='222222222222'), got {own!r}"
        raise DeclarationError(msg)
    address = own.resolve(place.naming, place.region)
    if address.account != place.account:
        msg = (
            f"bus must be in the stack's account, {place.account}, got {address.arn}: "
            "role and queue of a subscription are the consumer's"
        )
        raise DeclarationError(msg)
    return address
