"""TOP015."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.text import region_of, same
from cdk_eventbridge_patterns.topology.topology import Topology


class CrossRegionTarget(TopologyCheck):
    """A target in another Region that is no bus.

    ## Why this matters
    EventBridge delivers to another Region only if the target is a bus.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html

    ## Avoid
        "Arn": "arn:aws:sqs:us-east-1:111111111111:invoices"  # the bus is in eu-west-1

    ## Prefer
        a bus in us-east-1, and a rule on it that delivers to the queue

    ## What it misses
    Targets whose Region is known at deployment only.

    ## When to acknowledge it
    Never: nothing is delivered.
    """

    id = "TOP015"
    severity = Severity.ERROR
    fix = "send to a bus in that Region and deliver from there by a local rule"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets, other than buses, in other Regions."""
        for delivery in topology.deliveries():
            rule, target = delivery.rule, delivery.target
            if rule.kind is BusKind.V2 or target.is_bus or not target.service:
                continue
            region = region_of(target.arn)
            if region and same(region, rule.bus_region) is False:
                message = f"target {target.arn} of rule {rule.name!r} is not in {rule.bus_region}, where the rule is"
                yield self.finding(target.location, message)
