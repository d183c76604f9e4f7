"""ACC009."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.actions import allows_action
from cdk_eventbridge_patterns.access.openness import holds_to
from cdk_eventbridge_patterns.checks.access.in_use import statements_for_others
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.topology import Topology


class PublisherOfAnySource(TopologyCheck):
    """A statement that lets another account publish under any name.

    ## Why this matters
    An event's source is what its publisher writes. Unless the policy binds it, one account can publish in another's
    name, and rules can't tell. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html

    ## Avoid
        "Principal": {"AWS": "arn:aws:iam::222222222222:root"}, "Action": "events:PutEvents"

    ## Prefer
        … "Condition": {"StringEquals": {"events:source": "com.acme.billing"}}

    ## What it misses
    Roles: whether what a rule delivers carries the source is not documented, so a statement that is for roles
    alone, as for routes between buses, is no finding.

    ## When to acknowledge it
    The bus only collects what others already checked.
    """

    id = "ACC009"
    severity = Severity.ERROR
    fix = "hold events:PutEvents to events:source by StringEquals"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements that let others publish any source."""
        for policy, statement in statements_for_others(topology):
            if not allows_action(statement, "events:PutEvents") or _is_for_roles(statement):
                continue
            if not holds_to(statement, "events:source"):
                message = f"others may publish events of any source on bus {policy.resource_arn}"
                yield self.finding(statement.location, message)


def _is_for_roles(statement: PolicyStatement) -> bool:
    named = (statement.principals or {}).get("AWS", ())
    return holds_to(statement, "aws:PrincipalArn") or (bool(named) and all(":role/" in each for each in named))
