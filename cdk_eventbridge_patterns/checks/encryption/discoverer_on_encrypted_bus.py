"""ENC006."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class DiscovererOnEncryptedBus(TopologyCheck):
    """A schema discoverer on a bus with a key of its own.

    ## Why this matters
    Schema discovery is not supported there.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html

    ## Avoid
        eventschemas.CfnDiscoverer(self, "Discoverer", source_arn=encrypted_bus.event_bus_arn)

    ## Prefer
        contracts, registered by their owner

    ## What it misses
    Nothing that is known.

    ## When to acknowledge it
    Never.
    """

    id = "ENC006"
    severity = Severity.ERROR
    fix = "take the discoverer away, or the key"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the discoverers that can't read their bus."""
        for discoverer in topology.discoverers:
            bus = topology.bus(discoverer.bus_arn)
            if bus is not None and bus.key_arn is not None:
                message = f"bus {bus.name!r} has a key of its own, so its events can't be discovered"
                yield self.finding(discoverer.location.at("SourceArn"), message)
