"""DLV009."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.reach import may_deliver_by_role
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class RoleCannotDeliver(TopologyCheck):
    """A target whose role EventBridge may not use, or that may not deliver to it.

    ## Why this matters
    The rule matches, the delivery fails with FAILED_TO_ASSUME_ROLE or NO_PERMISSIONS, which are not tried again,
    and the event goes to the dead-letter queue, or is lost.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html

    ## Avoid
        role.add_to_policy(iam.PolicyStatement(actions=["kinesis:PutRecord"], resources=[other_stream.stream_arn]))

    ## Prefer
        bus.deliver(ORDER_PLACED, stream)  # makes the role with what it takes

    ## What it misses
    Managed policies and permissions boundaries that no template holds: there it says that it can't decide.

    ## When to acknowledge it
    The role is changed by another tool after deployment.
    """

    id = "DLV009"
    severity = Severity.ERROR
    fix = "let events.amazonaws.com assume the role for the rule, and the role deliver to the target"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets, other than buses, whose role does not serve."""
        for delivery in topology.deliveries():
            rule, target = delivery.rule, delivery.target
            if target.role_arn is None or target.is_bus:
                continue
            decision = may_deliver_by_role(topology, rule, target)
            place = target.at("RoleArn")
            if decision.refuses:
                yield self.finding(place, f"role {target.role_arn} can't deliver to {target.arn}: {decision.reason}")
            elif decision.undecided is not None:
                yield self.undecided(place, f"whether role {target.role_arn} can deliver", decision.undecided)
