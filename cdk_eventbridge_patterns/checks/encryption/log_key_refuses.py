"""ENC009."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.key_uses import log_groups_in_use, log_key_decision, not_read
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class LogKeyRefuses(TopologyCheck):
    """A log group that events or logs of a bus are written to, whose KMS key does not let CloudWatch Logs use it.

    ## Why this matters
    Nothing is written. The principal is that of CloudWatch Logs in the Region.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html

    ## Avoid
        logs.CfnLogGroup(self, "Log", kms_key_id=key.key_arn)  # and nothing in the key's policy

    ## Prefer
        a key policy for logs.eu-west-1.amazonaws.com with kms:EncryptionContext:aws:logs:arn the log group's ARN

    ## What it misses
    Keys that no template holds: there it says that it can't decide.

    ## When to acknowledge it
    The key policy is written by another tool.
    """

    id = "ENC009"
    severity = Severity.ERROR
    fix = "let logs.<Region>.amazonaws.com use the key, for the ARN of the log group"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the log groups whose key keeps CloudWatch Logs out."""
        for group in log_groups_in_use(topology):
            place, question = group.location.at("KmsKeyId"), f"whether key {group.key} lets CloudWatch Logs in"
            key = topology.key(group.key or "", account=group.account, region=group.region)
            if key is None:
                yield self.undecided(place, question, not_read(group.key))
                continue
            decision = log_key_decision(group, key)
            if decision.refuses:
                yield self.finding(
                    place, f"key {group.key} does not let CloudWatch Logs write to {group.arn}: {decision.reason}"
                )
            elif decision.undecided is not None:
                yield self.undecided(place, question, decision.undecided)
