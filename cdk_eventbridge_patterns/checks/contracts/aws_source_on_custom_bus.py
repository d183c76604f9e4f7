"""CON004."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology


class AwsSourceOnCustomBus(TopologyCheck):
    """A rule on a custom bus for events of an AWS service.

    ## Why this matters
    AWS services publish to the default bus; on another bus such a rule waits in vain, and nobody can publish a
    source that begins with `aws.` there.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html

    ## Avoid
        events.CfnRule(self, "Uploads", event_bus_name="acme-prod-orders", event_pattern={"source": ["aws.s3"]})

    ## Prefer
        events.CfnRule(self, "Uploads", event_pattern={"source": ["aws.s3"]})  # the default bus

    ## What it misses
    Sources that are matched by an operator.

    ## When to acknowledge it
    A rule of a default bus that is in no template here forwards these events.
    """

    id = "CON004"
    severity = Severity.WARNING
    fix = "put the rule on the default bus, and forward from there what the bus needs"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that wait for AWS's events where none come."""
        for rule in topology.rules:
            if rule.bus_name == "default" or rule.kind is not BusKind.CLASSIC or topology.moves_to(rule.bus_arn):
                continue
            if rule.bus_name.startswith("aws.partner/") or not isinstance(rule.event_pattern, Mapping):
                continue
            sources = rule.event_pattern.get("source")
            if isinstance(sources, list) and sources and all(str(each).startswith("aws.") for each in sources):
                message = f"rule {rule.name!r} waits for {' and '.join(sources)} on custom bus {rule.bus_name!r}"
                yield self.finding(event_pattern_place(rule), message)
