"""TOP007."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.reach import may_deliver_by_role
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class RoleCannotPut(TopologyCheck):
    """A move from bus to bus by a role that EventBridge may not use, or that may not put events there.

    ## Why this matters
    The event matches and never arrives: FAILED_TO_ASSUME_ROLE or NO_PERMISSIONS are not tried again.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html

    ## Avoid
        "Resource": "arn:aws:events:eu-west-1:222222222222:event-bus/another"

    ## Prefer
        bus.subscribe(ORDER_PLACED, on=…)  # makes the role with just what it takes

    ## What it misses
    Managed policies and permissions boundaries that no template holds: there it says that it can't decide.

    ## When to acknowledge it
    The role is changed by another tool after deployment.
    """

    id = "TOP007"
    severity = Severity.ERROR
    fix = "let events.amazonaws.com assume the role for the rule, and the role put events on the bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the moves whose role does not serve."""
        for move in topology.moves():
            if move.target.role_arn is None:
                continue
            decision = may_deliver_by_role(topology, move.rule, move.target)
            place = move.target.at("RoleArn")
            if decision.refuses:
                message = f"role {move.target.role_arn} can't put events on {move.target.arn}: {decision.reason}"
                yield self.finding(place, message)
            elif decision.undecided is not None:
                yield self.undecided(place, f"whether role {move.target.role_arn} can put events", decision.undecided)
