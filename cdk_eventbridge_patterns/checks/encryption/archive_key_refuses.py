"""ENC007."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.key_uses import archive_key_decision, not_read
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class ArchiveKeyRefuses(TopologyCheck):
    """An archive whose KMS key does not let EventBridge use it.

    ## Why this matters
    Nothing can be archived or replayed.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html

    ## Avoid
        events.Archive(self, "Archive", kms_key=key, …)  # and nothing in the key's policy

    ## Prefer
        EncryptionKey(self, "Key", service="orders")  # as encryption= of the bus: it lets EventBridge do all four

    ## What it misses
    Keys that no template holds, and by which ARN EventBridge names itself here, which was not found documented:
    there it says that it can't decide.

    ## When to acknowledge it
    The key policy is written by another tool.
    """

    id = "ENC007"
    severity = Severity.ERROR
    fix = "let events.amazonaws.com do kms:DescribeKey, kms:GenerateDataKey, kms:Decrypt and kms:ReEncrypt*"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the archives whose key keeps EventBridge out."""
        for archive in topology.archives:
            if archive.key_arn is None:
                continue
            place, question = (
                archive.location.at("KmsKeyIdentifier"),
                f"whether key {archive.key_arn} lets EventBridge in",
            )
            key = topology.key(archive.key_arn, account=archive.account, region=archive.region)
            if key is None:
                yield self.undecided(place, question, not_read(archive.key_arn))
                continue
            decision = archive_key_decision(archive, key)
            if decision.refuses:
                message = (
                    f"key {archive.key_arn} of archive {archive.name!r} does not let EventBridge in: {decision.reason}"
                )
                yield self.finding(place, message)
            elif decision.undecided is not None:
                yield self.undecided(place, question, decision.undecided)
