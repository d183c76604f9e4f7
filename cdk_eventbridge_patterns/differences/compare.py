"""All that differs between two states of an estate."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.differences.access_differences import AccessDifferences
from cdk_eventbridge_patterns.differences.bus_differences import bus_differences
from cdk_eventbridge_patterns.differences.consumer_differences import consumer_differences
from cdk_eventbridge_patterns.differences.declared_events import declared_events, paired
from cdk_eventbridge_patterns.differences.difference import Difference
from cdk_eventbridge_patterns.differences.event_differences import EventDifferences
from cdk_eventbridge_patterns.differences.rule_differences import rule_differences
from cdk_eventbridge_patterns.differences.state import State
from cdk_eventbridge_patterns.differences.takers import Takers
from cdk_eventbridge_patterns.undecided import Undecided


def differences(base: State, head: State) -> tuple[Difference, ...]:
    """Return what differs from *base* to *head*: what breaks somebody first, then what nobody can decide."""
    return tuple(sorted(_all(base, head), key=_rank))


def _all(base: State, head: State) -> Iterator[Difference]:
    before, after = base.topology, head.topology
    pairs = paired(declared_events(base), declared_events(head))
    takers = Takers(after)
    yield from EventDifferences(before, after, takers).of(pairs)
    yield from bus_differences(before, after)
    access = AccessDifferences(before, after)
    yield from access.of_rules()
    yield from access.of_accounts(new for _, new in pairs if new is not None)
    yield from rule_differences(before, after)
    yield from consumer_differences(Takers(before), takers, pairs)


def _rank(difference: Difference) -> int:
    if isinstance(difference.breaking, Undecided):
        return 1
    return 0 if difference.breaking else 2
