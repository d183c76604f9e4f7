"""A delivery: a rule on a service's own bus to a target that is not a bus."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from aws_cdk import Acknowledgment, Validations
from constructs import Construct

from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.routing.rule_metrics import RuleMetrics
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import aws_events as events

_KEY_UNKNOWN = (
    "AWS makes up the id of the target's key, which is in another account. The key's own policy lets just this role "
    "in, and the role may use keys by way of the target's service only."
)


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
        self._acknowledge_keys(plan)

    def _acknowledge_keys(self, plan: DeliveryPlan) -> None:
        """Say to cdk-nag why a role may use any key of another account, where the id of the key is not known."""
        keys = "" if plan.target.key is None else str(plan.target.key["Resource"])
        if keys.endswith(":key/*"):
            check = f"AwsSolutions::AwsSolutions-IAM5[Resource::{keys}]"
            Validations.of(self).acknowledge(Acknowledgment(id=check, reason=_KEY_UNKNOWN))

    @property
    def cfn_rule(self) -> events.CfnRule:
        """The rule as a typed L1."""
        return cast("events.CfnRule", self._resources.get_resource(self._rule_id))
