"""TOP014."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.text import account_of, same
from cdk_eventbridge_patterns.topology.topology import Topology

_SUPPORTED = {"sqs", "sns", "lambda", "kinesis", "execute-api"}


class UnsupportedCrossAccountTarget(TopologyCheck):
    """A target in another account of a kind that EventBridge can't deliver to there.

    ## Why this matters
    Since January 2025 EventBridge delivers across accounts to queues, topics, functions, streams and REST APIs, and
    to nothing else but buses.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html

    ## Avoid
        "Arn": "arn:aws:states:eu-west-1:222222222222:stateMachine:ship"

    ## Prefer
        a bus in account 222222222222, and a rule on it that delivers to the state machine

    ## What it misses
    Kinds that EventBridge learns to deliver to after this was written.

    ## When to acknowledge it
    Never: deployment fails.
    """

    id = "TOP014"
    severity = Severity.ERROR
    fix = "send to a bus of that account and deliver from there by a local rule"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets in other accounts of kinds that are not supported."""
        for delivery in topology.deliveries():
            rule, target = delivery.rule, delivery.target
            if rule.kind is BusKind.V2 or target.is_bus or not target.service or target.service in _SUPPORTED:
                continue
            account = account_of(target.arn)
            if account and same(account, rule.bus_account) is False:
                yield self.finding(
                    target.location,
                    f"target {target.arn} of rule {rule.name!r} is in another account, and {target.service} can't be",
                )
