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
    """

    namespace: str
    metrics: Collection[str]
    dimensions: Mapping[str, str]
    account: str
    region: str


class Watchers:
    """All alarms of a topology, by what they watch."""

    def __init__(self, topology: Topology) -> None:
        self._unread = [alarm for alarm in topology.alarms if not alarm.metrics]
        self._by_value: dict[str, list[tuple[Alarm, Watched]]] = defaultdict(list)
        self._of_unknown: list[tuple[Alarm, Watched]] = []
        for alarm in topology.alarms:
            for watched in alarm.metrics:
                for value in watched.dimensions.values():
                    found = self._by_value[value] if is_known(value) else self._of_unknown
                    found.append((alarm, watched))

    def watch(self, measured: Measured) -> Answer:
        """Return whether an alarm watches *measured*."""
        value = next(iter(measured.dimensions.values()))
        candidates = [*self._by_value.get(value, ()), *self._of_unknown]
        return any_of(
            [
                *(_looks_at(alarm, watched, measured) for alarm, watched in candidates),
                *(_may_look_at(alarm, measured) for alarm in self._unread),
            ]
        )


def _looks_at(alarm: Alarm, watched: Watched, measured: Measured) -> Answer:
    if (watched.namespace, watched.dimensions.keys()) != (measured.namespace, measured.dimensions.keys()):
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


def _may_look_at(alarm: Alarm, measured: Measured) -> Answer:
    """Return whether an alarm whose expression nobody reads may be about something."""
    unread = Undecided(f"alarm {alarm.location.logical_id} watches an expression that is not read")
    return all_of([same(alarm.account, measured.account), same(alarm.region, measured.region), unread])
