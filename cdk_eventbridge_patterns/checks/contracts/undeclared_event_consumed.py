"""CON010."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.naming.words import nearest
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place, listed
from cdk_eventbridge_patterns.topology.topology import Topology


class UndeclaredEventConsumed(TopologyCheck):
    """A rule for events of a producer that declares its events, and none of these.

    ## Why this matters
    It is the misspelt detail-type again, on a bus of one's own, where the events of others arrive: nobody publishes
    what the rule waits for, and nothing says so.

    ## Avoid
        {"source": ["com.acme.orders"], "detail-type": ["OrderPlcaed.v1"]}  # on the bus of billing

    ## Prefer
        bus.deliver(ORDER_PLACED, to=queue)  # source and detail-type come from the contract

    ## What it misses
    Sources of which no producer was read that declares its events; rules that do not list plain sources and
    detail-types. Buses that declare events themselves are CON003's.

    ## When to acknowledge it
    The producer publishes the event and its next deployment declares it.
    """

    id = "CON010"
    severity = Severity.ERROR
    fix = "match an event that its producer declares, or have it declared"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that wait for what no producer declares."""
        declared = _declared(topology)
        for rule in topology.rules:
            bus = topology.bus(rule.bus_arn)
            if (bus is not None and bus.publishes) or (rule.stamp is not None and rule.stamp.consumes):
                continue
            sources, detail_types = listed(rule, "source"), listed(rule, "detail-type")
            if not detail_types or not sources or not all(source in declared for source in sources):
                continue
            known = {detail_type for source in sources for detail_type in declared[source]}
            if known.isdisjoint(detail_types):
                yield self.finding(
                    event_pattern_place(rule),
                    f"rule {rule.name!r} waits for {' or '.join(detail_types)} of {' or '.join(sources)}, which nobody "
                    f"declares; the nearest is {nearest(detail_types[0], sorted(known))}",
                )


def _declared(topology: Topology) -> Mapping[str, set[str]]:
    """Return the detail-types that are declared, by source."""
    declared: dict[str, set[str]] = {}
    for bus in topology.buses:
        for event in bus.publishes:
            declared.setdefault(event.source, set()).add(event.detail_type)
    return declared
