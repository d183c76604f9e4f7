"""Who publishes and who receives what, from templates, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cdk_eventbridge_patterns.catalog.asked_for import AskedType
from cdk_eventbridge_patterns.catalog.entries import BusEntry, Consumption, EventEntry, Publication, ServiceEntry
from cdk_eventbridge_patterns.catalog.grouped import grouped
from cdk_eventbridge_patterns.catalog.participant import Participant, ParticipantKind, Participants
from cdk_eventbridge_patterns.catalog.publications import Publications
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.registered_schema import RegisteredSchema
from cdk_eventbridge_patterns.topology.text import bus_name_of
from cdk_eventbridge_patterns.topology.topology import Topology


@dataclass(frozen=True, kw_only=True)
class Directory:
    """Who publishes and who receives what, sorted by name.

    Args:
        services: Services; and stacks, accounts and AWS services, where no stamp says which service it is.

        events: Events that somebody declares, that a rule asks for by name, or that a registry holds a schema of.

        buses: Buses that templates make, or that rules are on or bring events to.
    """

    services: tuple[ServiceEntry, ...]
    events: tuple[EventEntry, ...]
    buses: tuple[BusEntry, ...]

    @classmethod
    def of(cls, topology: Topology) -> Directory:
        """Return the directory of all that was read."""
        return _Listing(topology).directory()


class _Listing:
    """A topology, sorted into entries."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._participants = Participants(topology)
        self._publications = Publications(topology, self._participants)

    def directory(self) -> Directory:
        publications = sorted(self._publications.all(), key=_place)
        return Directory(
            services=tuple(self._services(publications)),
            events=tuple(self._events(publications)),
            buses=tuple(self._buses(publications)),
        )

    def _events(self, publications: list[Publication]) -> Iterator[EventEntry]:
        by_event = grouped((each.event, each) for each in publications)
        registered = self._registered(publications)
        for title in sorted({*by_event, *registered}):
            published = by_event.get(title, [])
            yield EventEntry(
                title=title,
                name=next((each.name for each in published), None),
                publications=tuple(published),
                registered=tuple(registered.get(title, ())),
            )

    def _registered(self, publications: list[Publication]) -> Mapping[str, list[RegisteredSchema]]:
        """Return the schemas that no publication has, by the event they are of."""
        listed = {id(schema) for each in publications for schema in each.schemas}
        titles = {(each.source, each.detail_type): each.event for each in publications}
        return grouped(
            (titles.get((each.source, each.detail_type), AskedType(each.source, each.detail_type).title), each)
            for each in self._topology.schemas
            if id(each) not in listed and each.source is not None and each.detail_type is not None
        )

    def _buses(self, publications: list[Publication]) -> Iterator[BusEntry]:
        by_bus = grouped((each.bus_arn, each) for each in publications)
        rules = grouped((rule.bus_arn, rule) for rule in sorted(self._topology.rules, key=lambda rule: rule.arn))
        moved_to = (move.target.arn for move in self._topology.moves())
        arns = {*(bus.arn for bus in self._topology.buses), *rules, *moved_to}
        for arn in sorted(arns, key=lambda arn: (bus_name_of(arn), arn)):
            bus, on_it = self._topology.bus(arn), by_bus.get(arn, [])
            unlisted = (self._publications.unlisted(rule, on_it) for rule in rules.get(arn, ()))
            yield BusEntry(
                arn=arn,
                owner=self._participants.owning_bus(arn, bus),
                bus=bus,
                publications=tuple(sorted(on_it, key=lambda each: not each.declared)),
                unlisted=tuple(each for each in unlisted if each is not None),
                statements=self._topology.statements_on(arn),
            )

    def _services(self, publications: list[Publication]) -> Iterator[ServiceEntry]:
        owned = grouped((self._participants.owning(each), each) for each in self._elements())
        buses = grouped((self._participants.owning(bus), bus.arn) for bus in self._topology.buses)
        published = grouped((each.publisher, each) for each in publications if each.publisher is not None)
        consumed = grouped(_consumptions(publications))
        services = {participant for participant in owned if participant.kind is ParticipantKind.SERVICE}
        known = {each.event for each in publications}
        for participant in sorted({*services, *buses, *published, *consumed}):
            own, publishes = owned.get(participant, []), published.get(participant, [])
            yield ServiceEntry(
                participant=participant,
                owners=tuple(sorted(_owners(own, publishes))),
                places=tuple(sorted({(each.account, each.region) for each in own})),
                bus_arns=tuple(sorted(buses.get(participant, ()))),
                publishes=tuple(publishes),
                consumes=tuple(consumed.get(participant, ())),
                unread=tuple(sorted(name for name in _consumed_names(own) if str(name) not in known)),
            )

    def _elements(self) -> Iterator[Element]:
        yield from self._topology.buses
        yield from self._topology.rules
        yield from self._topology.receivers


def _place(publication: Publication) -> tuple[str, str]:
    return publication.event, publication.bus_arn


def _consumptions(publications: Iterable[Publication]) -> Iterator[tuple[Participant, Consumption]]:
    for publication in publications:
        for consumer, receipts in grouped((each.consumer, each) for each in publication.receipts).items():
            yield consumer, Consumption(publication=publication, receipts=tuple(receipts))


def _owners(elements: Iterable[Element], published: Iterable[Publication]) -> set[str]:
    """Return the teams that stamps name, those of a service's resources and of its events."""
    stamps = (*(each.stamp for each in elements), *(each.stamp for each in published))
    return {stamp.owner for stamp in stamps if stamp is not None and stamp.owner is not None}


def _consumed_names(elements: Iterable[Element]) -> set[EventName]:
    return {name for each in elements if each.stamp is not None for name in each.stamp.consumes}
