"""CON003."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.arrivals import is_brought
from cdk_eventbridge_patterns.checks.contracts.published import Published
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.matching import RuleSet
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.topology.event_type_pattern import EventTypePattern, fields_of, in_pattern
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided, any_of


class RuleMatchesNothingPublished(TopologyCheck):
    """A rule that matches no event its bus is declared to publish, or not the event that it is for.

    ## Why this matters
    A misspelt source or detail-type is silent: the rule is deployed, and never matches.

    ## Avoid
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlcaed.v1"]}

    ## Prefer
        bus.deliver(ORDER_PLACED, to=queue)  # source and detail-type come from the contract

    ## What it misses
    What the rule asks of the detail. Rules that our constructs did not make on buses for which no contract is
    declared: of what comes to a bus from others alone, nobody says that it is all. Subscribers of the newer bus.

    ## When to acknowledge it
    The event is declared later than the rule, or brought to the bus by a rule whose template is not at hand.
    """

    id = "CON003"
    severity = Severity.ERROR
    fix = "match the source and detail-type of an event that is published"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that can't match what they should."""
        published = Published(topology)
        for rule in topology.rules:
            # What nobody publishes is another check's.
            wanted = () if published.lacking(rule) else published.wanted_by(rule)
            pattern = EventTypePattern.of(rule) if wanted else None
            if pattern is not None:
                yield from self._by_its_purpose(rule, pattern, wanted)
        for bus in topology.buses:
            for rule, pattern in _matching_nothing(bus, topology.rules_on(bus.arn)):
                yield from self._by_its_bus(topology, bus, rule, pattern)

    def _by_its_purpose(self, rule: Rule, pattern: EventTypePattern, wanted: Sequence[EventStamp]) -> Iterator[Finding]:
        """Judge a rule by the events that it says it is for."""
        place = event_pattern_place(rule)
        for event in wanted:
            answer = pattern.matches(event)
            named = f"{event.detail_type} of {event.source}"
            if isinstance(answer, Undecided):
                yield self.undecided(place, f"whether rule {rule.name!r} matches {named}", answer)
                return
            if not answer:
                message = f"rule {rule.name!r} is for {named}, and does not match it"
                yield self.finding(place, message, fix=f"match {in_pattern(event)}")
                return

    def _by_its_bus(self, topology: Topology, bus: Bus, rule: Rule, pattern: EventTypePattern) -> Iterator[Finding]:
        """Judge a rule by what is published on its bus, and what others bring there."""
        place = event_pattern_place(rule)
        answer = any_of([*(pattern.matches(event) for event in bus.publishes), is_brought(topology, rule)])
        if isinstance(answer, Undecided):
            question = f"whether rule {rule.name!r} matches anything that comes to bus {bus.name!r}"
            yield self.undecided(place, question, answer)
        elif not answer:
            near = pattern.nearest(bus.publishes)
            yield self.finding(
                place,
                f"rule {rule.name!r} matches nothing that bus {bus.name!r} publishes; the nearest is "
                f"{near.detail_type} of {near.source}",
                fix=f"match {in_pattern(near)}",
            )


def _matching_nothing(bus: Bus, rules: Sequence[Rule]) -> Iterator[tuple[Rule, EventTypePattern]]:
    """Return the rules that surely match nothing declared for *bus*, save those that say themselves what they are for.

    Nothing where nothing is declared; and what is of AWS services is another check's.
    """
    events = bus.publishes
    unsaid = [rule for rule in rules if rule.stamp is None or not rule.stamp.consumes] if events else []
    found = ((rule, EventTypePattern.of(rule)) for rule in unsaid)
    patterns = [(rule, pattern) for rule, pattern in found if pattern is not None and not pattern.is_for_aws_alone]
    by_number = RuleSet({str(number): pattern.surely for number, (_, pattern) in enumerate(patterns)})
    matching = {number for event in events for number in by_number.matching(fields_of(event))}
    return (each for number, each in enumerate(patterns) if str(number) not in matching)
