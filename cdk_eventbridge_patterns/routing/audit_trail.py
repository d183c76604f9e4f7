"""An audit trail of a bus."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from constructs import Construct

from cdk_eventbridge_patterns.plan.audit import AuditPlan, plan_audit
from cdk_eventbridge_patterns.routing.rule_metrics import RuleMetrics
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import aws_events as events
    from aws_cdk import aws_logs as logs


class AuditTrail(Construct, RuleMetrics):
    """One rule that notes each event of a bus in a log group, without its data: made by `ServiceBus.audit`."""

    def __init__(self, scope: Construct, id: str, *, place: Place, plan: AuditPlan) -> None:
        resources = plan_audit(plan)
        place.check(resources)
        super().__init__(scope, id)

        self.log_group_name = plan.log_group_name
        self.rule_name = plan.delivery.rule_name
        self.rule_arn = plan.delivery.rule_arn
        self.events = tuple(plan.events)
        self._rule_bus = plan.subscriber.bus
        self._plan = plan
        self._resources = place.put(self, resources)

    @property
    def cfn_rule(self) -> events.CfnRule:
        """The rule as a typed L1."""
        return cast("events.CfnRule", self._resources.get_resource(self._plan.delivery.rule_id))

    @property
    def cfn_log_group(self) -> logs.CfnLogGroup:
        """The log group as a typed L1."""
        return cast("logs.CfnLogGroup", self._resources.get_resource(self._plan.log_group_id))
