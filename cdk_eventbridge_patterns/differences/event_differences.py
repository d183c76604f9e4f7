"""Events that were added, removed or changed, and whom it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cdk_eventbridge_patterns.contracts import Change
from cdk_eventbridge_patterns.differences.contract_changes import contract_changes
from cdk_eventbridge_patterns.differences.declared_event import DeclaredEvent
from cdk_eventbridge_patterns.differences.declared_events import Pair
from cdk_eventbridge_patterns.differences.difference import Difference, Kind, Use
from cdk_eventbridge_patterns.differences.event_uses import EventUses
from cdk_eventbridge_patterns.differences.takers import Taker, Takers
from cdk_eventbridge_patterns.differences.unread_consumers import UnreadConsumers
from cdk_eventbridge_patterns.differences.verdict_changes import matched_before
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, all_of, any_of


class EventDifferences:
    """What differs in the events of two states.

    Args:
        before: All that was read of the state before.

        after: All that was read of the state after.

        takers: Who gets events in the state after: those that may break.
    """

    def __init__(self, before: Topology, after: Topology, takers: Takers) -> None:
        self._has_rules = bool(after.environments)
        self._takers = takers
        self._unread = UnreadConsumers(before, after)

    def of(self, pairs: Iterable[Pair]) -> Iterator[Difference]:
        """Return what differs in events before and after; what is the same in several accounts is one difference."""
        return _as_one(difference for old, new in pairs for difference in self._of_pair(old, new))

    def _of_pair(self, old: DeclaredEvent | None, new: DeclaredEvent | None) -> Iterator[Difference]:
        if old is None and new is not None:
            yield _of_event(Kind.EVENT_ADDED, new, breaking=False)
        elif old is not None and new is None:
            yield self._removed(old)
        elif old is not None and new is not None:
            yield from self._changed(old, new)

    def _removed(self, old: DeclaredEvent) -> Difference:
        takers = [taker for taker in self._takers.of(old) if matched_before(taker.rule, old)]
        uses = [_waits(taker) for taker in takers]
        uses += self._unread.of(old, takers, breaking=True)
        return self._judged(_of_event(Kind.EVENT_REMOVED, old, breaking=True), uses)

    def _changed(self, old: DeclaredEvent, new: DeclaredEvent) -> Iterator[Difference]:
        changes = contract_changes(old, new)
        if not changes:
            return
        takers = self._takers.of(old)
        uses = EventUses(old, new, changes, takers)
        for change in changes:
            found = [*uses.of(change), *self._unread.of(old, takers, breaking=change.breaking)]
            yield self._judged(_of_change(change, new), found)

    def _judged(self, difference: Difference, uses: Iterable[Use]) -> Difference:
        """Return *difference* by its uses; where no template tells of uses, it is the contract's to say."""
        found = tuple(dict.fromkeys(uses))
        if not self._has_rules:
            return difference
        return replace(difference, uses=found, breaking=any_of(use.breaking for use in found))


def _waits(taker: Taker) -> Use:
    return Use.of_rule(taker.rule, "it waits for the event", all_of([True, taker.answer]))


def _of_event(kind: Kind, event: DeclaredEvent, *, breaking: Answer) -> Difference:
    return Difference(
        kind=kind,
        name=event.title,
        breaking=breaking,
        by_contract=breaking,
        where=() if event.home is None else (event.home,),
        location=event.location,
    )


def _of_change(change: Change, event: DeclaredEvent) -> Difference:
    difference = _of_event(Kind.EVENT_CHANGED, event, breaking=change.breaking)
    return replace(difference, told=change.told, path=change.path)


def _as_one(differences: Iterable[Difference]) -> Iterator[Difference]:
    """Return what is said of the same event in several accounts as one difference, with the uses of all."""
    found: dict[object, Difference] = {}
    for each in differences:
        key = (each.kind, each.name, each.path, each.told, each.by_contract)
        found[key] = _joined(found[key], each) if key in found else each
    yield from found.values()


def _joined(one: Difference, other: Difference) -> Difference:
    return replace(
        one,
        where=(*one.where, *other.where),
        uses=tuple(dict.fromkeys((*one.uses, *other.uses))),
        breaking=any_of([one.breaking, other.breaking]),
    )
