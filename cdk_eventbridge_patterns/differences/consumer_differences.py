"""Consumers of events that were added or removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cdk_eventbridge_patterns.differences.declared_event import DeclaredEvent
from cdk_eventbridge_patterns.differences.declared_events import Pair
from cdk_eventbridge_patterns.differences.difference import Difference, Kind
from cdk_eventbridge_patterns.differences.takers import Takers
from cdk_eventbridge_patterns.topology.rule import Rule


class _Consumer(NamedTuple):
    """Who consumes which event: the service, if the stamp of its rule says it, and its account."""

    event: str
    service: str | None
    account: str
    region: str


def consumer_differences(base: Takers, head: Takers, pairs: Iterable[Pair]) -> Iterator[Difference]:
    """Return who consumes which event in one of two states alone.

    A consumer that is gone breaks nobody: the rules that made it one are its own, and what others lose by rules that
    are gone is told of those rules.

    Args:
        base: Who gets events in the state before.

        head: Who gets them in the state after.

        pairs: The events of both.
    """
    known = [[event for event in pair if event is not None] for pair in pairs]
    before = _consumers(base, ((events[0], events[-1].title) for events in known))
    after = _consumers(head, ((events[-1], events[-1].title) for events in known))
    yield from (_difference(Kind.CONSUMER_REMOVED, each, rule) for each, rule in before.items() if each not in after)
    yield from (_difference(Kind.CONSUMER_ADDED, each, rule) for each, rule in after.items() if each not in before)


def _consumers(takers: Takers, events: Iterable[tuple[DeclaredEvent, str]]) -> dict[_Consumer, Rule]:
    """Return the consumers of events, which go by the titles given, each with a rule that makes it one."""
    found: dict[_Consumer, Rule] = {}
    for event, title in events:
        for rule, _ in takers.of(event):
            if _is_for(rule, event):
                service = None if rule.stamp is None else rule.stamp.service
                found.setdefault(_Consumer(title, service, rule.account, rule.region), rule)
    return found


def _is_for(rule: Rule, event: DeclaredEvent) -> bool:
    """Return whether *rule* is there for *event*: where a stamp says what it is for, it is for nothing else."""
    if rule.stamp is None or not rule.stamp.consumes or event.name is None:
        return True
    return event.name in rule.stamp.consumes


def _difference(kind: Kind, consumer: _Consumer, rule: Rule) -> Difference:
    account = f"account {consumer.account}"
    return Difference(
        kind=kind,
        name=consumer.event,
        breaking=False,
        told=account if consumer.service is None else f"{consumer.service} in {account}",
        where=((consumer.account, consumer.region),),
        location=rule.location,
    )
