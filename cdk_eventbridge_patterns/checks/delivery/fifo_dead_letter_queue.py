"""DLV003."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology


class FifoDeadLetterQueue(TopologyCheck):
    """A dead-letter queue that is a FIFO queue.

    ## Why this matters
    EventBridge supports standard queues only; it refuses a FIFO queue as dead-letter queue of a target, at
    deployment. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html

    ## Avoid
        dead_letter_queue=sqs.Queue(self, "Lost", fifo=True)

    ## Prefer
        dead_letter_queue=sqs.Queue(self, "Lost", enforce_ssl=True)

    ## What it misses
    Nothing that is known: subscribers of the newer bus may have one.

    ## When to acknowledge it
    Never: deployment fails.
    """

    id = "DLV003"
    severity = Severity.ERROR
    fix = "use a standard queue"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the FIFO queues that targets of rules name as dead-letter queue."""
        for delivery in topology.deliveries():
            target = delivery.target
            queue = target.dead_letter_arn
            if queue is None or delivery.rule.kind is not BusKind.CLASSIC:
                continue
            declared = topology.receiver(queue)
            if queue.endswith(".fifo") or (declared is not None and declared.fifo):
                message = f"dead-letter queue {queue} of target {target.id!r} is a FIFO queue"
                yield self.finding(target.at("DeadLetterConfig.Arn"), message)
