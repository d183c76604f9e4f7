"""ENC013."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.key_uses import bus_log_decision
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.topology.topology import Topology


class BusKeyRefusesLogs(TopologyCheck):
    """A bus that logs and whose own key does not let the logs be delivered.

    ## Why this matters
    On its way a log record is encrypted by the key of the bus: EventBridge must be allowed to encrypt it, and
    `delivery.logs.amazonaws.com` to decrypt it, whatever key the log group has.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html

    ## Avoid
        events.EventBus(self, "Bus", kms_key=key, log_config=events.LogConfig(level=events.Level.INFO))

    ## Prefer
        key.allow_logs_of_buses()  # of an EncryptionKey

    ## What it misses
    Keys that no template holds.

    ## When to acknowledge it
    The key policy is written by another tool.
    """

    id = "ENC013"
    severity = Severity.ERROR
    fix = (
        "let events.amazonaws.com do kms:GenerateDataKey and delivery.logs.amazonaws.com kms:Decrypt and "
        "kms:GenerateDataKey, with kms:EncryptionContext:SourceArn the log groups of the account"
    )

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses with a key that keeps their logs from being delivered."""
        for bus in topology.buses:
            level = bus.log_level or "OFF"
            if bus.key_arn is None or bus.kind is not BusKind.CLASSIC or level == "OFF" or not is_literal(level):
                continue
            key = topology.key(bus.key_arn, account=bus.account, region=bus.region)
            if key is None:
                continue  # another check's
            decision, place = bus_log_decision(bus, key), bus.location.at("LogConfig")
            if decision.refuses:
                message = f"key {bus.key_arn} does not let the logs of bus {bus.name!r} be delivered: {decision.reason}"
                yield self.finding(place, message)
            elif decision.undecided is not None:
                question = f"whether key {bus.key_arn} lets the logs of bus {bus.name!r} be delivered"
                yield self.undecided(place, question, decision.undecided)
