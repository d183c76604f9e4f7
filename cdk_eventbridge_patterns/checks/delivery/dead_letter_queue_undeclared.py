"""DLV005."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.text import is_known
from cdk_eventbridge_patterns.topology.topology import Topology


class DeadLetterQueueUndeclared(TopologyCheck):
    """A dead-letter queue that no template of its account declares.

    ## Why this matters
    What can't be delivered is sent to a queue that is not there, and is lost. Most often an account, a Region or a
    name in a literal ARN is wrong.

    ## Avoid
        "DeadLetterConfig": {"Arn": "arn:aws:sqs:eu-west-1:222222222222:lots"}

    ## Prefer
        "DeadLetterConfig": {"Arn": "arn:aws:sqs:eu-west-1:222222222222:lost"}

    ## What it misses
    Queues of accounts and Regions of which no template was read: of these nothing is known.

    ## When to acknowledge it
    The queue is made by something whose templates are not at hand.
    """

    id = "DLV005"
    severity = Severity.ERROR
    fix = "declare the queue, or put its ARN right"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the dead-letter queues that are declared nowhere where they should be."""
        for delivery in topology.deliveries():
            target = delivery.target
            queue = target.dead_letter_arn
            if queue is not None and is_known(queue) and topology.knows(queue) and topology.receiver(queue) is None:
                place = target.at("DeadLetterConfig.Arn")
                message = f"dead-letter queue {queue} of target {target.id!r} is declared by no template"
                yield self.finding(place, message)
