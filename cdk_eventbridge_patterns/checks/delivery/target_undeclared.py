"""DLV007."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class TargetUndeclared(TopologyCheck):
    """A target that no template of its account declares.

    ## Why this matters
    The rule matches and delivers to nothing: the event goes to the dead-letter queue at once, or is lost. Most
    often an account, a Region or a name in a literal ARN is wrong.

    ## Avoid
        "Arn": "arn:aws:sqs:eu-west-1:222222222222:invoces"

    ## Prefer
        "Arn": "arn:aws:sqs:eu-west-1:222222222222:invoices"

    ## What it misses
    Targets in accounts and Regions of which no template was read, and those other than queues, topics, functions,
    streams, state machines and log groups.

    ## When to acknowledge it
    The target is made by something whose templates are not at hand.
    """

    id = "DLV007"
    severity = Severity.ERROR
    fix = "declare it, or put its ARN right"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets that are declared nowhere where they should be."""
        for delivery in topology.deliveries():
            if topology.lacks_receiver(delivery.target.arn):
                message = f"target {delivery.target.arn} of rule {delivery.rule.name!r} is declared by no template"
                yield self.finding(delivery.target.location, message)
