"""DLV004."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.text import region_of, same
from cdk_eventbridge_patterns.topology.topology import Topology


class DeadLetterQueueInOtherRegion(TopologyCheck):
    """A dead-letter queue in another Region than the rule.

    ## Why this matters
    EventBridge can't send to it: a dead-letter queue must be in the Region of the rule, which is that of the bus.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html

    ## Avoid
        "DeadLetterConfig": {"Arn": "arn:aws:sqs:us-east-1:111111111111:lost"}  # the bus is in eu-west-1

    ## Prefer
        "DeadLetterConfig": {"Arn": "arn:aws:sqs:eu-west-1:111111111111:lost"}

    ## What it misses
    Queues and buses whose Region is known at deployment only.

    ## When to acknowledge it
    Never: events are lost.
    """

    id = "DLV004"
    severity = Severity.ERROR
    fix = "use a queue in the Region of the bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the dead-letter queues that are in another Region."""
        for delivery in topology.deliveries():
            rule, target = delivery.rule, delivery.target
            if target.dead_letter_arn is None:
                continue
            if same(region_of(target.dead_letter_arn), rule.bus_region) is False:
                place = target.at("DeadLetterConfig.Arn")
                message = f"dead-letter queue {target.dead_letter_arn} is not in {rule.bus_region}, as its rule is"
                yield self.finding(place, message)
