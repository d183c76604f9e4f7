"""CON009."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.actions import is_about
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.event_type_pattern import EventTypePattern
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.text import account_of
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, any_of


class EventNobodyConsumes(TopologyCheck):
    """An event that a bus is declared to publish, and no rule on it that was read matches.

    ## Why this matters
    Either nobody needs it, and a contract is kept for nothing; or a consumer believes that it has subscribed.

    ## Avoid
        ProducerBus(self, "Bus", service="orders", publishes=[ORDER_PLACED, ORDER_ARCHIVED])  # one of them is read

    ## Prefer
        ProducerBus(self, "Bus", service="orders", publishes=[ORDER_PLACED])

    ## What it misses
    Events that a rule matches by source and detail-type, and by nothing else. Events of which it is not known
    beforehand whether a rule matches them. Buses that let in subscribers of an account whose templates were not read:
    the rule may be in one. Buses that our constructs did not make.

    ## When to acknowledge it
    The event is offered to consumers that are still to come.
    """

    id = "CON009"
    severity = Severity.INFO
    fix = "read the consumers' templates, too, or retire the event"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the events that go nowhere."""
        for bus in topology.buses:
            patterns = [EventTypePattern.of(rule) for rule in topology.rules_on(bus.arn)]
            known = [pattern for pattern in patterns if pattern is not None]
            for event in () if _lets_in_others(topology, bus) else bus.publishes:
                if _is_consumed(event, known) is False:
                    yield self.finding(bus.location, _message(event, bus))


def _lets_in_others(topology: Topology, bus: Bus) -> bool:
    """Whether accounts may put rules on *bus* whose templates were not read."""
    allowing = [each for each in topology.statements_on(bus.arn) if each.allows]
    named = [
        name
        for statement in allowing
        if is_about(statement, "events:PutRule") is not False
        for name in (statement.principals or {"AWS": ("*",)}).get("AWS", ())
    ]
    accounts = [name if name.isdecimal() else account_of(name) for name in named]
    return not all(topology.knows(f"arn:aws:iam::{account}:root") for account in accounts)


def _is_consumed(event: EventStamp, patterns: list[EventTypePattern]) -> Answer:
    return any_of(pattern.matches(event) for pattern in patterns)


def _message(event: EventStamp, bus: Bus) -> str:
    return f"no rule that was read takes {event.detail_type} of {event.source} off bus {bus.name!r}"
