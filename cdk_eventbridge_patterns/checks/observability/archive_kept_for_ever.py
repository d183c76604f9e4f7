"""OBS004."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


class ArchiveKeptForEver(TopologyCheck):
    """An archive that keeps events for ever.

    ## Why this matters
    A retention of 0 days, and none at all, is for ever: what the events say, personal data too, is kept and paid for as
    long as the archive is there. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html

    ## Avoid
        events.CfnArchive(self, "Archive", source_arn=bus.attr_arn)

    ## Prefer
        events.CfnArchive(self, "Archive", source_arn=bus.attr_arn, retention_days=30)

    ## What it misses
    A retention that is longer than anybody needs.

    ## When to acknowledge it
    The archive is the record of the business, and is meant to stay.
    """

    id = "OBS004"
    severity = Severity.WARNING
    fix = "say how many days events are kept in RetentionDays; our constructs take 30 by default"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the archives without an end."""
        for archive in topology.archives:
            place = archive.location.at("RetentionDays")
            if isinstance(archive.retention_days, Undecided):
                question = f"whether archive {archive.name!r} keeps events for ever"
                yield self.undecided(place, question, archive.retention_days)
            elif not archive.retention_days:
                yield self.finding(place, f"archive {archive.name!r} keeps events for ever")
