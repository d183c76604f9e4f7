"""TOP009."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.topology.namesakes import namesakes
from cdk_eventbridge_patterns.topology.topology import Topology


class RuleOnUndeclaredBus(TopologyCheck):
    """A rule on a bus that no template of its account declares.

    ## Why this matters
    Deployment fails, or, where a bus of that name exists after all, the rule waits on the wrong one. Most often the
    account, the Region or the name in a literal ARN is wrong.

    ## Avoid
        "EventBusName": "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-order"

    ## Prefer
        "EventBusName": "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders"

    ## What it misses
    Buses of accounts and Regions of which no template was read; partner buses.

    ## When to acknowledge it
    The bus is made by something whose templates are not at hand.
    """

    id = "TOP009"
    severity = Severity.ERROR
    fix = "declare the bus, or put EventBusName right"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules on buses that are declared nowhere where they should be."""
        for rule in topology.rules:
            if topology.lacks_bus(rule.bus_arn) and not namesakes(topology, rule):
                yield self.finding(
                    rule.location.at("EventBusName"),
                    f"rule {rule.name!r} is on bus {rule.bus_arn}, declared by no template",
                )
