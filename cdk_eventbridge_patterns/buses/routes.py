"""Routes of a bus: what it sends to buses elsewhere, and what it lets others send here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from constructs import Construct

from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.buses.deliveries import Deliveries
from cdk_eventbridge_patterns.buses.publishing import PublishingBus
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress, BusReference
from cdk_eventbridge_patterns.plan.consumes import EXAMPLE_REFERENCE, check_events
from cdk_eventbridge_patterns.plan.plan import logical_id
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy
from cdk_eventbridge_patterns.plan.route import RouteWay, plan_acceptance
from cdk_eventbridge_patterns.routing.route import AcceptedRoute, Route
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import CfnResource

    from cdk_eventbridge_patterns.routing.dead_letters import DeadLetters


class RoutingBus(PublishingBus):
    """The part of `ServiceBus` by which its owner sends events on, and lets the owners of other buses send here."""

    _deliveries: Deliveries

    def route(
        self,
        *events: EventContract,
        to: BusReference,
        detail: Mapping[str, Any] | None = None,
        name: str | None = None,
        retry: RetryPolicy | None = None,
        dead_letter_queue: DeadLetters | None = None,
    ) -> Route:
        """Send events of this service from this bus to another, by a rule of its own.

        The usual way is that the consumer subscribes. A route is for where the sender decides: an audit bus that every
        service must feed, a partner who can't put rules here. The receiver must let it in by `accept_route`; until that
        is deployed, what is sent goes to the dead-letter queue.

        Args:
            events: The events, all of this service: one that came by a subscription can't move on.

            to: The bus that receives, by service and account or by ARN, in any account and Region.

            detail: Lets only those events through whose `detail` matches. Default: all of them.

            name: Names the route, on both sides. Default: the event, of several the first in the alphabet.

            retry: How long delivery is tried again. Default: EventBridge's own policy, a day. Whether EventBridge
                honours it where the target is a bus is not documented (aws/aws-cdk#28735).

            dead_letter_queue: For what can't be delivered: a `DeadLetterQueue`, a standard queue of your own, or
                `Disabled(reason)`; in this bus's account and Region. Default: the queue of the bus.

        Raises:
            DeclarationError: If it could never deliver, or AWS would refuse it.
            PlacementError: If the stack has the route already.
        """
        check_events(events)
        self._check_routed(events)
        receiver = _resolved(to, "to", self._place)
        way = self._way(self.service, events, sender=self.address, receiver=receiver, name=name)
        plan = self._deliveries.plan_route(way, detail=detail, retry=retry, dead_letter_queue=dead_letter_queue)
        route = self._deliveries.put_route(plan, dead_letter_queue)
        self._wait_for_bus(route)
        return route

    def accept_route(self, *events: EventContract, on: BusReference, name: str | None = None) -> AcceptedRoute:
        """Let the owner of another bus, in another account, send events here by its `route`.

        Adds one statement to the policy of this bus, imported or not, and replaces none: it lets in just the rule of
        that route, by just its role, whose names follow from the convention. It need not be there yet.

        Args:
            events: The events, all of the service that owns *on*, the same as in its `route`.

            on: The bus that sends, by service and account or by ARN.

            name: The name of the route, where it has one. Default: as in `route`.

        Raises:
            DeclarationError: If the route could never deliver, or needs no statement.
            AccessError: If the policy is over the quota.
            PlacementError: If the stack has the statement already.
        """
        check_events(events)
        sender = _resolved(on, "on", self._place)
        service = events[0].service if on.service is None else on.service
        way = self._way(service, events, sender=sender, receiver=self.address, name=name)
        self._place.check(plan_acceptance(way))
        self._add_statement(way.statement)
        accepted = AcceptedRoute(self, logical_id(way.statement_id), place=self._place, way=way)
        self._wait_for_bus(accepted)
        return accepted

    def _way(
        self,
        service: str,
        events: Sequence[EventContract],
        *,
        sender: BusAddress,
        receiver: BusAddress,
        name: str | None,
    ) -> RouteWay:
        return RouteWay(
            service=service, events=events, sender=sender, receiver=receiver, naming=self._place.naming, name=name
        )

    def _check_routed(self, events: Sequence[EventContract]) -> None:
        """Refuse events that are known not to be published here."""

    def _add_statement(self, statement: Statement) -> None:
        """Hold the policy, with one more statement, under the quota, where the policy is known."""

    def _made_first(self) -> Sequence[CfnResource]:
        """Return what rules wait for, which know the bus by its literal name only; nothing where it is there."""
        return []

    def _wait_for_bus(self, rules: Construct) -> None:
        """Let *rules* be made after the bus."""
        if first := self._made_first():
            rules.node.add_dependency(*first)


def _resolved(bus: BusReference, argument: str, place: Place) -> BusAddress:
    if not isinstance(bus, BusReference):
        msg = f"{argument} must be a bus reference, such as {EXAMPLE_REFERENCE}, got {bus!r}"
        raise DeclarationError(msg)
    return bus.resolve(place.naming, place.region)
