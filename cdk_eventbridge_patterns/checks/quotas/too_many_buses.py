"""QTA006."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology

_QUOTAS = {BusKind.CLASSIC: 100, BusKind.V2: 5}


class TooManyBuses(TopologyCheck):
    """An account with more buses in a Region than its quota.

    ## Why this matters
    100 is the quota of classic buses, and 5 of the newer ones; both can be raised.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

    ## Avoid
        a bus for each event

    ## Prefer
        a bus for each service

    ## What it misses
    Buses in templates that were not read.

    ## When to acknowledge it
    The quota was raised.
    """

    id = "QTA006"
    severity = Severity.WARNING
    fix = "have the quota raised, or share a bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the last bus of each account and Region that has too many."""
        counts: Counter[tuple[BusKind, str, str]] = Counter()
        for bus in topology.buses:
            place = (bus.kind, bus.account, bus.region)
            counts[place] += 1
            if counts[place] == _QUOTAS[bus.kind] + 1:
                message = f"account {bus.account} has more than {_QUOTAS[bus.kind]} buses in {bus.region}"
                yield self.finding(bus.location, message)
