"""TOP001."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.topology.overlap import may_share_events
from cdk_eventbridge_patterns.simulation.move import first_of_its_kind
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Delivery
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided, all_of, not_


class SecondHop(TopologyCheck):
    """An event that a rule carries from bus to bus, and a second rule carries on to a third.

    ## Why this matters
    EventBridge moves an event from one bus to another once; what a second rule would send on is dropped, with
    THIRD_ACCOUNT_HOP_DETECTED where it has a dead-letter queue. All of it deploys without a word.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html

    ## Avoid
        orders → hub → billing  # two rules that carry the same events from bus to bus

    ## Prefer
        orders → billing  # billing's own rule on the bus of orders

    ## What it misses
    Rules whose event patterns overlap in the content of the event only: where source and detail-type can't tell, it
    says that it may. Of a move within a Region and one between Regions it says that it can't decide: AWS documents
    that no event moves on to a third bus, and others saw that one.

    ## When to acknowledge it
    Never: the event does not arrive.
    """

    id = "TOP001"
    severity = Severity.ERROR
    fix = "publish anew by code on the bus in between, or put the second rule on the first bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that would carry on what came from another bus."""
        for second in topology.moves():
            for first in topology.moves_to(second.rule.bus_arn):
                if first.rule.kind is BusKind.V2 or not _goes_on(first, second):
                    continue
                place = second.target.location
                buses = [first.rule.bus_arn, second.rule.bus_arn, second.target.arn]
                is_first = first_of_its_kind(buses, place).answer
                answer = all_of([not_(is_first), may_share_events(first.rule, second.rule)])
                if answer is True:
                    yield self.finding(
                        place,
                        f"rule {second.rule.name!r} would carry to {second.target.arn} what rule {first.rule.name!r} "
                        f"brought from {first.rule.bus_arn}: an event moves from bus to bus once",
                    )
                elif isinstance(answer, Undecided):
                    question = f"whether rule {second.rule.name!r} may carry on what rule {first.rule.name!r} brings"
                    yield self.undecided(place, question, answer)


def _goes_on(first: Delivery, second: Delivery) -> bool:
    """Return whether the event gets to a third bus, neither back to the first nor round in the second."""
    return second.target.arn not in (first.rule.bus_arn, second.rule.bus_arn) and (
        first.rule.bus_arn != second.rule.bus_arn
    )
