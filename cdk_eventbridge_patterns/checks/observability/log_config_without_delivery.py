"""OBS002."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology

_TYPES = {
    "ERROR": ("ERROR_LOGS",),
    "INFO": ("ERROR_LOGS", "INFO_LOGS"),
    "TRACE": ("ERROR_LOGS", "INFO_LOGS", "TRACE_LOGS"),
}


class LogConfigWithoutDelivery(TopologyCheck):
    """A bus that logs, and whose logs are delivered nowhere.

    ## Why this matters
    `LogConfig` alone delivers nothing. Levels add up: INFO takes a source for errors and one for info, TRACE a
    third. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html

    ## Avoid
        events.EventBus(self, "Bus", log_config=events.LogConfig(level=events.Level.INFO))

    ## Prefer
        the same, with CfnDeliverySource, CfnDeliveryDestination and CfnDelivery for ERROR_LOGS and INFO_LOGS

    ## What it misses
    Deliveries that are made by something other than CloudFormation.

    ## When to acknowledge it
    Another tool makes the deliveries.
    """

    id = "OBS002"
    severity = Severity.WARNING
    fix = "add an AWS::Logs::DeliverySource for each log type, a DeliveryDestination and a Delivery"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses whose logs, or some of them, go nowhere."""
        for bus in topology.buses:
            delivered = {each.log_type for each in topology.log_deliveries if each.bus_arn == bus.arn}
            lacking = [each for each in _TYPES.get(bus.log_level or "", ()) if each not in delivered]
            if lacking:
                message = (
                    f"bus {bus.name!r} logs at {bus.log_level}, and its {' and '.join(lacking)} are delivered nowhere"
                )
                yield self.finding(bus.location.at("LogConfig"), message)
