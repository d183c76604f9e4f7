"""DLV001."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class TargetWithoutDeadLetterQueue(TopologyCheck):
    """A target that has nowhere to put an event it cannot deliver.

    ## Why this matters
    EventBridge tries again for a day and then drops the event; where permission or the target is missing it does
    not even try again. Without a dead-letter queue the loss is silent.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html

    ## Avoid
        events.Rule(self, "Ship", targets=[targets.SqsQueue(queue)], event_pattern=…)

    ## Prefer
        bus.deliver(ORDER_PLACED, queue)  # has one

    ## What it misses
    Rules that AWS services manage themselves, and pipes and schedules.

    ## When to acknowledge it
    The event is a heartbeat: the next one replaces it. Our constructs take `Disabled(reason)` and stamp it, which
    counts.
    """

    id = "DLV001"
    severity = Severity.ERROR
    fix = "name a standard queue in DeadLetterConfig; our constructs make one"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets without a dead-letter queue, save those that say why."""
        for delivery in topology.deliveries():
            rule, target = delivery.rule, delivery.target
            switched_off = rule.stamp is not None and "dead_letter_queue" in rule.stamp.disabled
            if target.dead_letter_arn is None and not switched_off:
                message = f"target {target.id!r} of rule {rule.name!r} has no dead-letter queue"
                yield self.finding(target.location, message)
