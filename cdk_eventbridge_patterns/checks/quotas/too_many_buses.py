"""QTA006."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.quotas.count import are_more_than
from cdk_eventbridge_patterns.topology.bus import Bus, BusKind
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

# Service Quotas, "Event buses", by default.
_QUOTAS = {BusKind.CLASSIC: 100, BusKind.V2: 5}
_CALLED = {BusKind.CLASSIC: "classic", BusKind.V2: "newer"}


class TooManyBuses(TopologyCheck):
    """An account with more buses in a Region than its quota.

    ## Why this matters
    The first bus too many fails at deployment. By default an account may have 100 classic buses in a Region, and 5 of
    the newer ones; both can be raised. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

    ## Avoid
        events.EventBus(self, "OrderPlacedBus", …)  # a bus for each event

    ## Prefer
        ProducerBus(self, "Bus", service="orders", publishes=[ORDER_PLACED, ORDER_CANCELLED])

    ## What it misses
    Buses in templates that were not read. A quota that was raised.

    ## When to acknowledge it
    The quota was raised.
    """

    id = "QTA006"
    severity = Severity.WARNING
    fix = "have the quota raised, or let services share a bus or spread over accounts"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return, for each account and Region with too many, the first bus too many."""
        together: dict[tuple[BusKind, str, str], list[Bus]] = defaultdict(list)
        for bus in topology.buses:
            together[bus.kind, bus.account, bus.region].append(bus)
        for (kind, account, region), buses in together.items():
            quota = _QUOTAS[kind]
            answer = are_more_than(quota, buses)
            if answer is False:
                continue
            place, what = buses[quota].location, f"{_CALLED[kind]} buses in {region}"
            if isinstance(answer, Undecided):
                yield self.undecided(place, f"whether account {account} has more than {quota} {what}", answer)
            else:
                message = f"account {account} has {len(buses)} {what}, and {quota} is the quota"
                yield self.finding(place, message)
