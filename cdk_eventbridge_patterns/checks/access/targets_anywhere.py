"""ACC007."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.actions import allows_action
from cdk_eventbridge_patterns.access.openness import holds_to
from cdk_eventbridge_patterns.checks.access.in_use import statements_for_others
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class TargetsAnywhere(TopologyCheck):
    """A statement that lets another account send what is on the bus to any other bus.

    ## Why this matters
    Whoever may put targets can send the events on to whatever bus they have a role for, also outside the
    organisation. `events:TargetArn` holds them to their own.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html

    ## Avoid
        "Action": "events:PutTargets", "Condition": {"StringEquals": {"events:creatorAccount": "…"}}

    ## Prefer
        "ArnLike": {"events:TargetArn": "arn:aws:events:eu-west-1:222222222222:event-bus/acme-prod-billing"}

    ## What it misses
    That the subscriber sends the events on from its own bus, by code.

    ## When to acknowledge it
    The subscriber is trusted with where the events go, as in AWS's own samples.
    """

    id = "ACC007"
    severity = Severity.WARNING
    fix = "add a condition: ArnLike events:TargetArn, the ARN of the buses that may receive"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements that let others put any target."""
        for policy, statement in statements_for_others(topology):
            if allows_action(statement, "events:PutTargets") and not holds_to(statement, "events:TargetArn"):
                yield self.finding(
                    statement.location, f"others may send what is on bus {policy.resource_arn} to any bus of theirs"
                )
