"""The events of a state, and which of one state are which of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.differences.declared_event import DeclaredEvent
from cdk_eventbridge_patterns.differences.state import State
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.registered_schema import RegisteredSchema
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology

Pair = tuple[DeclaredEvent | None, DeclaredEvent | None]


def declared_events(state: State) -> tuple[DeclaredEvent, ...]:
    """Return the events of *state*: those of its contract files, else those that templates stamp or register."""
    if state.contracts:
        return tuple(_of_contract(contract, state) for contract in state.contracts)
    return tuple(_of_topology(state.topology))


def paired(base: Sequence[DeclaredEvent], head: Sequence[DeclaredEvent]) -> list[Pair]:
    """Return each event of both states, with nothing in place of one that is in one state alone.

    Events go by their names; one whose name only one of the states says, by its source and detail-type.
    """
    left = list(head)
    pairs: list[Pair] = []
    for old in base:
        new = next((each for each in left if _is_named_as(old, each)), None)
        if new is None:
            new = next((each for each in left if _is_typed_as(old, each)), None)
        if new is not None:
            left.remove(new)
        pairs.append((old, new))
    return [*pairs, *((None, new) for new in left)]


def _is_named_as(old: DeclaredEvent, new: DeclaredEvent) -> bool:
    if old.home != new.home or old.name != new.name:
        return False
    return old.name is not None or (old.event_type, old.title) == (new.event_type, new.title)


def _is_typed_as(old: DeclaredEvent, new: DeclaredEvent) -> bool:
    """Return whether they are one event of which one of the states says no name."""
    return old.home == new.home and None in (old.name, new.name) and _has_type(old, new)


def _has_type(old: DeclaredEvent, new: DeclaredEvent) -> bool:
    return old.event_type is not None and old.event_type == new.event_type


def _of_contract(contract: EventContract, state: State) -> DeclaredEvent:
    event_type = _type_of(contract, state)
    source, detail_type = event_type or (None, None)
    return DeclaredEvent(
        name=contract.name,
        title=str(contract.name),
        event_type=event_type,
        buses=tuple(bus.arn for bus, _ in _stamped(contract, state)),
        schema=EventSchema.of_detail(contract.schema, title=contract.title, source=source, detail_type=detail_type),
        contract=contract,
    )


def _type_of(contract: EventContract, state: State) -> EventType | None:
    """Return source and detail-type as the convention, the contract or the stamp of a bus says them."""
    if state.naming is not None:
        return contract.event_type(state.naming)
    if contract.given_source is not None and contract.given_detail_type is not None:
        return EventType(contract.given_source, contract.given_detail_type)
    return next((_type_of_stamp(stamp) for _, stamp in _stamped(contract, state)), None)


def _stamped(contract: EventContract, state: State) -> Iterator[tuple[Bus, EventStamp]]:
    """Return the buses of consumers' templates, and of whoever else was read, that carry the event for its producer."""
    for bus in state.topology.buses:
        for stamp in bus.publishes:
            if stamp.name == contract.name:
                yield bus, stamp


def _of_topology(topology: Topology) -> list[DeclaredEvent]:
    events: list[DeclaredEvent] = []
    for bus in topology.buses:
        for stamp in bus.publishes:
            event = _of_stamp(bus, stamp)
            known = _find(events, event)
            if known is None:
                events.append(event)
            else:
                events[known] = replace(events[known], buses=(*events[known].buses, bus.arn))
    for registered in topology.schemas:
        event = _of_schema(registered)
        known = _find(events, event)
        if known is None:
            events.append(event)
        elif events[known].schema is None:
            events[known] = replace(events[known], schema=event.schema, location=event.location)
        else:  # another registry of the account has it, too
            title = f"{events[known].title} in {registered.registry}"
            events.append(replace(events[known], title=title, schema=event.schema, location=event.location))
    return events


def _find(events: Sequence[DeclaredEvent], wanted: DeclaredEvent) -> int | None:
    found = (
        number
        for number, event in enumerate(events)
        if event.home == wanted.home
        and (_is_named_as(event, wanted) if event.name and wanted.name else _has_type(event, wanted))
    )
    return next(found, None)


def _of_stamp(bus: Bus, stamp: EventStamp) -> DeclaredEvent:
    return DeclaredEvent(
        name=stamp.name,
        title=str(stamp.name),
        event_type=_type_of_stamp(stamp),
        home=(bus.account, bus.region),
        buses=(bus.arn,),
        sensitive=tuple(stamp.sensitive),
        location=bus.location,
    )


def _of_schema(registered: RegisteredSchema) -> DeclaredEvent:
    stamps = registered.publishes
    name = stamps[0].name if stamps else None
    event_type = None
    title = f"{registered.name} in {registered.registry}"
    if registered.source is not None and registered.detail_type is not None:
        event_type = EventType(registered.source, registered.detail_type)
        title = f"{event_type.detail_type} of {event_type.source}"
    return DeclaredEvent(
        name=name,
        title=title if name is None else str(name),
        event_type=event_type,
        home=(registered.account, registered.region),
        schema=registered.schema,
        sensitive=tuple(stamps[0].sensitive) if stamps else None,
        location=registered.location,
    )


def _type_of_stamp(stamp: EventStamp) -> EventType:
    return EventType(stamp.source, stamp.detail_type)
