"""OBS004."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class ArchiveKeptForEver(TopologyCheck):
    """An archive that keeps events for ever.

    ## Why this matters
    No retention means no end: what is in the events, personal data too, is kept and paid for as long as the archive
    is there. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html

    ## Avoid
        events.CfnArchive(self, "Archive", source_arn=bus.attr_arn)

    ## Prefer
        events.CfnArchive(self, "Archive", source_arn=bus.attr_arn, retention_days=30)

    ## What it misses
    Retention that is longer than anybody needs.

    ## When to acknowledge it
    The archive is the record of the business, and is meant to stay.
    """

    id = "OBS004"
    severity = Severity.WARNING
    fix = "give RetentionDays a number"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the archives without an end."""
        for archive in topology.archives:
            if not archive.retention_days:
                message = f"archive {archive.name!r} keeps the events of {archive.bus_arn} for ever"
                yield self.finding(archive.location.at("RetentionDays"), message)
