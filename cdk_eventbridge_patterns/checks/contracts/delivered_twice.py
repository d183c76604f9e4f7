"""CON008."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.verdicts import schemas_for
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.matching import EventPattern, covers, overlaps
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place, parsed, unknown_in
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.topology.topology import Topology


class DeliveredTwice(TopologyCheck):
    """Two rules on one bus that deliver the same events to the same target.

    ## Why this matters
    Rules don't hide each other: the target gets such an event once for each. One rule is a copy of the other, or is
    wider than it was meant; both are paid for, and a consumer that is not idempotent does its work twice.

    ## Avoid
        one rule for {"source": ["com.acme.orders"]} and one for {"source": [{"prefix": "com.acme."}]} to one queue

    ## Prefer
        one rule for both

    ## What it misses
    Rules that match the same events by their detail alone, where no one can say whether there are such events.
    Event patterns that are known at deployment only. What a target receives twice over two buses.

    ## When to acknowledge it
    The rules hand on different parts of the event.
    """

    id = "CON008"
    severity = Severity.WARNING
    fix = "keep one of the rules, or make their event patterns exclude each other"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the pairs of rules that share events and a target."""
        for (target_arn, _, _), rules in _sharing(topology).items():
            for one, other in combinations(sorted(rules, key=lambda rule: rule.arn), 2):
                shared = _shared(topology, one, other)
                if shared is not None:
                    yield self.finding(
                        event_pattern_place(one),
                        f"rules {one.name!r} and {other.name!r} both deliver {shared} to {target_arn}",
                    )


def _sharing(topology: Topology) -> Mapping[tuple[str, str, str], list[Rule]]:
    """Return rules by what they have in common: the target, the bus, and what they make of the event."""
    groups: dict[tuple[str, str, str], list[Rule]] = defaultdict(list)
    for rule, target in ((each.rule, each.target) for each in topology.deliveries()):
        if (
            same(target.arn, target.arn) is True
            and isinstance(rule.event_pattern, Mapping)
            and rule.enabled is not False
        ):
            groups[target.arn, rule.bus_arn, str(target.input)].append(rule)
    return {key: rules for key, rules in groups.items() if len(rules) > 1}


def _shared(topology: Topology, one: Rule, other: Rule) -> str | None:
    """Return which events both rules deliver, in words, nothing where none surely are."""
    first, second = _pattern(one), _pattern(other)
    if first is None or second is None:
        return None
    if first == second:
        return "the same events"
    if covers(first, second) is True or covers(second, first) is True:
        return "all that the narrower of them matches"
    # Without a contract a field may be an array that holds what both ask for, which hardly ever is.
    schemas = schemas_for(topology, one)
    titles = [schema.title for schema in schemas if overlaps(first, second, schema) is True]
    return f"some events {titles[0]}" if titles else None


def _pattern(rule: Rule) -> EventPattern | None:
    if not isinstance(rule.event_pattern, Mapping) or unknown_in(rule.event_pattern) is not None:
        return None
    return parsed(rule.event_pattern)
