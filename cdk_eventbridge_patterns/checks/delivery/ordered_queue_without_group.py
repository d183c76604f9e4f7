"""DLV011."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Target
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


class OrderedQueueWithoutGroup(TopologyCheck):
    """A FIFO queue as target, without a message group.

    ## Why this matters
    SQS refuses a message without a group on a FIFO queue, so nothing is delivered.
    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html

    ## Avoid
        "Targets": [{"Id": "orders", "Arn": "arn:aws:sqs:eu-west-1:111111111111:orders.fifo"}]

    ## Prefer
        "Targets": [{"Id": "orders", "Arn": "…:orders.fifo", "SqsParameters": {"MessageGroupId": "orders"}}]

    ## What it misses
    Queues without content-based deduplication, which need it besides.

    ## When to acknowledge it
    Never: nothing is delivered.
    """

    id = "DLV011"
    severity = Severity.ERROR
    fix = "give SqsParameters a MessageGroupId"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the FIFO queues that events are sent to without a group."""
        for delivery in topology.deliveries():
            rule, target = delivery.rule, delivery.target
            if rule.kind is BusKind.V2 or target.service != "sqs":
                continue
            queue = topology.receiver(target.arn)
            ordered = target.arn.endswith(".fifo") or (queue is not None and queue.fifo)
            if ordered and not _has_group(target):
                yield self.finding(target.location, f"FIFO queue {target.arn} is sent events without a MessageGroupId")


def _has_group(target: Target) -> bool:
    given = target.parameters.get("SqsParameters")
    return isinstance(given, Undecided) or bool(isinstance(given, Mapping) and given.get("MessageGroupId"))
