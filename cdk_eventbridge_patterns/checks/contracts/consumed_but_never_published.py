"""CON005."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.topology.topology import Topology


class ConsumedButNeverPublished(TopologyCheck):
    """A rule for an event that its producer does not publish.

    ## Why this matters
    The consumer waits for an event, or a version of it, that is not there, or no longer.

    ## Avoid
        bus.subscribe(ORDER_CANCELLED, on=…)  # orders publishes OrderPlaced alone

    ## Prefer
        ProducerBus(…, publishes=[ORDER_PLACED, ORDER_CANCELLED])

    ## What it misses
    Rules and buses that our constructs did not make: what they are for is nowhere written. Producers whose
    templates were not read.

    ## When to acknowledge it
    The producer's next deployment declares it.
    """

    id = "CON005"
    severity = Severity.ERROR
    fix = "have the producer declare the event, or consume one that it does"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules whose event no bus of its service publishes."""
        published: dict[str, set[str]] = {}
        for bus in topology.buses:
            for event in bus.stamp.publishes if bus.stamp else ():
                name = EventName(event.service, event.event, event.version)
                published.setdefault(event.service, set()).add(str(name))
        for rule in topology.rules:
            for wanted in rule.stamp.consumes if rule.stamp else ():
                known = published.get(wanted.service)
                if known is not None and str(wanted) not in known:
                    events = " and ".join(sorted(known))
                    message = f"rule {rule.name!r} is for {wanted}, and {wanted.service} publishes {events}"
                    yield self.finding(event_pattern_place(rule), message)
