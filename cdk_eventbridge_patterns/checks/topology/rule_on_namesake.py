"""TOP010."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.topology.namesakes import namesakes
from cdk_eventbridge_patterns.topology.topology import Topology


class RuleOnNamesake(TopologyCheck):
    """A rule on a bus of the own account that is declared in another one.

    ## Why this matters
    `EventBusName` with a name alone means a bus of that name in the own account. The CDK's `Rule` on a bus imported
    by ARN renders the name alone, so the rule is put in the wrong account, or deployment fails.
    https://github.com/aws/aws-cdk/issues/26032

    ## Avoid
        events.Rule(self, "Ship", event_bus=events.EventBus.from_event_bus_arn(self, "Orders", ORDERS_ARN))

    ## Prefer
        events.CfnRule(self, "Ship", event_bus_name=ORDERS_ARN, …)  # or bus.subscribe(…, on=…)

    ## What it misses
    Accounts that have a bus of that name of their own.

    ## When to acknowledge it
    Never.
    """

    id = "TOP010"
    severity = Severity.ERROR
    fix = "give EventBusName the ARN of the bus: a name alone is a bus of the own account"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules whose bus is in another account by that name, and not in their own."""
        for rule in topology.rules:
            others = namesakes(topology, rule) if topology.lacks_bus(rule.bus_arn) else []
            if others:
                yield self.finding(
                    rule.location.at("EventBusName"),
                    f"rule {rule.name!r} is on bus {rule.bus_name!r} of account {rule.bus_account}, which has none",
                    fix=f"set EventBusName to {others[0].arn}",
                )
