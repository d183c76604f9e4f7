"""An event of a contract that passes some rules, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.matching.analysis.common_event import common_event
from cdk_eventbridge_patterns.matching.analysis.verdict import Dead, Live
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.topology.uncertain_pattern import UncertainPattern
from cdk_eventbridge_patterns.undecided import Undecided


def witness_of(topology: Topology, event: EventStamp, bus: Bus, rules: Sequence[Rule]) -> Live | Dead | Undecided:
    """Return an event that its contract allows and that passes all *rules*; without a contract, any detail will do.

    What the unknown parts of an event pattern turn out to be, and what an event pattern that can't be read asks, is
    left out: whoever traces the event is told.
    """
    read = (UncertainPattern.read(each.event_pattern) for each in rules if isinstance(each.event_pattern, Mapping))
    patterns = (
        *_published_on(bus, event.account or bus.account),
        *(each.possibly for each in read if each is not None),
    )
    verdicts = [_by_schema(patterns, event, schema) for schema in _schemas(topology, event, bus)]
    return next(verdict for kind in (Live, Undecided, Dead) for verdict in verdicts if isinstance(verdict, kind))


def _published_on(bus: Bus, account: str) -> tuple[EventPattern, ...]:
    """Return what every event asks that *account* publishes on *bus*."""
    if not (is_literal(account) and is_literal(bus.region)):
        return ()
    return (_published_in(account, bus.region),)


@lru_cache(maxsize=1024)
def _published_in(account: str, region: str) -> EventPattern:
    return EventPattern.parse({"account": [account], "region": [region]})


def _schemas(topology: Topology, event: EventStamp, bus: Bus) -> list[EventSchema | Undecided]:
    """Return what is promised of *event*: several stages may have registered it, those of its account count."""
    registered = topology.schemas_of(event.source, event.detail_type)
    place = (event.account or bus.account, bus.region)
    beside = [each for each in registered if (each.account, each.region) == place]
    return [each.schema for each in beside or registered] or [_any_detail(event.source, event.detail_type)]


def _by_schema(
    patterns: tuple[EventPattern, ...], event: EventStamp, schema: EventSchema | Undecided
) -> Live | Dead | Undecided:
    """Return an event that *schema* allows; of one that can't be read, one whose detail nobody asks for."""
    if isinstance(schema, EventSchema):
        return _common_event(patterns, schema)
    found = _common_event(patterns, _any_detail(event.source, event.detail_type))
    return schema if isinstance(found, Live) and any(map(_asks_for_detail, patterns)) else found


def _asks_for_detail(pattern: EventPattern) -> bool:
    return any(path.startswith("detail.") for alternative in pattern.alternatives for path in alternative)


@lru_cache(maxsize=1024)
def _any_detail(source: str, detail_type: str) -> EventSchema:
    return EventSchema.of_detail({"type": "object"}, title=detail_type, source=source, detail_type=detail_type)


@lru_cache(maxsize=4096)
def _common_event(patterns: tuple[EventPattern, ...], schema: EventSchema) -> Live | Dead | Undecided:
    """Return it once for the many rules that ask for the same."""
    return common_event(patterns, schema)
