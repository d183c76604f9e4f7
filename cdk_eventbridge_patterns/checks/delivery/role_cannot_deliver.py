"""DLV009."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.reach import may_act, may_deliver_by_role
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule, Target
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
            yield from self._on_failure(topology, rule, target)
            if target.role_arn is None or target.is_bus:
                continue
            decision = may_deliver_by_role(topology, rule, target)
            place = target.at("RoleArn")
            if decision.refuses:
                yield self.finding(place, f"role {target.role_arn} can't deliver to {target.arn}: {decision.reason}")
            elif decision.undecided is not None:
                yield self.undecided(place, f"whether role {target.role_arn} can deliver", decision.undecided)

    def _on_failure(self, topology: Topology, rule: Rule, target: Target) -> Iterator[Finding]:
        """Judge the role of a subscriber, by which it sends to its on-failure queue, too."""
        role, queue = topology.role(target.role_arn or ""), target.dead_letter_arn
        if rule.kind is not BusKind.V2 or role is None or queue is None:
            return
        decision = may_act(role, "sqs:SendMessage", queue)
        if decision.refuses:
            message = f"role {role.name!r} can't send what fails to {queue}: {decision.reason}"
            yield self.finding(target.location, message)
        elif decision.undecided is not None:
            yield self.undecided(target.location, f"whether role {role.name!r} can send what fails", decision.undecided)
