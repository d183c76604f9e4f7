"""TOP006."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class MoveWithoutRole(TopologyCheck):
    """A target that is a bus, without a role.

    ## Why this matters
    Since March 2023 a role is needed for a bus of another account, and always for one of another Region; in one
    account AWS recommends it. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html

    ## Avoid
        "Targets": [{"Id": "billing", "Arn": "…:222222222222:event-bus/acme-prod-billing"}]

    ## Prefer
        "Targets": [{"Id": "billing", "Arn": "…:event-bus/acme-prod-billing", "RoleArn": "arn:aws:iam::…:role/…"}]

    ## What it misses
    Nothing that is known.

    ## When to acknowledge it
    The target was made before March 2023, and its rule stays as it is.
    """

    id = "TOP006"
    severity = Severity.ERROR
    fix = "give the target a RoleArn; the role may put events on the receiving bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the moves from bus to bus without a role."""
        for move in topology.moves():
            target = move.target
            if target.role_arn is None:
                severity = Severity.WARNING if move.stays_beside is True else Severity.ERROR
                message = f"target {target.id!r} of rule {move.rule.name!r}, bus {target.arn}, has no role"
                yield self.finding(target.location, message, severity=severity)
