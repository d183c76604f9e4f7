"""What a subscription is made of: a rule on the producer's bus, a role and a dead-letter queue of the consumer's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import role_arn
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress, BusReference
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.plan.adopted import exemption_of, kept_id, kept_name, kept_target_id
from cdk_eventbridge_patterns.plan.aws_events import aws_event_stamps, check_published_on
from cdk_eventbridge_patterns.plan.consumes import EXAMPLE_REFERENCE, Consumes
from cdk_eventbridge_patterns.plan.event_pattern import event_pattern, titles
from cdk_eventbridge_patterns.plan.move import check_move
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.replays import takes_replays
from cdk_eventbridge_patterns.plan.role import add_role
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.topology.stamp import Stamp


@dataclass(frozen=True, kw_only=True)
class SubscriptionPlan:
    """One subscription worked out: where its rule is, by which role it delivers, where failures go.

    Args:
        subscriber: Whose bus receives.

        wanted: What it takes.

        dead_letter_arn: The queue for what can't be delivered, in the rule's Region; nothing where there is none.

        dead_letters_off: Why there is none.

        region: The Region of the stack, and so of the rule. Default: that of the bus that receives.
    """

    subscriber: Subscriber
    wanted: Consumes
    dead_letter_arn: str | None
    dead_letters_off: str | None = None
    region: str | None = None

    @cached_property
    def producer_bus(self) -> BusAddress:
        """The bus that the rule is put on."""
        return self._on.resolve(self.subscriber.naming, self._rule_region)

    @cached_property
    def rule_name(self) -> str:
        """The name of the rule, with the consumer's name in front unless it is an adopted one.

        On a shared bus it carries the producer's too; on a default bus, where events of all AWS services arrive,
        `to-bus` tells it from that of a delivery, which a service of the same name may have there.
        """
        wanted = self.wanted
        name = f"{wanted.producer}-{wanted.name}" if self._on.is_central or self._on.is_default else wanted.name
        if self._on.is_default:
            name = f"{name}-to-bus"
        return kept_name(wanted.adopt) or self.subscriber.naming.rule_name(self.subscriber.service, name)

    @cached_property
    def rule_arn(self) -> str:
        """The ARN of the rule, in the producer's account."""
        return self.producer_bus.rule_arn(self.rule_name)

    @property
    def rule_id(self) -> str:
        """The logical id of the rule."""
        whose = ["Of", self.producer_bus.account] if self.producer_bus.is_default else []
        declared = logical_id(self.subscriber.service, "Takes", self.wanted.producer, self.wanted.name, *whose)
        return kept_id(self.wanted.adopt, declared)

    @cached_property
    def role_name(self) -> str:
        """The name of the role, one for all rules on the same bus that deliver to the same Region.

        Roles are global: the name tells the Region of the rules, and that of the receiving bus where it is another. An
        adopted rule without the consumer's name in front has a role of its own.
        """
        name = f"from-{self._role_of}"
        return self.subscriber.naming.role_name(self.subscriber.service, name, region=self._rule_region)

    @property
    def role_id(self) -> str:
        """The logical id of the role."""
        return logical_id(self.subscriber.service, "From", self._role_of, "Role")

    @cached_property
    def role_arn(self) -> str:
        """The ARN of the role, in the consumer's account."""
        return role_arn(self.role_name, region=self._rule_region, account=self.subscriber.bus.account)

    @cached_property
    def trusted_rules(self) -> str:
        """The ARN of the rules that may use the role: all of the consumer's, or an adopted one of another name."""
        return self.rule_arn if self._has_own_role else self.producer_bus.rule_arn(f"{self._prefix}*")

    def check(self) -> None:
        """Refuse a subscription that AWS would refuse or that could never deliver."""
        own, producer = self.subscriber.bus, self.producer_bus
        if producer.region != self._rule_region:
            msg = (
                f"a subscription must be made in the Region of the producer's bus, {producer.region}, got one in "
                f"{self._rule_region}, where CloudFormation would put the rule; use a SubscriptionStack of "
                f"{producer.region} with bus_region='{own.region}'"
            )
            raise DeclarationError(msg)
        check_move(producer, own)
        is_own = self.wanted.producer == self.subscriber.service and not self._on.is_central
        if producer == own or is_own:
            msg = f"'{self.subscriber.service}' can't subscribe to its own bus; use deliver()"
            raise DeclarationError(msg)
        check_published_on(producer, self.wanted.events, self.wanted.detail)

    @property
    def events_of(self) -> str:
        """Whose events the role delivers, for people."""
        return "AWS services" if self._on.is_default else self.peer

    @property
    def _on(self) -> BusReference:
        if self.wanted.on is None:
            msg = f"on must say which bus {self.wanted.name} is taken from, such as {EXAMPLE_REFERENCE}, got None"
            raise DeclarationError(msg)
        return self.wanted.on

    @property
    def peer(self) -> str:
        """Whose bus it is on, as it is told apart in names."""
        if self._on.is_default:
            return f"default-{self._on.account}"
        owner = self._on.service if self._on.is_central else self.wanted.producer
        return "-".join(filter(None, [owner, self._on.qualifier]))

    @property
    def _rule_region(self) -> str:
        return self.subscriber.bus.region if self.region is None else self.region

    @property
    def _role_of(self) -> str:
        """What the role is named for: the way it delivers along, or a rule that has a role of its own."""
        return f"{self._way}-{self.wanted.name}" if self._has_own_role else self._way

    @property
    def _way(self) -> str:
        """The bus it is on, and where to from there, as names of roles have it."""
        to = self.subscriber.bus.region
        return self.peer if to == self._rule_region else f"{self.peer}-to-{to}"

    @property
    def _has_own_role(self) -> bool:
        """Whether the rule is an adopted one that the others' role would not trust."""
        name = kept_name(self.wanted.adopt)
        return name is not None and not name.startswith(self._prefix)

    @property
    def _prefix(self) -> str:
        return self.subscriber.naming.rule_name_prefix(self.subscriber.service)


