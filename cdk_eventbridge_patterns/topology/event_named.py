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
    found = [names[0] for names in known if text in names]
    if len(found) > 1:
        raise QuestionError(f"event must name one event, such as '{found[0]}' or '{found[1]}', got {text!r}")
    if not found:
        all_names = [name for names in known for name in names]
        hint = f", such as '{nearest(text, all_names)}'" if all_names else "; there is none"
        raise QuestionError(f"event must be one that a bus declares{hint}, got {text!r}")
    return next(stamp for names, stamp in known.items() if names[0] == found[0])


def _declared(topology: Topology) -> dict[tuple[str, ...], EventStamp]:
    """Return each event once, by all that it is called, in full first; several stages may have a bus for it."""
    return {
        (f"{each.service}/{each.event}.v{each.version}", f"{each.service}/{each.event}", *_without_service(each)): each
        for bus in topology.buses
        if bus.stamp is not None
        for each in bus.stamp.publishes
    }


def _without_service(event: EventStamp) -> tuple[str, str]:
    return f"{event.event}.v{event.version}", event.event
