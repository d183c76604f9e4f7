"""Loops through code: a function that gets an event and publishes what leads back to it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.actions import PUT_EVENTS
from cdk_eventbridge_patterns.access.applies import applies, may_be_about
from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.evaluation import decide_access
from cdk_eventbridge_patterns.access.openness import holds_to
from cdk_eventbridge_patterns.access.publishing import publishing
from cdk_eventbridge_patterns.access.request import Principal
from cdk_eventbridge_patterns.simulation.ways import Way, Ways
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.receiver import Receiver
from cdk_eventbridge_patterns.topology.security import Role
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.text import account_of, like, lowered
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A turn of a loop: what comes to code, and what that may publish.

    Args:
        way: The way on which the event comes to the code.

        code: The function or state machine.

        event: The event that comes.

        publishes: The event that it may publish.

        on: The bus that it publishes on.

        open: Whether the event comes to the code, as far as source and detail-type say, and the code may publish the
            other.
    """

    way: Way
    code: Receiver
    event: EventStamp
    publishes: EventStamp
    on: Bus
    open: Answer


_Published = tuple[str, EventStamp]
_Turns = Mapping[_Published, Sequence[Turn]]


def loops(topology: Topology) -> Iterator[tuple[Turn, Answer]]:
    """Return the turns that what they publish may lead back to, and whether it does.

    Looked at is code whose role is held to the events it publishes.
    """
    turns = _turns(topology)
    reached: dict[_Published, Mapping[_Published, Answer]] = {}
    for start, following in turns.items():
        for turn in following:
            published = (turn.on.arn, turn.publishes)
            if published not in reached:
                reached[published] = _reached_from(published, turns)
            leads_back = reached[published].get(start, False)
            if leads_back is not False:
                yield turn, all_of([turn.open, leads_back])


def _turns(topology: Topology) -> _Turns:
    """Return the turns by what comes to them."""
    turns: dict[_Published, list[Turn]] = defaultdict(list)
    ways, publishable = Ways(topology), _Publishable(topology)
    for bus, event in _declared(topology):
        for way in ways.of(event, bus.arn):
            for code in topology.code_behind(way.target.arn):
                turns[bus.arn, event] += (
                    Turn(way=way, code=code, event=event, publishes=published, on=on, open=all_of([way.open, may]))
                    for on, published, may in publishable.by(code)
                )
    return turns


def _declared(topology: Topology) -> Iterator[tuple[Bus, EventStamp]]:
    return ((bus, event) for bus in topology.buses for event in bus.publishes)


def _reached_from(start: _Published, turns: _Turns) -> Mapping[_Published, Answer]:
    """Return the events that *start* leads to, and whether it does: by turns that are surely open, else by others."""
    reached: dict[_Published, Answer] = {}
    waiting: deque[tuple[_Published, Answer]] = deque([(start, True)])
    while waiting:
        here, so_far = waiting.popleft()
        if here in reached:
            continue
        reached[here] = so_far
        for turn in turns.get(here, ()):
            onward = all_of([so_far, turn.open])
            add = waiting.appendleft if onward is so_far else waiting.append
            add(((turn.on.arn, turn.publishes), onward))
    return reached


class _Publishable:
    """What code may publish, asked once for the many ways that lead to it."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._by_role: dict[str, list[tuple[Bus, EventStamp, Answer]]] = {}

    def by(self, code: Receiver) -> Sequence[tuple[Bus, EventStamp, Answer]]:
        """Return the events that the role of *code* is held to publish, on which buses, and whether it may.

        A role that may publish whatever it likes says nothing about what it does publish.
        """
        role = self._topology.role(code.role_arn or "")
        if role is None:
            return ()
        if role.arn not in self._by_role:
            self._by_role[role.arn] = list(self._of_role(role))
        return self._by_role[role.arn]

    def _of_role(self, role: Role) -> Iterator[tuple[Bus, EventStamp, Answer]]:
        held = [each for each in role.permissions if _names_events(each)]
        for bus, event in _declared(self._topology) if held else ():
            naming = [each for each in held if _may_name(each, event)]
            answer = self._may_publish(role, naming, bus, event) if naming else False
            if answer is not False:
                yield bus, event, answer

    def _may_publish(self, role: Role, naming: Sequence[PolicyStatement], bus: Bus, event: EventStamp) -> Answer:
        """Return whether *role* may publish *event*, by statements of its own that are *naming* it."""
        asked = AskedEvent(source=event.source, detail_type=event.detail_type)
        request = publishing(self._topology, Principal.of_role(role.arn), bus.arn, asked)
        named = any_of(applies(each, request).answer for each in naming)
        if named is False:
            return False
        decision = decide_access(
            request,
            identity=role.permissions,
            resource=self._topology.statements_on(bus.arn),
            resource_account=account_of(bus.arn),
        )
        return all_of([named, decision.answer])


def _names_events(statement: PolicyStatement) -> bool:
    about = statement.allows and may_be_about(statement, PUT_EVENTS)
    return about and holds_to(statement, "events:detail-type")


def _may_name(statement: PolicyStatement, event: EventStamp) -> bool:
    """Return quickly whether a statement that holds to some events may hold to this one."""
    written = [each.values for each in statement.conditions if each.key == "events:detail-type"]
    named = (value for values in written if not isinstance(values, Undecided) for value in values)
    asked = event.detail_type.lower()
    is_unknown = any(isinstance(values, Undecided) for values in written)
    return is_unknown or any("${" in value or like(lowered(value), asked) is not False for value in named)
