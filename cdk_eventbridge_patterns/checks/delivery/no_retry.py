"""DLV010."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class NoRetry(TopologyCheck):
    """A target that is tried just once.

    ## Why this matters
    A throttled queue or a function that is busy is the normal case, and one attempt is not enough for it: every
    such moment sends events to the dead-letter queue, or loses them.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html

    ## Avoid
        "RetryPolicy": {"MaximumRetryAttempts": 0}

    ## Prefer
        "RetryPolicy": {"MaximumRetryAttempts": 185, "MaximumEventAgeInSeconds": 86400}

    ## What it misses
    Numbers that are too small for the target.

    ## When to acknowledge it
    The event is of no use a minute later.
    """

    id = "DLV010"
    severity = Severity.WARNING
    fix = "leave MaximumRetryAttempts out, or give it a number"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets without a second attempt."""
        for delivery in topology.deliveries():
            target = delivery.target
            if target.max_attempts == 0:
                message = f"target {target.id!r} of rule {delivery.rule.name!r} is tried just once"
                yield self.finding(target.at("RetryPolicy"), message)
