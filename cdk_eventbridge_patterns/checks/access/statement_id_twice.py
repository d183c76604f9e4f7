"""ACC012."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.security import ResourcePolicy
from cdk_eventbridge_patterns.topology.topology import Topology


class StatementIdTwice(TopologyCheck):
    """Two statements of a bus under one id.

    ## Why this matters
    A bus keeps one statement for an id: the second replaces the first, whoever wrote it, and whom the first let in
    is refused. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html

    ## Avoid
        two EventBusPolicy with "StatementId": "publish" on one bus

    ## Prefer
        "StatementId": "acme-prod-orders--billing--rules"  # bus, who, what for

    ## What it misses
    Statements that are put by something other than CloudFormation.

    ## When to acknowledge it
    Never.
    """

    id = "ACC012"
    severity = Severity.ERROR
    fix = "give each statement of a bus an id of its own"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements whose id is taken."""
        taken: dict[tuple[str, str], ResourcePolicy] = {}
        for policy in topology.policies:
            if policy.resource_type != "AWS::Events::EventBusPolicy" or policy.id is None:
                continue
            first = taken.setdefault((policy.resource_arn, policy.id), policy)
            if first is not policy:
                message = (
                    f"statement {policy.id!r} of bus {policy.resource_arn} is written twice, also at {first.location}"
                )
                yield self.finding(policy.location.at("StatementId"), message)
