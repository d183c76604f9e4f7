"""OBS003."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class AlarmOnEmptyMetric(TopologyCheck):
    """An alarm on a rule of a custom bus that does not name the bus.

    ## Why this matters
    The metrics of such a rule have both dimensions, EventBusName and RuleName. With RuleName alone, as the CDK's
    canned metrics have it, they are those of a rule on the default bus: the alarm never goes off.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html

    ## Avoid
        rule.metric_failed_invocations().create_alarm(…)  # a rule on a custom bus

    ## Prefer
        cloudwatch.Metric(…, dimensions_map={"EventBusName": bus.event_bus_name, "RuleName": rule.rule_name})

    ## What it misses
    Alarms on metrics of rules that are in no template.

    ## When to acknowledge it
    Never.
    """

    id = "OBS003"
    severity = Severity.WARNING
    fix = "add the dimension EventBusName"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the alarms that watch a metric nobody writes."""
        custom = {(rule.name, rule.bus_account): rule for rule in topology.rules if rule.bus_name != "default"}
        for alarm in topology.alarms:
            for metric in alarm.metrics:
                name = metric.dimensions.get("RuleName", "")
                rule = custom.get((name, alarm.account))
                if metric.namespace == "AWS/Events" and rule is not None and "EventBusName" not in metric.dimensions:
                    message = f"alarm on {metric.name} of rule {name!r} does not name bus {rule.bus_name!r}"
                    yield self.finding(alarm.location.at("Dimensions"), message)
