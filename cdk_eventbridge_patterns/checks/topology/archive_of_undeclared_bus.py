"""TOP017."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class ArchiveOfUndeclaredBus(TopologyCheck):
    """An archive of a bus that no template of its account declares.

    ## Why this matters
    Deployment fails, or the archive keeps the events of another bus than was meant. Most often the account, the Region
    or the name in a literal ARN is wrong.

    ## Avoid
        "SourceArn": "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-order"

    ## Prefer
        "SourceArn": "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders"

    ## What it misses
    Buses of accounts and Regions of which no template was read.

    ## When to acknowledge it
    The bus is made by something whose templates are not at hand.
    """

    id = "TOP017"
    severity = Severity.ERROR
    fix = "declare the bus, or put SourceArn right"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the archives of buses that are declared nowhere where they should be."""
        for archive in topology.archives:
            if topology.lacks_bus(archive.bus_arn):
                message = f"archive {archive.name!r} is of bus {archive.bus_arn}, declared by no template"
                yield self.finding(archive.location.at("SourceArn"), message)
