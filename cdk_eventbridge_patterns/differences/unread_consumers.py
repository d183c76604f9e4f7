"""Consumers of which nothing was read, that may get an event all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.differences.declared_event import DeclaredEvent
from cdk_eventbridge_patterns.differences.difference import Use
from cdk_eventbridge_patterns.differences.takers import Taker
from cdk_eventbridge_patterns.differences.unread_subscribers import UnreadSubscribers
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of

_NO_BUS = Undecided("no template that was read has the bus it is published on")
_NO_ADDRESS = Undecided(
    "its contract says neither source nor detail-type, so only rules stamped with its name are seen"
)


class UnreadConsumers:
    """Who may get an event by what buses and rules say, though nobody can say what it does with it.

    Args:
        before: All that was read of the state before; who may subscribe there may have done so.

        after: All that was read of the state after.
    """

    def __init__(self, before: Topology, after: Topology) -> None:
        self._before = before
        self._after = after

    def of(self, event: DeclaredEvent, takers: Sequence[Taker], *, breaking: Answer) -> Iterator[Use]:
        """Return them, where a change may break what the contract promised; to each it breaks what it breaks there."""
        if breaking is False:
            return
        for account in sorted(self._subscribers(event)):
            yield Use(account=account, reason="it may subscribe, and its templates were not read", breaking=breaking)
        yield from self._carried_away(takers, breaking)
        if event.event_type is None and any(_says_nothing(rule) for rule in self._after.rules):
            yield Use(account="rules of others", reason=_NO_ADDRESS.reason, breaking=_NO_ADDRESS)
        if event.home is not None and not self._buses(event, self._before):
            yield Use(account="rules of others", reason=_NO_BUS.reason, breaking=_NO_BUS)

    def _subscribers(self, event: DeclaredEvent) -> frozenset[str]:
        return frozenset(
            account
            for topology in (self._before, self._after)
            for bus in self._buses(event, topology)
            for account in UnreadSubscribers(topology, bus).unread(event.event_type)
        )

    def _buses(self, event: DeclaredEvent, topology: Topology) -> list[Bus]:
        """Return the buses that carry *event*; where no stamp says which do, all of its account and Region."""
        if event.buses:
            return [bus for bus in topology.buses if bus.arn in event.buses]
        return [bus for bus in topology.buses if (bus.account, bus.region) == event.home]

    def _carried_away(self, takers: Sequence[Taker], breaking: Answer) -> Iterator[Use]:
        for rule, answer in takers:
            for target in rule.known_targets:
                if target.is_bus and self._after.bus(target.arn) is None and not self._after.knows(target.arn):
                    reason = f"it carries it to {target.arn}, whose account's templates were not read"
                    yield Use.of_rule(rule, reason, all_of([breaking, answer]), target=target.arn)


def _says_nothing(rule: Rule) -> bool:
    return rule.event_pattern is not None and (rule.stamp is None or not rule.stamp.consumes)
