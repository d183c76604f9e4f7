"""TOP012."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class TargetBusUndeclared(TopologyCheck):
    """A rule that sends to a bus that no template of its account declares.

    ## Why this matters
    The event matches and is sent nowhere: it goes to the dead-letter queue at once, or is lost.

    ## Avoid
        "Arn": "arn:aws:events:eu-west-1:222222222222:event-bus/acme-prod-biling"

    ## Prefer
        "Arn": "arn:aws:events:eu-west-1:222222222222:event-bus/acme-prod-billing"

    ## What it misses
    Buses of accounts and Regions of which no template was read.

    ## When to acknowledge it
    The bus is made by something whose templates are not at hand.
    """

    id = "TOP012"
    severity = Severity.ERROR
    fix = "declare the bus, or put the ARN right"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets that are buses nobody declares."""
        for move in topology.moves():
            if topology.lacks_bus(move.target.arn):
                message = f"rule {move.rule.name!r} sends to bus {move.target.arn}, declared by no template"
                yield self.finding(move.target.at("Arn"), message)
