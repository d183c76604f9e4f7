"""TOP003."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.topology.topology import Topology


class RouteToSelf(TopologyCheck):
    """A rule that sends events to the bus they are on.

    ## Why this matters
    What it sends matches it again. EventBridge ends such a loop, and the rest is paid for and lost.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules-best-practices.html

    ## Avoid
        rule on acme-prod-orders with the target …:event-bus/acme-prod-orders

    ## Prefer
        rule on acme-prod-orders with a queue as target

    ## What it misses
    Nothing that is known.

    ## When to acknowledge it
    Never.
    """

    id = "TOP003"
    severity = Severity.ERROR
    fix = "take the target away; a rule on the same bus delivers by itself"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules whose target is their own bus."""
        for move in topology.moves():
            if same(move.target.arn, move.rule.bus_arn) is True:
                yield self.finding(
                    move.target.location, f"rule {move.rule.name!r} sends to {move.target.arn}, its own bus"
                )
