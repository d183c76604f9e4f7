"""CON003."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.event_patterns import Event, declared_for, event_pattern_place, may_match
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology


class RuleMatchesNothingPublished(TopologyCheck):
    """A rule that matches no event its bus is declared to publish.

    ## Why this matters
    A misspelt source or detail-type is silent: the rule is deployed, and never matches.

    ## Avoid
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlcaed.v1"]}

    ## Prefer
        bus.deliver(ORDER_PLACED, queue)  # source and detail-type come from the contract

    ## What it misses
    What the rule asks of the detail. Buses without declared contracts, and those that such a bus sends to.

    ## When to acknowledge it
    The event is declared later than the rule.
    """

    id = "CON003"
    severity = Severity.ERROR
    fix = "use the source and detail-type of an event that the bus publishes"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that can't match anything declared."""
        for rule in topology.rules:
            bus = topology.bus(rule.bus_arn)
            if bus is None or not isinstance(rule.event_pattern, Mapping):
                continue
            published = declared_for(topology, bus)
            if published and not any(may_match(rule.event_pattern, event) for event in published):
                yield self.finding(event_pattern_place(rule), _message(rule, published))


def _message(rule: Rule, published: Collection[Event]) -> str:
    wanted = str(rule.event_pattern)
    near = get_close_matches(wanted, [str({"source": [s], "detail-type": [t]}) for s, t in sorted(published)], 1, 0)
    return f"rule {rule.name!r} matches nothing that is declared for bus {rule.bus_name!r}; the nearest is {near[0]}"
