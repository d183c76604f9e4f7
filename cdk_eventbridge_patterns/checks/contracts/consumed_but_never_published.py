"""CON005."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.published import Published
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.topology.topology import Topology


class ConsumedButNeverPublished(TopologyCheck):
    """A rule for an event that its producer does not publish.

    ## Why this matters
    The consumer waits for an event, or a version of one, that is not there, or no longer. Nothing fails: nothing
    ever arrives.

    ## Avoid
        bus.subscribe(ORDER_CANCELLED, on=BusReference.of("orders", …))  # orders publishes ORDER_PLACED alone

    ## Prefer
        ProducerBus(self, "Bus", service="orders", publishes=[ORDER_PLACED, ORDER_CANCELLED])

    ## What it misses
    Rules and buses that our constructs did not make: what they are for is written nowhere. Producers whose templates
    were not read. On a bus that is not the producer's, events that it publishes in another stage only.

    ## When to acknowledge it
    The producer's next deployment declares it.
    """

    id = "CON005"
    severity = Severity.ERROR
    fix = "have the producer declare the event, or consume one that it does"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules whose event no bus of its service publishes."""
        published = Published(topology)
        for rule in topology.rules:
            for wanted in published.lacking(rule):
                events = published.known_to(rule, wanted.service) or {}
                titles = " and ".join(sorted(name.title for name in events)) or "nothing"
                message = f"rule {rule.name!r} is for {wanted.title} of {wanted.service!r}, which publishes {titles}"
                yield self.finding(event_pattern_place(rule), message)
