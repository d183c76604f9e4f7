"""DLV006."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.evaluation import Decision
from cdk_eventbridge_patterns.access.reach import actions_on, first_refusal, lets_role_in, needs_role, service_is_let_in
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.topology import Topology


class TargetRefusesRule(TopologyCheck):
    """A target whose policy lets neither the rule nor its role in.

    ## Why this matters
    The rule matches, the delivery is refused, and the event goes to the dead-letter queue at once, or is lost. In
    another account the target must let the role in, besides what the role may do.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html

    ## Avoid
        "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:events:eu-west-1:111111111111:rule/another"}}

    ## Prefer
        bus.deliver(ORDER_PLACED, queue)  # writes the statement with the rule's own ARN

    ## What it misses
    Service control policies, and targets whose policy is no resource of CloudFormation.

    ## When to acknowledge it
    The policy is written by another tool after deployment.
    """

    id = "DLV006"
    severity = Severity.ERROR
    fix = "allow it in the policy of the target, with aws:SourceArn the ARN of the rule"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets that refuse what is delivered to them."""
        for delivery in topology.deliveries():
            rule, target = delivery.rule, delivery.target
            if target.is_bus or rule.kind is not BusKind.CLASSIC:
                continue
            decision = _decision(topology, rule, target)
            if decision is None:
                continue
            if decision.refuses:
                fix = f"allow it where aws:SourceArn is {rule.arn}"
                if target.role_arn is not None:
                    fix = f"allow {target.role_arn} to do {' and '.join(actions_on(target))}"
                yield self.finding(
                    target.location, f"{target.arn} does not let rule {rule.name!r} deliver: {decision.reason}", fix=fix
                )
            elif decision.undecided is not None:
                yield self.undecided(target.location, f"whether {target.arn} lets the rule deliver", decision.undecided)


def _decision(topology: Topology, rule: Rule, target: Target) -> Decision | None:
    """Return what the policy of a target says, nothing where its kind is not known or it needs a role and has none."""
    if target.role_arn is not None:
        return lets_role_in(topology, rule, target)
    if needs_role(target) or not actions_on(target):
        return None
    return first_refusal(service_is_let_in(topology, rule, action, target.arn) for action in actions_on(target))
