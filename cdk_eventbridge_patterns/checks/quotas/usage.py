"""How much of AWS's quotas the buses of a topology use, and what its events are billed as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cdk_eventbridge_patterns.checks.quotas.crowded import all_buses
from cdk_eventbridge_patterns.checks.quotas.limits import POLICY_QUOTAS, policy_characters, rule_quota
from cdk_eventbridge_patterns.simulation.ways import Ways
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.rule import Delivery
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology


@dataclass(frozen=True, kw_only=True)
class EventUsage:
    """What one event is billed as.

    Args:
        event: The event.

        publisher: The account that publishes it.

        moves: How many buses of other accounts or Regions it is moved to, as far as source and detail-type say.
    """

    event: EventStamp
    publisher: str
    moves: int


@dataclass(frozen=True, kw_only=True)
class BusUsage:
    """What one bus uses.

    Args:
        bus: The bus.

        policy: The characters of its policy. What is known at deployment only counts as the text that stands for it.

        rules: The rules on it, of all accounts that were read.

        events: The events that are declared to be published on it.
    """

    bus: Bus
    policy: int
    rules: int
    events: tuple[EventUsage, ...]

    @property
    def policy_quota(self) -> int:
        """How many characters its policy may have by default."""
        return POLICY_QUOTAS[self.bus.kind]

    @property
    def rule_quota(self) -> int:
        """How many rules it may have by default."""
        return rule_quota(self.bus.region)


def usage_of(topology: Topology) -> Iterator[BusUsage]:
    """Return what each bus uses, in the order they were read; last the buses that no template makes."""
    ways = Ways(topology)
    for bus in all_buses(topology):
        yield BusUsage(
            bus=bus,
            policy=policy_characters(topology.policies_on(bus.arn)),
            rules=len(topology.rules_on(bus.arn)),
            events=tuple(_event_usage(ways, bus, event) for event in bus.publishes),
        )


def billed(usages: Iterable[BusUsage]) -> Mapping[str, int]:
    """Return for how many events each account is billed if each declared event is published once.

    Publishing is billed to who publishes, a move to another account to the account that sends it, which is that of the
    bus; receiving, and delivering to what is no bus, are not.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
    https://aws.amazon.com/eventbridge/pricing/
    """
    counted: Counter[str] = Counter()
    for usage in usages:
        for each in usage.events:
            counted[each.publisher] += 1
            if each.moves:
                counted[usage.bus.account] += each.moves
    return counted


def _event_usage(ways: Ways, bus: Bus, event: EventStamp) -> EventUsage:
    first = (way for way in ways.of(event, bus.arn) if len(way.rules) == 1 and way.target.is_bus)
    moves = sum(1 for way in first if Delivery(rule=way.rules[0], target=way.target).stays_beside is False)
    return EventUsage(event=event, publisher=event.account or bus.account, moves=moves)
