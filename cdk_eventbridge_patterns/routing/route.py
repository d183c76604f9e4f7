"""A route: the sender's rule that carries events from its bus to another, and the receiver's leave for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from constructs import Construct

from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.plan.route import RoutePlan, RouteWay, plan_acceptance, plan_route
from cdk_eventbridge_patterns.routing.rule_metrics import RuleMetrics
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import aws_events as events
    from aws_cdk import aws_iam as iam


class Route(Construct, RuleMetrics):
    """One rule of a service on its own bus that sends to a bus elsewhere: made by `ServiceBus.route`."""

    def __init__(self, scope: Construct, id: str, *, place: Place, plan: RoutePlan) -> None:
        resources = plan_route(plan)
        place.check(resources)
        super().__init__(scope, id)

        self.way = plan.way
        self.rule_name = plan.way.rule_name
        self.rule_arn = plan.way.rule_arn
        self.role_arn = plan.way.role_arn
        self.events = tuple(plan.way.events)
        self._rule_bus = plan.way.sender
        self._resources = place.put(self, resources)

    @property
    def receiving_bus_arn(self) -> str:
        """The ARN of the bus that it sends to."""
        return self.way.receiver.arn

    @property
    def cfn_rule(self) -> events.CfnRule:
        """The rule as a typed L1."""
        return cast("events.CfnRule", self._resources.get_resource(self.way.rule_id))

    @property
    def cfn_role(self) -> iam.CfnRole:
        """The role it delivers by, its own, as a typed L1."""
        return cast("iam.CfnRole", self._resources.get_resource(self.way.role_id))


class AcceptedRoute(Construct):
    """The statement that lets one route of another account onto a bus: made by `ServiceBus.accept_route`."""

    def __init__(self, scope: Construct, id: str, *, place: Place, way: RouteWay) -> None:
        resources: Plan = plan_acceptance(way)
        place.check(resources)
        super().__init__(scope, id)

        self.way = way
        self.rule_arn = way.rule_arn
        self.role_arn = way.role_arn
        self._resources = place.put(self, resources)

    @property
    def cfn_event_bus_policy(self) -> events.CfnEventBusPolicy:
        """The statement as a typed L1."""
        return cast("events.CfnEventBusPolicy", self._resources.get_resource(self.way.statement_id))
