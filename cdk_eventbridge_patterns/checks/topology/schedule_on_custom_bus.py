"""TOP016."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class ScheduleOnCustomBus(TopologyCheck):
    """A rule on a schedule on a bus other than the default one.

    ## Why this matters
    Scheduled rules belong on the default bus. That the service refuses them elsewhere is not verified; the CDK's
    `Rule` does. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html

    ## Avoid
        events.CfnRule(self, "Daily", event_bus_name="acme-prod-orders", schedule_expression="rate(1 day)")

    ## Prefer
        scheduler.Schedule(self, "Daily", …)

    ## What it misses
    Nothing that is known.

    ## When to acknowledge it
    Never.
    """

    id = "TOP016"
    severity = Severity.WARNING
    fix = "put the rule on the default bus, or use EventBridge Scheduler"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules on a schedule on custom buses."""
        for rule in topology.rules:
            if rule.schedule is not None and rule.bus_name != "default":
                yield self.finding(
                    rule.location.at("ScheduleExpression"),
                    f"rule {rule.name!r} is on a schedule and on bus {rule.bus_name!r}",
                )
