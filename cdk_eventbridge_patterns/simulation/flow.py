"""The flows that a topology declares: which event of which producer comes to which target of which consumer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.naming.bus_reference import DEFAULT_BUS
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.default_buses import default_buses_for
from cdk_eventbridge_patterns.topology.event_type_pattern import lets_through
from cdk_eventbridge_patterns.topology.rule import Delivery, Rule, Target
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of


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

        perhaps: Why nobody can say whether another rule brings it besides. Default: none does.
    """

    event: EventStamp
    bus: Bus
    rule: Rule
    target: Target
    movers: tuple[Rule, ...] = ()
    perhaps: Undecided | None = None

    @property
    def is_direct(self) -> bool:
        """Whether the rule is on the bus of the producer."""
        return self.rule.bus_arn == self.bus.arn

    @property
    def consumer(self) -> str:
        """The service that consumes it."""
        return "" if self.rule.stamp is None else self.rule.stamp.service

    @property
    def ways(self) -> Iterator[tuple[Rule, ...]]:
        """The rules that it passes, one after the other, by each way there is."""
        if self.is_direct:
            yield (self.rule,)
        yield from ((mover, self.rule) for mover in self.movers)

    def __str__(self) -> str:
        return f"{self.event.name} from {self.bus.name} to {self.target.arn}"


def declared_flows(topology: Topology) -> Iterator[Flow]:
    """Return the flows that stamps declare: each event that a rule is there for, to each target of the rule.

    A flow ends where no other rule takes the event on.

    Where several stages have a bus for the event, the flow is from the one that a rule brings it from; if none does,
    from the one whose name is most like that of the consumer's bus. An event of an AWS service is published on every
    default bus; if no rule brings it, the flow is from that of the consumer's account. Events whose producer was not
    read are left out.
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
    buses = (*topology.publishers_of(name), *default_buses_for(topology, rule, name))
    found = [_flow(topology, delivery, bus, name) for bus in buses]
    connected = [flow for flow in found if flow.is_direct or flow.movers]
    if connected:
        yield from (flow for flow in connected if flow.bus.name != DEFAULT_BUS or topology.knows(flow.bus.arn))
    elif found:
        yield max(found, key=lambda flow: (_alike(flow.bus.name, rule.bus_name), flow.bus.account == rule.account))


def _flow(topology: Topology, delivery: Delivery, bus: Bus, name: EventName) -> Flow:
    rule = delivery.rule
    event = next(each for each in bus.publishes if each.name == name)
    brought = [] if rule.bus_arn == bus.arn else list(_movers(topology, bus, rule, event))
    return Flow(
        event=event,
        bus=bus,
        rule=rule,
        target=delivery.target,
        movers=tuple(mover for mover, there in brought if there is True),
        perhaps=next((there for _, there in brought if isinstance(there, Undecided)), None),
    )


def _movers(topology: Topology, bus: Bus, rule: Rule, event: EventStamp) -> Iterator[tuple[Rule, Answer]]:
    """Return the rules that bring *event* from *bus* to that of *rule*, and those that may."""
    on_bus = same(rule.bus_arn, bus.arn)
    if isinstance(on_bus, Undecided):
        yield rule, on_bus
    for mover, goes_there in topology.movers_to(rule.bus_arn):
        there = all_of([goes_there, same(mover.bus_arn, bus.arn)])
        if there is not False and lets_through(mover, event) is not False:
            yield mover, there


def _alike(one: str, other: str) -> int:
    """Return how many characters two names begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
