"""CON003."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.arrivals import is_brought
from cdk_eventbridge_patterns.checks.contracts.event_patterns import (
    event_pattern_place,
)
from cdk_eventbridge_patterns.checks.contracts.published import Published, declared_on, title_of
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.topology.undecided import Undecided


class RuleMatchesNothingPublished(TopologyCheck):
    """A rule that matches no event its bus is declared to publish, or not the event it is for.

    ## Why this matters
    A misspelt source or detail-type is silent: the rule is deployed, and never matches.

    ## Avoid
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlcaed.v1"]}

    ## Prefer
        bus.deliver(ORDER_PLACED, to=queue)  # source and detail-type come from the contract

    ## What it misses
    What the rule asks of the detail. Rules that our constructs did not make, on buses for which no contract is
    declared: of what comes to a bus from others alone, nobody says that it is all.

    ## When to acknowledge it
    The event is declared later than the rule, or brought to the bus by a rule whose template is not at hand.
    """

    id = "CON003"
    severity = Severity.ERROR
    fix = "match the source and detail-type of an event that is published"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that can't match what they should."""
        published = Published(topology)
        unmatched = {id(rule) for bus in topology.buses for rule in _unmatched(topology, bus)}
        for rule in topology.rules:
            if rule.kind is not BusKind.CLASSIC or published.lacking(rule):
                continue  # what is not published at all is another check's
            wanted = published.wanted_by(rule)
            if wanted:
                yield from self._on_purpose(rule, wanted)
            elif id(rule) in unmatched and not (rule.stamp and rule.stamp.consumes):
                yield from self._on_bus(topology, rule)

    def _on_purpose(self, rule: Rule, wanted: Sequence[EventStamp]) -> Iterator[Finding]:
        """Judge a rule by the events that it says it is for."""
        pattern = _Pattern.of(rule)
        if pattern is None:
            return
        for event in wanted:
            answer = pattern.matches(event)
            if answer is True:
                continue
            what = f"{event.detail_type} of {event.source}"
            if isinstance(answer, Undecided):
                yield self.undecided(event_pattern_place(rule), f"whether rule {rule.name!r} matches {what}", answer)
                return
            message = f"rule {rule.name!r} is for {what}, and does not match it"
            yield self.finding(event_pattern_place(rule), message, fix=f"match {title_of(event)}")

    def _on_bus(self, topology: Topology, rule: Rule) -> Iterator[Finding]:
        """Judge a rule by what is published on its bus, and by what others bring there."""
        bus, pattern = topology.bus(rule.bus_arn), _Pattern.of(rule)
        if bus is None or pattern is None or pattern.is_aws_only:
            return
        answers = [pattern.matches(event) for event in declared_on(bus)]
        answer = next((each for each in answers if isinstance(each, Undecided)), False) or is_brought(topology, rule)
        if isinstance(answer, Undecided):
            question = f"whether rule {rule.name!r} matches what is published on bus {bus.name!r}"
            yield self.undecided(event_pattern_place(rule), question, answer)
        elif not answer:
            like = pattern.nearest(declared_on(bus))
            message = f"rule {rule.name!r} matches nothing that bus {bus.name!r} publishes; the nearest is {like}"
            yield self.finding(event_pattern_place(rule), message, fix=f"match {like}")
