"""The events of a topology, each on each bus: declared by producers, published by AWS services, asked for by rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cdk_eventbridge_patterns.catalog.asked_for import AskedType, asked_types
from cdk_eventbridge_patterns.catalog.entries import Publication, Receipt, Unlisted
from cdk_eventbridge_patterns.catalog.grouped import grouped
from cdk_eventbridge_patterns.catalog.participant import Participant, Participants, publishing
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.errors import TraceError
from cdk_eventbridge_patterns.simulation.flow import Flow, declared_flows
from cdk_eventbridge_patterns.simulation.proof import proof_of
from cdk_eventbridge_patterns.simulation.reception import Reception, receptions
from cdk_eventbridge_patterns.simulation.ways import ways_of
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.default_buses import default_buses_for
from cdk_eventbridge_patterns.topology.event_type_pattern import lets_through
from cdk_eventbridge_patterns.topology.registered_schema import RegisteredSchema
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.text import account_of, bus_name_of, region_of
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer


class _Described(NamedTuple):
    """An event on a bus, before anyone asked who receives it."""

    event: str
    name: EventName | None
    bus: Bus
    stamp: EventStamp
    asked: AskedType | None = None
    asked_by: tuple[Rule, ...] = ()


class Publications:
    """The events on the buses of a topology, and who receives them.

    Args:
        topology: The topology.

        participants: Whom its resources belong to.
    """

    def __init__(self, topology: Topology, participants: Participants) -> None:
        self._topology = topology
        self._participants = participants
        self._rules = sorted(topology.rules, key=_place_of_element)
        self._asked = {id(rule): asked_types(rule) for rule in self._rules}
        flows = list(declared_flows(topology))
        self._flows = grouped(((flow.event.name, flow.bus.arn), flow) for flow in flows)
        self._declared_for = grouped((id(flow.rule), flow.event) for flow in flows)

    def all(self) -> Iterator[Publication]:
        """Return each event on each bus."""
        described = [*self._declared(), *self._of_aws()]
        described += self._asked_for(described)
        return map(self._publication, described)

    def unlisted(self, rule: Rule, publications: Iterable[Publication]) -> Unlisted | None:
        """Return why *rule* may take what *publications* of its bus are not, nothing where it surely takes one."""
        takes = any(each.stamp is not None and lets_through(rule, each.stamp) is True for each in publications)
        return None if takes else self._asked[id(rule)][1]

    def _declared(self) -> Iterator[_Described]:
        buses = sorted(self._topology.buses, key=_place_of_element)
        found = {(event.name, bus.arn): (event, bus) for bus in buses for event in bus.publishes}
        return (_Described(str(event.name), event.name, bus, event) for event, bus in found.values())

    def _of_aws(self) -> Iterator[_Described]:
        """Return the events of AWS services that rules are declared for, on the default buses they are taken off."""
        found: dict[tuple[EventName, str], Bus] = {}
        for rule in self._rules:
            for event in () if rule.stamp is None else rule.stamp.aws_events:
                for bus in default_buses_for(self._topology, rule, event.name):
                    if bus.arn == rule.bus_arn:
                        found.setdefault((event.name, bus.arn), bus)
        for (name, _), bus in found.items():
            yield _Described(str(name), name, bus, bus.publishes[0])

    def _asked_for(self, declared: Iterable[_Described]) -> Iterator[_Described]:
        """Return the events that rules ask for, that nobody declares on their bus, and that no rule brings there."""
        on_bus = defaultdict(list)
        for described in declared:
            on_bus[described.bus.arn].append(described.stamp)
        asked: dict[tuple[str, AskedType], list[Rule]] = defaultdict(list)
        for rule in self._rules:
            for each in self._unexplained(rule, on_bus[rule.bus_arn]):
                asked[rule.bus_arn, each].append(rule)
        for (arn, each), rules in asked.items():
            name = _only_name(self._named(rule, each) for rule in rules)
            bus = self._topology.bus(arn) or _unread_bus(arn, rules[0])
            yield _Described(str(name or each.title), name, bus, each.stamp(name), each, tuple(rules))

    def _unexplained(self, rule: Rule, declared: Sequence[EventStamp]) -> Iterator[AskedType]:
        """Return what *rule* asks for and nobody declares, for its bus or for the rule.

        A rule for several sources and several detail-types asks for all pairs of them, but is there for some.
        """
        known: list[AskedType] = []
        others: list[AskedType] = []
        events = [*declared, *self._declared_for.get(id(rule), ())]
        for asked in self._asked[id(rule)][0]:
            is_declared = any(asked.agrees_with(*_type_of(event)) for event in events)
            (known if is_declared or self._is_brought(rule, asked) else others).append(asked)
        sources, detail_types = {each.source for each in known}, {each.detail_type for each in known}
        return (each for each in others if each.source not in sources or each.detail_type not in detail_types)

    def _named(self, rule: Rule, asked: AskedType) -> EventName | None:
        """Return what a consumer calls an event, where its rule is for this one alone."""
        names = () if rule.stamp is None else rule.stamp.consumes
        return names[0] if len(names) == 1 and self._asked[id(rule)] == ([asked], None) else None

    def _is_brought(self, rule: Rule, asked: AskedType) -> bool:
        """Return whether what *rule* asks for comes from another bus."""
        movers = (move.rule for move in self._topology.moves_to(rule.bus_arn))
        return any(
            any(asked.agrees_with(each.source, each.detail_type) for each in self._asked[id(mover)][0])
            or lets_through(mover, asked.stamp()) is True
            for mover in movers
            if mover.bus_arn != rule.bus_arn
        )

    def _publication(self, described: _Described) -> Publication:
        asked, bus, stamp = described.asked, described.bus, described.stamp
        source, detail_type = _type_of(stamp) if asked is None else (asked.source, asked.detail_type)
        received = self._received(stamp, bus)
        if asked is None:
            received += self._not_received(described, received)
        return Publication(
            event=described.event,
            bus_arn=bus.arn,
            name=described.name,
            source=source,
            detail_type=detail_type,
            stamp=stamp if asked is None else None,
            publisher=publishing(stamp),
            schemas=tuple(self._schemas_beside(bus, stamp)),
            receipts=tuple(sorted(received, key=_place_of_receipt)),
            asked_by=described.asked_by,
        )

    def _received(self, event: EventStamp, bus: Bus) -> list[Receipt]:
        """Return who receives *event*, nobody where `PutEvents` would refuse it."""
        try:
            return [self._receipt(each) for each in receptions(self._topology, event, bus)]
        except TraceError as error:
            return [
                Receipt(
                    consumer=self._participants.receiving_by(way.rules[-1], way.target),
                    target_arn=way.target.arn,
                    rules=way.rules,
                    arrives=False,
                    reason=str(error),
                )
                for way in ways_of(self._topology, event, bus.arn)
            ]

    def _schemas_beside(self, bus: Bus, event: EventStamp) -> Iterator[RegisteredSchema]:
        """Return the schemas in the account that publishes an event: another stage may promise something else."""
        place = (event.account or bus.account, bus.region)
        registered = self._topology.schemas_of(event.source, event.detail_type)
        return (each for each in registered if (each.account, each.region) == place)

    def _receipt(self, reception: Reception) -> Receipt:
        return Receipt(
            consumer=self._participants.receiving(reception),
            target_arn=reception.way.target.arn,
            rules=reception.way.rules,
            arrives=reception.arrives,
            reason=reception.reason,
            declared=reception.declared,
            fed_from=reception.fed_from,
        )

    def _not_received(self, described: _Described, received: list[Receipt]) -> Iterator[Receipt]:
        """Return the declared flows of an event that no way leads along, with what is in their way."""
        found = {(id(each.rules[-1]), each.target_arn) for each in received}
        for flow in self._flows.get((described.stamp.name, described.bus.arn), ()):
            if (id(flow.rule), flow.target.arn) not in found:
                arrives, reason = self._proven(flow)
                yield Receipt(
                    consumer=self._participants.receiving_by(flow.rule, flow.target),
                    target_arn=flow.target.arn,
                    rules=(flow.rule,),
                    arrives=arrives,
                    reason=reason,
                    declared=True,
                )

    def _proven(self, flow: Flow) -> tuple[Answer, str | None]:
        """Return whether a flow arrives, and what is in its way."""
        try:
            proof = proof_of(self._topology, flow)
        except TraceError as error:
            return False, str(error)
        if proof.obstacle is None:
            return proof.arrives, None
        said = f"{proof.obstacle.says}: {proof.obstacle.reason}"
        return proof.arrives, f"not so: {said}" if proof.arrives is False else said


def _type_of(event: EventStamp) -> tuple[str, str]:
    return event.source, event.detail_type


def _only_name(names: Iterator[EventName | None]) -> EventName | None:
    """Return the name that all agree on who have one, nothing where they don't."""
    found = set(names) - {None}
    return found.pop() if len(found) == 1 else None


def _unread_bus(arn: str, rule: Rule) -> Bus:
    """Return a bus that no template makes; a rule on it is all there is to point at."""
    return Bus(
        kind=rule.kind,
        arn=arn,
        name=bus_name_of(arn),
        account=account_of(arn),
        region=region_of(arn),
        location=rule.location,
    )


def _place_of_element(element: Rule | Bus) -> tuple[str, str]:
    return element.arn, f"{element.location.template_file}: {element.location}"


def _place_of_receipt(receipt: Receipt) -> tuple[Participant, str, tuple[str, ...]]:
    return receipt.consumer, receipt.target_arn, tuple(rule.arn for rule in receipt.rules)
