"""ACC011."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class InlineBusPolicy(TopologyCheck):
    """A bus whose policy is a property of the bus.

    ## Why this matters
    The whole policy is then one property, and CloudFormation replaces all of it when the bus changes: statements
    that other stacks or teams added are lost. A bus that has both is at the mercy of the order of deployment. Tools
    that look for open policies, such as cdk-nag's EVB1, don't see it.

    ## Avoid
        {"Type": "AWS::Events::EventBus", "Properties": {"Policy": {"Statement": […]}}}

    ## Prefer
        {"Type": "AWS::Events::EventBusPolicy", "Properties": {"StatementId": "…", "Statement": {…}}}

    ## What it misses
    Nothing that is known.

    ## When to acknowledge it
    The bus has one owner, and nobody else ever adds a statement.
    """

    id = "ACC011"
    severity = Severity.WARNING
    fix = "write each statement as an AWS::Events::EventBusPolicy"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the policies that are written on the bus."""
        for policy in topology.policies:
            if policy.resource_type == "AWS::Events::EventBus":
                others = len(topology.policies_on(policy.resource_arn)) > 1
                beside = ", beside statements" if others else ""
                yield self.finding(
                    policy.location.at("Policy"),
                    f"the policy of bus {policy.resource_arn} is a property of it{beside}",
                    severity=Severity.ERROR if others else Severity.WARNING,
                )
