"""CON011."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place, listed
from cdk_eventbridge_patterns.topology.event_type_pattern import EventTypePattern
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology


class TakesOtherEvents(TopologyCheck):
    """A rule that also matches declared events that it is not for.

    ## Why this matters
    The consumer gets events that it never asked for: it fails on their shape, or keeps data that it should not have.
    A list of sources and a list of detail-types make every pair of the two, also those that nobody thought of.

    ## Avoid
        {"source": ["com.acme.orders", "com.acme.returns"], "detail-type": ["Placed.v1", "Closed.v1"]}

    ## Prefer
        a rule for each producer

    ## What it misses
    Rules that do not say what they are for, as those of other tools, or do not list plain sources; events that no bus
    declares. What the rule asks of the detail may keep those events out; that is not looked at.

    ## When to acknowledge it
    The detail keeps them out.
    """

    id = "CON011"
    severity = Severity.WARNING
    fix = "make a rule for each producer, with its own detail-types"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that are wider than what they are for."""
        declared = _declared(topology)
        for rule in topology.rules:
            wanted = rule.stamp.consumes if rule.stamp is not None else ()
            pattern = EventTypePattern.of(rule) if wanted else None
            if pattern is None:
                continue
            events = {event for source in listed(rule, "source") for event in declared.get(source, ())}
            others = {
                f"{event.detail_type} of {event.source}"
                for event in events
                if event.name not in wanted and pattern.matches(event) is True
            }
            if others:
                message = f"rule {rule.name!r} matches {' and '.join(sorted(others))}, too, which it is not for"
                yield self.finding(event_pattern_place(rule), message)


def _declared(topology: Topology) -> Mapping[str, set[EventStamp]]:
    """Return the events that are declared, by source."""
    declared: dict[str, set[EventStamp]] = {}
    for bus in topology.buses:
        for event in bus.publishes:
            declared.setdefault(event.source, set()).add(event)
    return declared
