"""Which events a rule takes off its bus, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from cdk_eventbridge_patterns.topology.event_type_pattern import lets_through
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

ANY_EVENT = "any event"
UNKNOWN_EVENTS = "events known at deployment only"


@dataclass(frozen=True)
class EventsTaken:
    """The events that a rule takes.

    Args:
        names: Each as `orders/OrderPlaced.v1`; in words where nobody declares them.

        services: Those that publish them, as far as they are declared.
    """

    names: tuple[str, ...]
    services: frozenset[str] = frozenset()

    @property
    def service(self) -> str | None:
        """The one service that publishes all of them, nothing where there are several or none is known."""
        return next(iter(self.services)) if len(self.services) == 1 else None


def events_taken(topology: Topology, rule: Rule) -> EventsTaken:
    """Return the events that *rule* takes: those it is declared for, else those of its bus that it lets through.

    Where nothing is declared at all, what its event pattern asks for.
    """
    if rule.stamp is not None and rule.stamp.consumes:
        names = sorted(rule.stamp.consumes, key=str)
        return EventsTaken(tuple(map(str, names)), frozenset(name.service for name in names))
    bus = topology.bus(rule.bus_arn)
    published = () if bus is None else bus.publishes
    taken = sorted((each.name for each in published if lets_through(rule, each) is not False), key=str)
    if taken and not isinstance(rule.event_pattern, Undecided):
        return EventsTaken(tuple(map(str, taken)), frozenset(name.service for name in taken))
    return EventsTaken(tuple(_asked_for(rule)))


def _asked_for(rule: Rule) -> Iterator[str]:
    """Return what an event pattern asks for, in words: `OrderPlaced`, `from com.acme.orders`."""
    pattern = rule.event_pattern
    if isinstance(pattern, Mapping):
        detail_types, sources = _literals(pattern.get("detail-type")), _literals(pattern.get("source"))
        yield from detail_types or [f"from {source}" for source in sources] or (ANY_EVENT,)
    elif isinstance(pattern, Undecided | str):
        yield UNKNOWN_EVENTS
    elif rule.schedule is None:
        yield ANY_EVENT


def _literals(asked: object) -> Sequence[str]:
    """Return the values that a field is asked for: of operators, such as `{"prefix": "com.acme."}`, their text."""
    if not isinstance(asked, Sequence) or isinstance(asked, str):
        return ()
    return list(chain.from_iterable(map(_values, asked)))


def _values(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for operator, operand in value.items():
            yield f"{operator} {operand}"
    else:
        yield str(value)
