"""The events that producers declare."""

from __future__ import annotations

from collections import defaultdict

from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology


class Published:
    """All events that are declared in a topology, by the service that publishes them."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._by_service: dict[str, dict[EventName, EventStamp]] = defaultdict(dict)
        self._by_bus: dict[str, dict[EventName, EventStamp]] = defaultdict(dict)
        for bus in topology.buses:
            for event in bus.publishes:
                self._by_service[event.service][event.name] = event
                self._by_bus[bus.arn][event.name] = event

    def known_to(self, rule: Rule, service: str) -> dict[EventName, EventStamp] | None:
        """Return the events of *service* for a rule, nothing where no template says what it publishes.

        Those of the bus that the rule is on come first: in another stage the service may publish others.
        """
        bus = self._topology.bus(rule.bus_arn)
        its_own = bus is not None and bus.stamp is not None and bus.stamp.service == service
        if its_own and rule.bus_arn in self._by_bus:
            return self._by_bus[rule.bus_arn]
        return self._by_service.get(service, {} if its_own else None)

    def lacking(self, rule: Rule) -> list[EventName]:
        """Return the events that *rule* is for and that their producer does not publish."""
        wanted = rule.stamp.consumes if rule.stamp is not None else ()
        known = ((name, self.known_to(rule, name.service)) for name in wanted)
        return [name for name, events in known if events is not None and name not in events]

    def wanted_by(self, rule: Rule) -> list[EventStamp]:
        """Return the events that *rule* is for, as their producer declares them."""
        wanted = rule.stamp.consumes if rule.stamp is not None else ()
        known = ((self.known_to(rule, name.service) or {}).get(name) for name in wanted)
        return [event for event in known if event is not None]
