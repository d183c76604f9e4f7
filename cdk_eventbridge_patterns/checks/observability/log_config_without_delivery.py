"""OBS002."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import Bus, LogDelivery
from cdk_eventbridge_patterns.topology.text import is_known, is_literal, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of

_TYPES = {
    "ERROR": ("ERROR_LOGS",),
    "INFO": ("ERROR_LOGS", "INFO_LOGS"),
    "TRACE": ("ERROR_LOGS", "INFO_LOGS", "TRACE_LOGS"),
}


class LogConfigWithoutDelivery(TopologyCheck):
    """A bus that logs, and whose logs are delivered nowhere.

    ## Why this matters
    `LogConfig` alone delivers nothing: each type of log takes a delivery source, which a delivery joins to a
    destination. Levels add up, so INFO takes two sources and TRACE three.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html

    ## Avoid
        events.EventBus(self, "Bus", log_config=events.LogConfig(level=events.Level.INFO))

    ## Prefer
        source = logs.CfnDeliverySource(self, "Errors", resource_arn=bus.event_bus_arn, log_type="ERROR_LOGS", …)
        logs.CfnDelivery(self, "Delivery", delivery_source_name=source.name, …)  # and the same for INFO_LOGS

    ## What it misses
    Deliveries in templates that were not read. Subscribers of the newer bus, which log by themselves.

    ## When to acknowledge it
    Another tool makes the deliveries.
    """

    id = "OBS002"
    severity = Severity.WARNING
    fix = "add an AWS::Logs::DeliverySource for each type, and a Delivery that joins it to a DeliveryDestination"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses whose logs, or some of them, go nowhere."""
        deliveries = _by_bus(topology)
        for bus in topology.buses:
            place, level = bus.location.at("LogConfig"), bus.log_level or "OFF"
            if not is_literal(level):
                undecided = Undecided(f"its level is {level}")
                yield self.undecided(place, f"whether the logs of bus {bus.name!r} are delivered", undecided)
                continue
            answers = {each: _is_delivered(deliveries, bus, each) for each in _TYPES.get(level, ())}
            lacking = [each for each, answer in answers.items() if answer is False]
            if lacking:
                message = f"bus {bus.name!r} logs at {level}, and its {' and '.join(lacking)} are delivered nowhere"
                yield self.finding(place, message)
                continue
            answer = all_of(answers.values())
            if isinstance(answer, Undecided):
                yield self.undecided(place, f"whether the logs of bus {bus.name!r} are delivered", answer)


def _by_bus(topology: Topology) -> Mapping[str, Sequence[LogDelivery]]:
    """Return the deliveries by their bus; under no name, those of which nobody can say beforehand which it is."""
    found: dict[str, list[LogDelivery]] = defaultdict(list)
    for delivery in topology.log_deliveries:
        found[delivery.bus_arn if is_known(delivery.bus_arn) else ""].append(delivery)
    return found


def _is_delivered(deliveries: Mapping[str, Sequence[LogDelivery]], bus: Bus, log_type: str) -> Answer:
    candidates = [*deliveries.get(bus.arn, ()), *deliveries.get("", ())]
    return any_of(_delivers(each, bus, log_type) for each in candidates)


def _delivers(delivery: LogDelivery, bus: Bus, log_type: str) -> Answer:
    made = True if delivery.conditional is None else delivery.conditional
    return all_of([same(delivery.log_type, log_type), same(delivery.bus_arn, bus.arn), made])
