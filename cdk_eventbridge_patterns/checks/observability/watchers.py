"""Which alarms watch what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.alarm import Alarm, Watched
from cdk_eventbridge_patterns.topology.text import is_known, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Something that CloudWatch has metrics of.

    Args:
        namespace: Such as `AWS/SQS`.

        metrics: Those of its metrics that are meant, any of which will do.

        dimensions: Which one it is.

        account: The account that its metrics are in.

        region: The Region, likewise.

        all_of: Further dimensions, all values of which are meant: it is many things, those that come later too.

        by_itself: Whether a query does not count that adds it up with others. Default: it does.
    """

    namespace: str
    metrics: Collection[str]
    dimensions: Mapping[str, str]
    account: str
    region: str
    all_of: frozenset[str] = frozenset()
    by_itself: bool = False


class Watchers:
    """All alarms of a topology, by what they watch."""

    def __init__(self, topology: Topology) -> None:
        self._unread = [alarm for alarm in topology.alarms if alarm.left_out or not alarm.metrics]
        self._by_value: dict[str, list[tuple[Alarm, Watched]]] = defaultdict(list)
        # Every account has some without any value: they are told apart by namespace and metric.
        self._others: dict[tuple[str, str], list[tuple[Alarm, Watched]]] = defaultdict(list)
        for alarm in topology.alarms:
            for watched in alarm.metrics:
                self._place_of(watched).append((alarm, watched))

    def watch(self, measured: Measured) -> Answer:
        """Return whether an alarm watches *measured*."""
        of_values = [self._by_value.get(value, []) for value in measured.dimensions.values()]
        others = [self._others.get((measured.namespace, metric), []) for metric in measured.metrics]
        candidates = [pair for pairs in (*of_values, *others) for pair in pairs]
        return any_of(
            [
                *(_looks_at(alarm, watched, measured) for alarm, watched in candidates),
                *(_may_look_at(alarm, measured) for alarm in self._unread),
            ]
        )

    def _place_of(self, watched: Watched) -> list[tuple[Alarm, Watched]]:
        """Return where it is looked up: under a value that it names, or with those that may be of anything."""
        known = next(filter(is_known, watched.dimensions.values()), None)
        return self._others[watched.namespace, watched.name] if known is None else self._by_value[known]


def _looks_at(alarm: Alarm, watched: Watched, measured: Measured) -> Answer:
    if watched.namespace != measured.namespace or not _covers(watched, measured):
        return False
    return all_of(
        [
            watched.name in measured.metrics,
            same(watched.account or alarm.account, measured.account),
            same(alarm.region, measured.region),
            *(same(value, measured.dimensions[name]) for name, value in watched.dimensions.items()),
            True if alarm.conditional is None else alarm.conditional,
        ]
    )


def _covers(watched: Watched, measured: Measured) -> bool:
    """Return whether the dimensions are those of *measured*, values apart."""
    if watched.is_query and measured.by_itself:
        return False
    asked = measured.dimensions.keys() | measured.all_of
    named = watched.dimensions.keys() | watched.any_of
    same_dimensions = named <= asked if watched.has_others else named == asked
    return same_dimensions and not watched.dimensions.keys() & measured.all_of


def _may_look_at(alarm: Alarm, measured: Measured) -> Answer:
    """Return whether an alarm whose expression nobody reads may be about something."""
    unread = Undecided(f"alarm {alarm.location.logical_id} watches an expression that is not read")
    return all_of([same(alarm.account, measured.account), same(alarm.region, measured.region), unread])
