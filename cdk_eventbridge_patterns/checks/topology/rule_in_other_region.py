"""TOP011."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.topology.topology import Topology


class RuleInOtherRegion(TopologyCheck):
    """A rule on a bus whose ARN is in another Region than the rule's stack.

    ## Why this matters
    A rule is made in the Region of its stack whatever the ARN says, so it lands on a bus of that name there, or
    deployment fails. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html

    ## Avoid
        "EventBusName": "arn:aws:events:us-east-1:111111111111:event-bus/acme-prod-orders"  # a stack in eu-west-1

    ## Prefer
        a stack in us-east-1 that holds the rule, with the bus in eu-west-1 as its target

    ## What it misses
    Stacks whose Region is known at deployment only.

    ## When to acknowledge it
    Never.
    """

    id = "TOP011"
    severity = Severity.ERROR
    fix = "deploy the rule in the Region of the bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that are not in the Region of their bus."""
        for rule in topology.rules:
            if same(rule.region, rule.bus_region) is False:
                message = f"rule {rule.name!r} in {rule.region} is on bus {rule.bus_arn} of {rule.bus_region}"
                yield self.finding(rule.location.at("EventBusName"), message)
