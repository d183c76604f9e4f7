"""ACC016."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.actions import allows_action
from cdk_eventbridge_patterns.access.openness import names_everyone
from cdk_eventbridge_patterns.checks.access.in_use import RULE_ACTIONS, statements_for_others
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class RulesOfAnyName(TopologyCheck):
    """A statement that lets a named account put or change rules of any name.

    ## Why this matters
    Rules are told apart by name, and two accounts that choose the same one meet in one rule. A prefix for each
    consumer is a second fence beside `events:creatorAccount`, and says in the producer's console whose a rule is.

    ## Avoid
        "Resource": "arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/*"

    ## Prefer
        "Resource": "arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/acme-prod-billing--*"

    ## What it misses
    Statements for a whole organisation, which can't have a prefix for each account.

    ## When to acknowledge it
    The consumers' names follow no convention, as in AWS's own samples.
    """

    id = "ACC016"
    severity = Severity.WARNING
    fix = "name rule/<bus>/<prefix of the consumer>* as the resource of the statement"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements for named accounts whose resource is all rules of a bus."""
        for policy, statement in statements_for_others(topology):
            if names_everyone(statement) or not any(allows_action(statement, action) for action in RULE_ACTIONS):
                continue
            if any(each.rpartition("/")[2] == "*" or each == "*" for each in statement.resources):
                message = f"others may put or change rules of any name on bus {policy.resource_arn}"
                yield self.finding(statement.location, message)
