"""A delivery: a rule on a service's own bus to a target that is not a bus."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from constructs import Construct

from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.routing.rule_metrics import RuleMetrics
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import aws_events as events


class Delivery(Construct, RuleMetrics):
    """One rule of a service on its own bus, with what lets it reach its target: made by `ServiceBus.deliver`."""

    def __init__(self, scope: Construct, id: str, *, place: Place, plan: DeliveryPlan) -> None:
        resources = plan_delivery(plan)
        place.check(resources)
        super().__init__(scope, id)

        self.rule_name = plan.rule_name
        self.rule_arn = plan.rule_arn
        self.events = tuple(plan.events)
        self._rule_bus = plan.subscriber.bus
        self._rule_id = plan.rule_id
        self._resources = place.put(self, resources)

    @property
    def cfn_rule(self) -> events.CfnRule:
        """The rule as a typed L1."""
        return cast("events.CfnRule", self._resources.get_resource(self._rule_id))
