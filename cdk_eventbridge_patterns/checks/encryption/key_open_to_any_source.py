"""ENC008."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.actions import allows_action
from cdk_eventbridge_patterns.access.key_uses import keys_in_use
from cdk_eventbridge_patterns.access.keys import WRITE
from cdk_eventbridge_patterns.access.openness import lets_any_source_in, names_service
from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.topology import Topology


class KeyOpenToAnySource(TopologyCheck):
    """A KMS key that lets EventBridge use it for whatever account.

    ## Why this matters
    `events.amazonaws.com` acts for everyone; without `aws:SourceArn` or `aws:SourceAccount` a bus of another
    account can be made to use the key.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html

    ## Avoid
        "Principal": {"Service": "events.amazonaws.com"}, "Action": ["kms:Decrypt", "kms:GenerateDataKey"]

    ## Prefer
        … "Condition": {"StringEquals": {"aws:SourceAccount": "111111111111"}}

    ## What it misses
    Keys of queues and topics: whether EventBridge says to KMS for which rule it sends there is not documented.

    ## When to acknowledge it
    The account holds nothing else that the key protects.
    """

    id = "ENC008"
    severity = Severity.WARNING
    fix = "add a condition: aws:SourceAccount, or aws:SourceArn of the bus or rule"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements of keys in use that let EventBridge in for anybody."""
        for key in keys_in_use(topology):
            for statement in filter(_uses_it, key.statements):
                if not names_service(statement, EVENTBRIDGE):
                    continue
                message = f"key {key.arn} may be used by EventBridge for any account"
                question = f"whether key {key.arn} may be used for any account"
                yield from self.judged(lets_any_source_in(statement), statement.location, message, question=question)


def _uses_it(statement: PolicyStatement) -> bool:
    """Return whether a statement lets somebody encrypt or decrypt: AWS's examples leave kms:DescribeKey open."""
    return any(allows_action(statement, action) for action in WRITE)
