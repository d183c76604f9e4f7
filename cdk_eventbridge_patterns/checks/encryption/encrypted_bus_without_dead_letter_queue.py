"""ENC004."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology


class EncryptedBusWithoutDeadLetterQueue(TopologyCheck):
    """A bus with a key of its own and no dead-letter queue.

    ## Why this matters
    What EventBridge can't encrypt or decrypt, because the key was disabled or its policy changed, is dropped unless
    the bus has a dead-letter queue.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html

    ## Avoid
        events.EventBus(self, "Bus", kms_key=key)

    ## Prefer
        events.EventBus(self, "Bus", kms_key=key, dead_letter_queue=queue)  # and a policy on the queue

    ## What it misses
    Nothing that is known.

    ## When to acknowledge it
    Every publisher keeps its events until they were consumed.
    """

    id = "ENC004"
    severity = Severity.WARNING
    fix = "name a queue in DeadLetterConfig of the bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the encrypted buses without a dead-letter queue."""
        for bus in topology.buses:
            if bus.key_arn is not None and bus.dead_letter_arn is None and bus.kind is BusKind.CLASSIC:
                yield self.finding(bus.location, f"bus {bus.name!r} has a key of its own and no dead-letter queue")
