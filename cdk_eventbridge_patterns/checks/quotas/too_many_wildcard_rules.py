"""QTA003."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.quotas.count import are_more_than
from cdk_eventbridge_patterns.checks.quotas.crowded import place_of, rules_by_bus
from cdk_eventbridge_patterns.topology.event_patterns import parsed
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

# Service Quotas, "Rules that contain wildcard patterns per event bus"; not adjustable.
_LIMIT = 30


class TooManyWildcardRules(TopologyCheck):
    """A bus with more than 30 rules that use `wildcard`, counted over all accounts that put rules on it.

    ## Why this matters
    30 is the limit, and it can't be raised: the next such rule fails at deployment, whoever's it is.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

    ## Avoid
        {"detail": {"path": [{"wildcard": "orders/*"}]}}

    ## Prefer
        {"detail": {"path": [{"prefix": "orders/"}]}}

    ## What it misses
    Rules in templates that were not read; operators of which nobody can say beforehand whether they are `wildcard`.

    ## When to acknowledge it
    Never: deployment fails.
    """

    id = "QTA003"
    severity = Severity.ERROR
    fix = "use prefix or suffix where they do, or split the bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses with too many such rules."""
        for bus_arn, rules in rules_by_bus(topology):
            costly = [rule for rule in rules if _uses_wildcard(rule)]
            answer = are_more_than(_LIMIT, costly)
            if answer is False:
                continue
            place, name = place_of(topology, bus_arn, costly), rules[0].bus_name
            if isinstance(answer, Undecided):
                yield self.undecided(place, f"whether bus {name!r} has more than {_LIMIT} rules with wildcards", answer)
            else:
                message = f"bus {name!r} has {len(costly)} rules with wildcards, over the limit of {_LIMIT}"
                yield self.finding(place, message)


def _uses_wildcard(rule: Rule) -> bool:
    if not isinstance(rule.event_pattern, Mapping) or "wildcard" not in str(rule.event_pattern):
        return False
    pattern = parsed(rule.event_pattern, lambda operator: operator if isinstance(operator, Mapping) else "«unknown»")
    return pattern is not None and pattern.has_wildcards
