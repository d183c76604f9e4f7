"""ACC005."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.actions import allows_action
from cdk_eventbridge_patterns.access.openness import holds_to
from cdk_eventbridge_patterns.checks.access.in_use import statements_for_others
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class RulesWithoutSource(TopologyCheck):
    """A statement that lets another account put rules for events it was not meant to see.

    ## Why this matters
    Without a strict condition on `events:source`, a rule whose event pattern has no source takes everything that is
    published. `StringEqualsIfExists` and `ForAllValues` alone are not strict: they pass where the pattern has no
    source. AWS's own samples use the first.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html

    ## Avoid
        "Action": "events:PutRule", "Condition": {"StringEqualsIfExists": {"events:source": "com.acme.orders"}}

    ## Prefer
        "Condition": {"ForAllValues:StringEquals": {"events:source": ["com.acme.orders"]},
                      "Null": {"events:source": "false"}}

    ## What it misses
    How the key is filled from a pattern with operators, which is not documented.

    ## When to acknowledge it
    Every subscriber may see everything on this bus.
    """

    id = "ACC005"
    severity = Severity.ERROR
    fix = "hold events:PutRule to events:source by StringEquals, or by ForAllValues:StringEquals with Null false"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements that let others put rules without a source."""
        for policy, statement in statements_for_others(topology):
            if allows_action(statement, "events:PutRule") and not holds_to(statement, "events:source"):
                message = f"others may put rules on bus {policy.resource_arn} without naming a source"
                yield self.finding(statement.location, message)
