"""DLV008."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.reach import actions_on, needs_role
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.text import account_of, same
from cdk_eventbridge_patterns.topology.topology import Topology


class TargetWithoutRole(TopologyCheck):
    """A target that EventBridge reaches by a role only, without one.

    ## Why this matters
    Streams, state machines, API destinations and most other targets have no policy that could let EventBridge in,
    and none in another account does without a role.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html

    ## Avoid
        "Targets": [{"Id": "stream", "Arn": "arn:aws:kinesis:eu-west-1:111111111111:stream/orders"}]

    ## Prefer
        "Targets": [{"Id": "stream", "Arn": "…:stream/orders", "RoleArn": "arn:aws:iam::111111111111:role/…"}]

    ## What it misses
    Kinds of targets that EventBridge learns to deliver to after this was written.

    ## When to acknowledge it
    Never: nothing is delivered.
    """

    id = "DLV008"
    severity = Severity.ERROR
    fix = "give the target a RoleArn"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets that need a role and have none."""
        for delivery in topology.deliveries():
            rule, target = delivery.rule, delivery.target
            if target.role_arn is not None or target.is_bus or not actions_on(target):
                continue
            elsewhere = same(account_of(target.arn), rule.bus_account) is False
            if rule.kind is BusKind.V2 or needs_role(target) or elsewhere:
                where = "in another account " if elsewhere else ""
                yield self.finding(
                    target.location, f"target {target.id!r} of rule {rule.name!r}, {target.arn}, {where}has no role"
                )
