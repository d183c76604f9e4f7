"""The flows that a topology declares: which event of which producer comes to which target of which consumer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.event_type_pattern import EventTypePattern
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Delivery, Topology


@dataclass(frozen=True, kw_only=True)
class Flow:
    """An event that is declared to come from the bus of its producer to a target of a consumer's rule.

    Args:
        event: The event.

        bus: The bus of its producer.

        rule: The rule that is there for it.

        target: The target of that rule.

        movers: The rules on the producer's bus that bring it to the bus of *rule*, each by itself. Default: *rule* is
            on the producer's bus.
    """

    event: EventStamp
    bus: Bus
    rule: Rule
    target: Target
    movers: tuple[Rule, ...] = ()

    @property
    def is_direct(self) -> bool:
        """Whether the rule is on the bus of the producer."""
        return self.rule.bus_arn == self.bus.arn

    @property
    def consumer(self) -> str:
        """The service that consumes it."""
        return "" if self.rule.stamp is None else self.rule.stamp.service

    def __str__(self) -> str:
        return f"{self.event.name} from {self.bus.name} to {self.target.arn}"


def declared_flows(topology: Topology) -> Iterator[Flow]:
    """Return the flows that stamps declare: each event that a rule is there for, to each target of the rule.

    A flow ends where no other rule takes the event on.

    Where several stages have a bus for the event, the flow is from the one that a rule brings it from; if none does,
    from the one whose name is most like that of the consumer's bus. Events whose producer was not read are left out.
    """
    for delivery in topology.deliveries():
        stamp = delivery.rule.stamp
        for name in () if stamp is None else stamp.consumes:
            if not _goes_on(topology, delivery, name):
                yield from _flows(topology, delivery, name)


def _goes_on(topology: Topology, delivery: Delivery, name: EventName) -> bool:
    """Return whether a rule on the bus that is delivered to is there for the event: then the flow ends there."""
    rules = topology.rules_on(delivery.target.arn) if delivery.target.is_bus else ()
    return any(rule.stamp is not None and name in rule.stamp.consumes for rule in rules)


def _flows(topology: Topology, delivery: Delivery, name: EventName) -> Iterator[Flow]:
    rule = delivery.rule
    found = [_flow(topology, delivery, bus, name) for bus in topology.publishers_of(name)]
    connected = [flow for flow in found if flow.is_direct or flow.movers]
    if connected:
        yield from connected
    elif found:
        yield max(found, key=lambda flow: _alike(flow.bus.name, rule.bus_name))


def _flow(topology: Topology, delivery: Delivery, bus: Bus, name: EventName) -> Flow:
    rule = delivery.rule
    event = next(each for each in (bus.stamp.publishes if bus.stamp else ()) if each.name == name)
    movers = () if rule.bus_arn == bus.arn else tuple(_movers(topology, bus, rule.bus_arn, event))
    return Flow(event=event, bus=bus, rule=rule, target=delivery.target, movers=movers)


def _movers(topology: Topology, bus: Bus, to_bus: str, event: EventStamp) -> Iterator[Rule]:
    """Return the rules on *bus* that may bring *event* to another bus."""
    for move in topology.moves_to(to_bus):
        pattern = EventTypePattern.of(move.rule) if move.rule.bus_arn == bus.arn else None
        if pattern is not None and pattern.matches(event) is not False:
            yield move.rule


def _alike(one: str, other: str) -> int:
    """Return how many characters two names begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
