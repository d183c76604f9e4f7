"""ENC011."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.key_uses import bus_queue_key_decision
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class BusQueueKeyRefuses(TopologyCheck):
    """A bus whose dead-letter queue has a KMS key that does not let EventBridge write to it.

    ## Why this matters
    What the bus can't encrypt or decrypt is sent there, and lost, although the policy of the queue lets the bus in.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html

    ## Avoid
        events.EventBus(self, "Bus", kms_key=key, dead_letter_queue=sqs.Queue(self, "Lost", encryption_master_key=key))

    ## Prefer
        ProducerBus(self, "Bus", service="orders", …, encryption=key)

    ## What it misses
    Keys that no template holds: there it says that it can't decide.

    ## When to acknowledge it
    The key policy is written by another tool.
    """

    id = "ENC011"
    severity = Severity.ERROR
    fix = "let events.amazonaws.com do kms:GenerateDataKey and kms:Decrypt, with aws:SourceAccount that of the bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses whose dead-letter queue has a key that keeps EventBridge out."""
        for bus in topology.buses:
            decision = bus_queue_key_decision(topology, bus)
            if decision is None:
                continue
            place, queue = bus.location.at("DeadLetterConfig.Arn"), bus.dead_letter_arn
            if decision.refuses:
                yield self.finding(place, f"the key of {queue} keeps bus {bus.name!r} out: {decision.reason}")
            elif decision.undecided is not None:
                yield self.undecided(place, f"whether the key of {queue} lets the bus in", decision.undecided)
