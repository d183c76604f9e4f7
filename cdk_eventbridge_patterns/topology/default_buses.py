"""The default buses, which no template makes, as the buses that events of AWS services come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.naming.bus_reference import DEFAULT_BUS
from cdk_eventbridge_patterns.topology.bus import Bus, BusKind
from cdk_eventbridge_patterns.topology.once import once
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.topology.topology import Topology


def default_buses_for(topology: Topology, rule: Rule, name: EventName) -> Iterator[Bus]:
    """Return the default buses that an event *rule* is for may come from; none if it is not of an AWS service.

    Those are the buses that a rule takes it off, and that of the account of *rule*.
    """
    stamped = () if rule.stamp is None else rule.stamp.aws_events
    event = next((each for each in stamped if each.name == name), None)
    if event is None:
        return
    arns = set(_taken_off(topology).get(name, ()))
    if is_literal(rule.account) and is_literal(rule.region):
        arns.add(arn("events", f"event-bus/{DEFAULT_BUS}", region=rule.region, account=rule.account))
    for bus_arn in sorted(arns):
        yield _bus(bus_arn, event, rule)


@once
def _taken_off(topology: Topology) -> Mapping[EventName, set[str]]:
    """Return the default buses that rules take events of AWS services off, by event."""
    found: dict[EventName, set[str]] = {}
    for rule in topology.rules:
        if rule.stamp is not None and rule.bus_name == DEFAULT_BUS and is_literal(rule.bus_arn):
            for event in rule.stamp.aws_events:
                found.setdefault(event.name, set()).add(rule.bus_arn)
    return found


def _bus(bus_arn: str, event: EventStamp, rule: Rule) -> Bus:
    """Return the bus as if a template made it; what asks for it is all there is to point at."""
    _, _, _, region, account, _ = bus_arn.split(":", 5)
    return Bus(
        kind=BusKind.CLASSIC,
        arn=bus_arn,
        name=DEFAULT_BUS,
        account=account,
        region=region,
        location=rule.location,
        stamp=Stamp(service=event.service, publishes=(event,)),
    )
