"""DLV002."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.reach import service_is_let_in
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology


class DeadLetterQueueRefusesRule(TopologyCheck):
    """A dead-letter queue whose policy does not let the rule in.

    ## Why this matters
    What can't be delivered is then lost after all. The ARN of a rule carries the account of its bus and the name of
    the bus, also where a consumer made the rule; a policy that names it otherwise lets nobody in. The CDK's own
    `rule_arn` leaves the bus name out across environments.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html

    ## Avoid
        "ArnEquals": {"aws:SourceArn": "arn:aws:events:eu-west-1:222222222222:rule/ship"}

    ## Prefer
        "ArnEquals": {"aws:SourceArn": "arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/ship"}

    ## What it misses
    Service control policies and the resource control policies of an organisation, which are in no template.

    ## When to acknowledge it
    The policy of the queue is written by another tool after deployment.
    """

    id = "DLV002"
    severity = Severity.ERROR
    fix = "let events.amazonaws.com send to it, with aws:SourceArn the ARN of the rule"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the dead-letter queues that refuse what their rules send."""
        for delivery in topology.deliveries():
            rule, target = delivery.rule, delivery.target
            queue = target.dead_letter_arn
            if queue is None or rule.kind is not BusKind.CLASSIC:
                continue
            decision = service_is_let_in(topology, rule, "sqs:SendMessage", queue)
            place = target.at("DeadLetterConfig.Arn")
            if decision.refuses:
                yield self.finding(
                    place,
                    f"dead-letter queue {queue} does not let rule {rule.name!r} in: {decision.reason}",
                    fix=f"allow events.amazonaws.com sqs:SendMessage where aws:SourceArn is {rule.arn}",
                )
            elif decision.undecided is not None:
                yield self.undecided(place, f"whether dead-letter queue {queue} lets the rule in", decision.undecided)
