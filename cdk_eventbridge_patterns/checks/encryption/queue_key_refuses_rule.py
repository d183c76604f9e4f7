"""ENC001."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.key_uses import encrypted_uses
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class QueueKeyRefusesRule(TopologyCheck):
    """A queue or topic whose KMS key does not let EventBridge write to it.

    ## Why this matters
    The policy of the queue lets the rule in, and the key refuses: the event is lost just when the dead-letter queue
    is needed. The CDK writes the one and not the other. https://github.com/aws/aws-cdk/issues/33169
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html

    ## Avoid
        dead_letter_queue=sqs.Queue(self, "Lost", encryption_master_key=key)

    ## Prefer
        key.grant(iam.ServicePrincipal("events.amazonaws.com"), "kms:GenerateDataKey", "kms:Decrypt")

    ## What it misses
    Keys that no template holds: there it says that it can't decide.

    ## When to acknowledge it
    The key policy is written by another tool.
    """

    id = "ENC001"
    severity = Severity.ERROR
    fix = "let events.amazonaws.com do kms:GenerateDataKey and kms:Decrypt in the key policy"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the queues and topics whose key keeps the rule out."""
        for use in encrypted_uses(topology):
            if use.is_managed_by_aws:
                continue  # another check's
            place, question = use.location, f"whether key {use.receiver.key} of {use.receiver.arn} lets EventBridge in"
            decision = use.decision
            if decision.refuses:
                message = f"the key of {use.receiver.arn} keeps rule {use.rule.name!r} out: {decision.reason}"
                yield self.finding(place, message)
            elif decision.undecided is not None:
                yield self.undecided(place, question, decision.undecided)
