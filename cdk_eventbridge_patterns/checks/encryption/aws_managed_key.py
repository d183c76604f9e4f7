"""ENC002."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.key_uses import encrypted_uses
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class AwsManagedKey(TopologyCheck):
    """A queue or topic that is encrypted by the AWS managed key.

    ## Why this matters
    EventBridge can't use `alias/aws/sqs` or `alias/aws/sns`: their policies can't be changed. It deploys, and
    nothing arrives. https://github.com/aws/aws-cdk/issues/30549

    ## Avoid
        sqs.Queue(self, "Queue", encryption=sqs.QueueEncryption.KMS_MANAGED)

    ## Prefer
        sqs.Queue(self, "Queue", encryption=sqs.QueueEncryption.SQS_MANAGED)

    ## What it misses
    The same key named by its id. A target with a role: the key lets the roles of its own account in.

    ## When to acknowledge it
    Never: nothing arrives.
    """

    id = "ENC002"
    severity = Severity.ERROR
    fix = "use SqsManagedSseEnabled, or a key of your own with a policy for events.amazonaws.com"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the queues and topics with an AWS managed key that rules send to without a role."""
        for use in encrypted_uses(topology):
            if use.is_managed_by_aws:
                receiver = use.receiver
                message = f"{receiver.arn} is encrypted by {receiver.key}, which EventBridge can't use"
                yield self.finding(receiver.location, message)
