"""Loops through code: a function that gets an event and publishes what leads back to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.evaluation import decide_access
from cdk_eventbridge_patterns.access.openness import holds_to
from cdk_eventbridge_patterns.access.request import Principal, Request
from cdk_eventbridge_patterns.simulation.ways import Way, ways_of
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.receiver import Receiver
from cdk_eventbridge_patterns.topology.security import Role
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.text import account_of
from cdk_eventbridge_patterns.topology.topology import Topology


@dataclass(frozen=True, kw_only=True)
class Loop:
    """A turn of a loop: what comes to code, and what that may publish.

    Args:
        way: The way on which the event comes to the code.

        code: The function or state machine.

        event: The event that comes.

        publishes: The event that it may publish, which leads back to the first.

        on: The bus that it publishes on.
    """

    way: Way
    code: Receiver
    event: EventStamp
    publishes: EventStamp
    on: Bus


_Published = tuple[str, EventStamp]


def loops(topology: Topology) -> Iterator[Loop]:
    """Return the turns of all loops through code whose role is held to the events it publishes."""
    turns: dict[_Published, list[Loop]] = defaultdict(list)
    publishable: dict[str, list[tuple[Bus, EventStamp]]] = {}
    for bus, event in _declared(topology):
        for way in ways_of(topology, event, bus.arn):
            for code in topology.code_behind(way.target.arn):
                if code.arn not in publishable:
                    publishable[code.arn] = list(_publishable(topology, code))
                for on, published in publishable[code.arn]:
                    turn = Loop(way=way, code=code, event=event, publishes=published, on=on)
                    turns[bus.arn, event].append(turn)
    for start, following in turns.items():
        yield from (turn for turn in following if _leads_to(start, (turn.on.arn, turn.publishes), turns))


def _declared(topology: Topology) -> Iterator[tuple[Bus, EventStamp]]:
    return ((bus, event) for bus in topology.buses if bus.stamp is not None for event in bus.stamp.publishes)


def _publishable(topology: Topology, code: Receiver) -> Iterator[tuple[Bus, EventStamp]]:
    """Return the events that the role of *code* is held to publish, and on which buses.

    A role that may publish whatever it likes says nothing about what it does publish.
    """
    role = topology.role(code.role_arn or "")
    if role is not None:
        yield from ((bus, event) for bus, event in _declared(topology) if _is_held_to(topology, role, bus, event))


def _is_held_to(topology: Topology, role: Role, bus: Bus, event: EventStamp) -> bool:
    """Return whether *role* may publish *event*, by a statement that names its detail-type."""
    request = Request(
        principal=Principal.of_role(role.arn),
        action="events:PutEvents",
        resource=bus.arn,
        given={
            "events:source": event.source,
            "events:detail-type": event.detail_type,
            "events:eventBusInvocation": "false",
            **topology.organization_of(role.account),
        },
    )
    decision = decide_access(
        request,
        identity=role.permissions,
        resource=topology.statements_on(bus.arn),
        resource_account=account_of(bus.arn),
    )
    statement = decision.statement
    return decision.answer is True and statement is not None and holds_to(statement, "events:detail-type")


def _leads_to(goal: _Published, start: _Published, turns: Mapping[_Published, list[Loop]]) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        following = {(turn.on.arn, turn.publishes) for turn in turns.get(here, ())} - seen
        waiting += following
        seen |= following
    return False
