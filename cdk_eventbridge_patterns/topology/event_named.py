"""Which event is meant by what somebody wrote."""

from __future__ import annotations

from cdk_eventbridge_patterns.errors import QuestionError
from cdk_eventbridge_patterns.naming.words import nearest
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology


def event_named(topology: Topology, text: str) -> EventStamp:
    """Return the event that *text* names: `orders/OrderPlaced.v1`, or as much of it as there is one event of.

    The service and the version may be left out. Known are the events that producers declare for their buses.

    Raises:
        QuestionError: If there is none, or more than one.
    """
    known = _declared(topology)
    found = [event for event in known if text in _names(event)]
    if len(found) > 1:
        one, other = _told_apart(found[0], found[1])
        raise QuestionError(f"event must name one event, such as '{one}' or '{other}', got {text!r}")
    if not found:
        names = [name for event in known for name in _names(event)]
        hint = f", such as '{nearest(text, names)}'" if names else "; there is none"
        raise QuestionError(f"event must be one that a bus declares{hint}, got {text!r}")
    return found[0]


def _declared(topology: Topology) -> list[EventStamp]:
    """Return each event once: several stages may have a bus for it."""
    declared = (event for bus in topology.buses for event in bus.publishes)
    return list({(_names(event)[0], event.source, event.detail_type): event for event in declared}.values())


def _names(event: EventStamp) -> tuple[str, ...]:
    """Return what an event is called, in full first."""
    title = f"{event.event}.v{event.version}"
    return f"{event.service}/{title}", f"{event.service}/{event.event}", title, event.event


def _told_apart(one: EventStamp, other: EventStamp) -> tuple[str, str]:
    """Return what two events are called, with what they carry where their names are the same."""
    names = _names(one)[0], _names(other)[0]
    if names[0] != names[1]:
        return names
    return f"{names[0]} of source {one.source}", f"{names[1]} of source {other.source}"
