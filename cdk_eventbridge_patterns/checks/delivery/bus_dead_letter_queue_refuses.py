"""DLV013."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.reach import bus_is_let_in
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class BusDeadLetterQueueRefuses(TopologyCheck):
    """A bus whose dead-letter queue does not let it in.

    ## Why this matters
    A bus with a key of its own sends what it can't decrypt there; the CDK's `EventBus(dead_letter_queue=…)` writes
    no policy for it, so it is lost.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html

    ## Avoid
        events.EventBus(self, "Bus", kms_key=key, dead_letter_queue=queue)

    ## Prefer
        queue.add_to_resource_policy(…)  # events.amazonaws.com, sqs:SendMessage, aws:SourceArn = bus.event_bus_arn

    ## What it misses
    Service control policies, which are in no template.

    ## When to acknowledge it
    The policy of the queue is written by another tool after deployment.
    """

    id = "DLV013"
    severity = Severity.ERROR
    fix = "let events.amazonaws.com send to it, with aws:SourceArn the ARN of the bus"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the dead-letter queues of buses that refuse them."""
        for bus in topology.buses:
            queue = bus.dead_letter_arn
            if queue is None:
                continue
            decision = bus_is_let_in(topology, bus, queue)
            place = bus.location.at("DeadLetterConfig.Arn")
            if decision.refuses:
                message = f"dead-letter queue {queue} does not let bus {bus.name!r} in: {decision.reason}"
                fix = f"allow events.amazonaws.com sqs:SendMessage where aws:SourceArn is {bus.arn}"
                yield self.finding(place, message, fix=fix)
            elif decision.undecided is not None:
                yield self.undecided(place, f"whether dead-letter queue {queue} lets the bus in", decision.undecided)
