"""QTA002."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology

_QUOTA = 300
_QUOTAS = {"af-south-1": 100, "eu-south-1": 100}
_NEARLY = 0.8


class TooManyRules(TopologyCheck):
    """A bus with more rules than its quota, counted over all accounts that put rules on it.

    ## Why this matters
    The first rule too many fails at deployment, in the account of whoever comes last. The quota is 300 by default,
    100 in Cape Town and Milan, and can be raised.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

    ## Avoid
        one bus for the whole organisation, with a rule for each event and consumer

    ## Prefer
        a bus for each service

    ## What it misses
    Rules in templates that were not read, and quotas that were raised.

    ## When to acknowledge it
    The quota was raised.
    """

    id = "QTA002"
    severity = Severity.ERROR
    fix = "have the quota of rules raised, or give the bus fewer consumers"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses that have too many rules, and those that soon will."""
        for bus in topology.buses:
            quota = _QUOTAS.get(bus.region, _QUOTA)
            count = len(topology.rules_on(bus.arn))
            if bus.kind is BusKind.CLASSIC and count > quota * _NEARLY:
                severity = Severity.ERROR if count > quota else Severity.WARNING
                yield self.finding(
                    bus.location, f"bus {bus.name!r} has {count} rules, and {quota} is the quota", severity=severity
                )
