"""ENC014."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.topology import Topology

_PROPERTIES = {
    "AWS::SQS::Queue": "KmsMasterKeyId",
    "AWS::SNS::Topic": "KmsMasterKeyId",
    "AWS::Kinesis::Stream": "StreamEncryption.KeyId",
    "AWS::Logs::LogGroup": "KmsKeyId",
}


class KeyAliasUndeclared(TopologyCheck):
    """A bus, archive, queue, topic or stream that names its KMS key by an alias which no template declares.

    ## Why this matters
    An alias that is not there is no key: the deployment fails, or nothing can be encrypted. Most often a name is wrong,
    or the alias belongs to another Region.
    https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html

    ## Avoid
        "KmsMasterKeyId": "alias/acme-prod-order"

    ## Prefer
        "KmsMasterKeyId": "alias/acme-prod-orders"

    ## What it misses
    Aliases of accounts and Regions of which no template was read, and AWS's own, `alias/aws/…`. Tables, and all else
    that is neither a bus nor what a rule delivers to.

    ## When to acknowledge it
    The alias is made by something whose templates are not at hand.
    """

    id = "ENC014"
    severity = Severity.ERROR
    fix = "declare the alias in the account and Region of what it encrypts, or put its name right"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return what names an alias that is declared nowhere where it should be."""
        for what, alias, account, region, place in _encrypted(topology):
            if topology.lacks_alias(alias, account=account, region=region):
                yield self.finding(place, f"{alias}, the key of {what}, is declared by no template")


def _encrypted(topology: Topology) -> Iterator[tuple[str, str, str, str, Location]]:
    """Return all that may name an alias: what it is, the alias, where it must be, and where that is written."""
    for bus in topology.buses:
        if bus.key_arn is not None:
            yield f"bus {bus.name!r}", bus.key_arn, bus.account, bus.region, bus.location.at("KmsKeyIdentifier")
    for archive in topology.archives:
        if archive.key_arn is not None:
            place = archive.location.at("KmsKeyIdentifier")
            yield f"archive {archive.name!r}", archive.key_arn, archive.account, archive.region, place
    for receiver in topology.receivers:
        if receiver.key is not None:
            place = receiver.location.at(_PROPERTIES[receiver.resource_type])
            yield receiver.arn, receiver.key, receiver.account, receiver.region, place