def check_not_twice(subscriptions: Sequence[SubscriptionPlan]) -> None:
    """Refuse two rules that would bring the same event to the same bus, once each."""
    taken: dict[tuple[str, EventName], SubscriptionPlan] = {}
    for subscription in subscriptions:
        for contract in subscription.wanted.events:
            other = taken.setdefault((subscription.producer_bus.arn, contract.name), subscription)
            differ = other.wanted.name != subscription.wanted.name
            if differ and None in (other.wanted.detail, subscription.wanted.detail):
                msg = (
                    f"{contract.title} of '{contract.service}' would arrive twice, by subscriptions "
                    f"'{other.wanted.name}' and '{subscription.wanted.name}'; take it by one, or filter both by detail="
                )
                raise DeclarationError(msg)


def plan_subscriptions(
    subscriptions: Iterable[SubscriptionPlan], roles: Mapping[str, BusAddress] | None = None
) -> Plan:
    """Return the rules of *subscriptions* and the roles they need.

    Args:
        subscriptions: What to plan.

        roles: The roles that are there already: logical id, and the producer's bus that it trusts.
    """
    plan = Plan()
    trusted = dict(roles or {})
    for subscription in subscriptions:
        subscription.check()
        _check_role(subscription, trusted)
        if subscription.role_id not in trusted:
            trusted[subscription.role_id] = subscription.producer_bus
            _add_role(plan, subscription)
        _add_rule(plan, subscription, [subscription.role_id] if subscription.role_id in plan.resources else [])
    return plan


def _check_role(subscription: SubscriptionPlan, trusted: Mapping[str, BusAddress]) -> None:
    other = trusted.get(subscription.role_id, subscription.producer_bus)
    if other != subscription.producer_bus:
        msg = (
            f"'{subscription.peer}' must have one bus, got {other.arn} and {subscription.producer_bus.arn}; "
            "one role serves all rules on a bus"
        )
        raise DeclarationError(msg)


def _add_role(plan: Plan, subscription: SubscriptionPlan) -> None:
    subscriber, producer_bus = subscription.subscriber, subscription.producer_bus
    add_role(
        plan,
        subscription.role_id,
        name=subscription.role_name,
        description=f"Delivers events of {subscription.events_of} to bus {subscriber.bus.name}",
        rules=subscription.trusted_rules,
        rules_account=producer_bus.account,
        actions=["events:PutEvents"],
        resource=subscriber.bus.arn,
    )


def _add_rule(plan: Plan, subscription: SubscriptionPlan, depends_on: Sequence[str]) -> None:
    subscriber, wanted = subscription.subscriber, subscription.wanted
    naming = subscriber.naming
    dead_letters = subscription.dead_letter_arn
    off = {} if subscription.dead_letters_off is None else {"dead_letter_queue": subscription.dead_letters_off}
    plan.add(
        subscription.rule_id,
        "AWS::Events::Rule",
        {
            "Name": subscription.rule_name,
            "Description": f"{subscriber.service} takes {titles(wanted.events)}",
            # The ARN, not the name: a bare name would be a bus in the consumer's own account (aws/aws-cdk#26032).
            "EventBusName": subscription.producer_bus.arn,
            "EventPattern": event_pattern(
                wanted.events,
                naming,
                wanted.detail,
                on=subscription.producer_bus,
                replays=takes_replays(wanted.replays),
            ),
            "State": "ENABLED",
            "Targets": [
                {
                    "Id": kept_target_id(wanted.adopt, naming.target_id(subscriber.service, "bus")),
                    "Arn": subscriber.bus.arn,
                    "RoleArn": subscription.role_arn,
                    "RetryPolicy": wanted.retry.to_property(),
                    **({} if dead_letters is None else {"DeadLetterConfig": {"Arn": dead_letters}}),
                }
            ],
        },
        depends_on=depends_on,
        stamp=Stamp(
            service=subscriber.service,
            owner=subscriber.owner,
            consumes=[contract.name for contract in wanted.events],
            aws_events=aws_event_stamps(wanted.events, naming),
            disabled=off,
            replays=wanted.replays,
        ),
        exemption=exemption_of(wanted.adopt, naming, ResourceKind.RULE, subscriber.service),
    )
