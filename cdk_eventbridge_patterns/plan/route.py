"""What a route is made of: the sender's rule, role and dead-letter queue, and the receiver's statement for just them.

Sender and receiver may be in two apps: each works out the other's names from the convention.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cdk_eventbridge_patterns.access.route import route_statement
from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import role_arn
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import check_part
from cdk_eventbridge_patterns.plan.bus import add_statement
from cdk_eventbridge_patterns.plan.bus_words import bus_words
from cdk_eventbridge_patterns.plan.consumes import check_events, first_of
from cdk_eventbridge_patterns.plan.event_pattern import event_pattern, titles
from cdk_eventbridge_patterns.plan.move import check_move
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy
from cdk_eventbridge_patterns.plan.role import add_role
from cdk_eventbridge_patterns.topology.stamp import Stamp


@dataclass(frozen=True, kw_only=True)
class RouteWay:
    """A route as both of its sides know it: which events of whom, from which bus to which, and what follows of it.

    Args:
        service: The service that sends, and whose events they are.

        events: The events.

        sender: The bus of the rule.

        receiver: The bus that it sends to.

        naming: The convention that both sides share.

        name: Names the route. Default: the event, of several the first in the alphabet.

    Raises:
        DeclarationError: If it could never deliver, or AWS would refuse it.
        NamingError: If *name* is not of the right form.
    """

    service: str
    events: Sequence[EventContract]
    sender: BusAddress
    receiver: BusAddress
    naming: NamingConvention
    name: str | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be delivered."""
        check_events(self.events)
        others = [event for event in self.events if event.service != self.service]
        if others:
            msg = (
                f"'{self.service}' can't route {others[0].title} of '{others[0].service}': it came by a move, and an "
                "event moves from bus to bus once; route it from its producer's bus, or let code of yours publish "
                "an event of your own"
            )
            raise DeclarationError(msg)
        if self.receiver == self.sender:
            msg = f"a route must lead to another bus, got the own bus {self.sender.arn}; use deliver()"
            raise DeclarationError(msg)
        for bus in (self.sender, self.receiver):
            if bus.is_default:
                msg = (
                    f"a route must lead from a team's own bus to another, got {bus.arn}: rules on a default bus are "
                    "for events of the account's own AWS services"
                )
                raise DeclarationError(msg)
        check_move(self.sender, self.receiver)
        if self.name is not None:
            check_part(self.name)

    @property
    def rule_name(self) -> str:
        """The name of the rule."""
        return self.naming.rule_name(self.service, self._called)

    @property
    def rule_arn(self) -> str:
        """The ARN of the rule."""
        return self.sender.rule_arn(self.rule_name)

    @property
    def role_name(self) -> str:
        """The name of the role, which is this rule's alone."""
        return self.naming.role_name(self.service, self._called, region=self.sender.region)

    @property
    def role_arn(self) -> str:
        """The ARN of the role, in the sender's account."""
        return role_arn(self.role_name, region=self.sender.region, account=self.sender.account)

    @property
    def rule_id(self) -> str:
        """The logical id of the rule."""
        return logical_id(self.service, "Routes", self._called)

    @property
    def role_id(self) -> str:
        """The logical id of the role."""
        return logical_id(self.rule_id, "Role")

    @property
    def statement_id(self) -> str:
        """The logical id of the receiver's statement."""
        return logical_id(*bus_words(self.naming, self.receiver), "Accepts", *self._as_received)

    @property
    def statement(self) -> Statement:
        """The receiver's statement, which lets in just this rule, by just its role."""
        return route_statement(
            self.receiver,
            self.naming.statement_id(self.receiver.name, *self._as_received),
            rule_arn=self.rule_arn,
            role_arn=self.role_arn,
            event_types=[event.event_type(self.naming) for event in self.events],
        )

    @cached_property
    def _called(self) -> str:
        """What tells the route from all others of the service: events and receiver, by Region if that is another."""
        return "-".join([self._name, "to", *bus_words(self.naming, self.receiver), *self._far(self.receiver)])

    @property
    def _name(self) -> str:
        return first_of(self.events).slug if self.name is None else self.name

    @property
    def _as_received(self) -> list[str]:
        """What tells it from all others that the receiver lets in."""
        sender = "-".join([*bus_words(self.naming, self.sender), *self._far(self.sender)])
        return [sender, f"route-{self._name}"]

    def _far(self, bus: BusAddress) -> list[str]:
        return [] if self.sender.region == self.receiver.region else [bus.region]


@dataclass(frozen=True, kw_only=True)
class RoutePlan:
    """The sender's side; `ServiceBus.route` documents the fields."""

    way: RouteWay
    owner: str | None = None
    detail: Mapping[str, Any] | None = None
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    dead_letter_arn: str | None = None
    dead_letters_off: str | None = None


def plan_route(route: RoutePlan) -> Plan:
    """Return the rule of *route* and its role, which may be assumed for that rule alone."""
    plan, way = Plan(), route.way
    add_role(
        plan,
        way.role_id,
        name=way.role_name,
        description=f"Routes events of {way.service} to bus {way.receiver.name}",
        rules=way.rule_arn,
        rules_account=way.sender.account,
        actions=["events:PutEvents"],
        resource=way.receiver.arn,
    )
    off = {} if route.dead_letters_off is None else {"dead_letter_queue": route.dead_letters_off}
    plan.add(
        way.rule_id,
        "AWS::Events::Rule",
        {
            "Name": way.rule_name,
            "Description": f"{way.service} routes {titles(way.events)} to bus {way.receiver.name}",
            "EventBusName": way.sender.name,
            "EventPattern": event_pattern(way.events, way.naming, route.detail),
            "State": "ENABLED",
            "Targets": [_target(route)],
        },
        depends_on=[way.role_id],
        stamp=Stamp(
            service=way.service,
            owner=route.owner,
            consumes=[contract.name for contract in way.events],
            disabled=off,
        ),
    )
    return plan


def plan_acceptance(way: RouteWay) -> Plan:
    """Return the receiver's side: one statement in the policy of its bus, beside those that are there.

    Raises:
        DeclarationError: If the sender is of the bus's own account, where its role needs no statement.
    """
    if way.sender.account == way.receiver.account:
        msg = (
            f"on must be a bus of another account, got {way.sender.arn}: a route within account {way.sender.account} "
            "is let in by the policy of its role alone"
        )
        raise DeclarationError(msg)
    plan = Plan()
    add_statement(plan, way.statement_id, bus=way.receiver, statement=way.statement, naming=way.naming)
    return plan


def _target(route: RoutePlan) -> dict[str, Any]:
    way = route.way
    failures = None if route.dead_letter_arn is None else {"Arn": route.dead_letter_arn}
    target = {
        "Id": way.naming.target_id(way.service, "bus"),
        "Arn": way.receiver.arn,
        "RoleArn": way.role_arn,
        "RetryPolicy": route.retry.to_property(),
        "DeadLetterConfig": failures,
    }
    return {key: value for key, value in target.items() if value is not None}
