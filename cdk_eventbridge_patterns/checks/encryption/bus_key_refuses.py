"""ENC003."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.key_uses import bus_key_decision, not_read
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology


class BusKeyRefuses(TopologyCheck):
    """A bus whose KMS key does not let EventBridge use it.

    ## Why this matters
    Events can't be encrypted or read again: publishing fails, or what was published is lost.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html

    ## Avoid
        events.CfnEventBus(self, "Bus", kms_key_identifier=key.key_arn)  # and nothing in the key's policy

    ## Prefer
        a key policy with kms:DescribeKey, kms:GenerateDataKey and kms:Decrypt for events.amazonaws.com

    ## What it misses
    Keys that no template holds, and whether kms:DescribeKey meets a condition on the encryption context, which is
    not documented: there it says that it can't decide.

    ## When to acknowledge it
    The key policy is written by another tool.
    """

    id = "ENC003"
    severity = Severity.ERROR
    fix = "let events.amazonaws.com do kms:DescribeKey, kms:GenerateDataKey and kms:Decrypt in the key policy"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses whose key keeps EventBridge out."""
        for bus in topology.buses:
            if bus.key_arn is None or bus.kind is BusKind.V2:
                continue
            place, question = bus.location.at("KmsKeyIdentifier"), f"whether key {bus.key_arn} lets EventBridge in"
            key = topology.key(bus.key_arn, account=bus.account, region=bus.region)
            if key is None:
                yield self.undecided(place, question, not_read(bus.key_arn))
                continue
            decision = bus_key_decision(bus, key)
            if decision.refuses:
                message = f"key {bus.key_arn} of bus {bus.name!r} does not let EventBridge in: {decision.reason}"
                yield self.finding(place, message)
            elif decision.undecided is not None:
                yield self.undecided(place, question, decision.undecided)
