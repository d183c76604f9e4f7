"""ACC006."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.actions import allows_action
from cdk_eventbridge_patterns.access.openness import mentions
from cdk_eventbridge_patterns.checks.access.in_use import RULE_ACTIONS, statements_for_others
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class RulesOfOthers(TopologyCheck):
    """A statement that lets an account change rules that others made.

    ## Why this matters
    Everyone who may put rules on the bus could then change, disable or delete those of all others.
    `events:creatorAccount` holds each to its own.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html

    ## Avoid
        "Action": ["events:PutRule", "events:DeleteRule", "events:RemoveTargets"]

    ## Prefer
        … "Condition": {"StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}}

    ## What it misses
    Whether the key is there for every action is not documented, which is why IfExists counts as enough.

    ## When to acknowledge it
    One account alone may ever put rules.
    """

    id = "ACC006"
    severity = Severity.ERROR
    fix = "add a condition: StringEqualsIfExists events:creatorAccount is ${aws:PrincipalAccount}"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements that let others change rules whoever made them."""
        for policy, statement in statements_for_others(topology):
            manages = any(allows_action(statement, action) for action in RULE_ACTIONS)
            if manages and not mentions(statement, "events:creatorAccount"):
                message = f"others may change rules on bus {policy.resource_arn} that they did not make"
                yield self.finding(statement.location, message)
