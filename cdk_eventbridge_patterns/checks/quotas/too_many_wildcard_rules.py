"""QTA003."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology

_LIMIT = 30


class TooManyWildcardRules(TopologyCheck):
    """A bus with more than 30 rules that use wildcards.

    ## Why this matters
    30 is the limit, and it can't be raised. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

    ## Avoid
        {"detail": {"path": [{"wildcard": "orders/*"}]}}

    ## Prefer
        {"detail": {"path": [{"prefix": "orders/"}]}}

    ## What it misses
    Rules in templates that were not read.

    ## When to acknowledge it
    Never: deployment fails.
    """

    id = "QTA003"
    severity = Severity.ERROR
    fix = "use prefix or suffix where they do"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses with too many such rules."""
        for bus in topology.buses:
            count = sum(
                '"wildcard"' in json.dumps(rule.event_pattern, default=str) for rule in topology.rules_on(bus.arn)
            )
            if count > _LIMIT:
                message = f"bus {bus.name!r} has {count} rules with wildcards, and {_LIMIT} is the limit"
                yield self.finding(bus.location, message)
