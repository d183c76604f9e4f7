"""ENC005."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class ArchiveWithoutKey(TopologyCheck):
    """An archive without a key of a bus with one.

    ## Why this matters
    The same events lie in the archive under a key that AWS owns: whoever relied on the key, to revoke it one day,
    relied in vain. The CDK's `bus.archive(kms_key=…)` drops the key. https://github.com/aws/aws-cdk/issues/38298

    ## Avoid
        bus.archive("Archive", kms_key=key, event_pattern=…)

    ## Prefer
        events.Archive(self, "Archive", source_event_bus=bus, kms_key=key, event_pattern=…)

    ## What it misses
    Keys that differ between bus and archive.

    ## When to acknowledge it
    The events in the archive hold nothing that the key is there for.
    """

    id = "ENC005"
    severity = Severity.ERROR
    fix = "give the archive KmsKeyIdentifier"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the archives that are less protected than their bus."""
        for archive in topology.archives:
            bus = topology.bus(archive.bus_arn)
            if bus is not None and bus.key_arn is not None and archive.key_arn is None:
                message = f"archive {archive.name!r} has no key, bus {bus.name!r} has {bus.key_arn}"
                yield self.finding(archive.location, message)
