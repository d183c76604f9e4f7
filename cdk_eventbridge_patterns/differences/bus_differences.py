"""Buses that were added, removed or renamed, and who still counts on the old ones."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.differences.difference import Difference, Kind, Use
from cdk_eventbridge_patterns.differences.unread_subscribers import UnreadSubscribers
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import any_of


def bus_differences(base: Topology, head: Topology) -> Iterator[Difference]:
    """Return what differs in the buses of two states.

    A bus of another name in the same place of the same template is one that was renamed: CloudFormation makes the new
    one and deletes the old, with its rules and archives.
    """
    gone = [bus for bus in base.buses if head.bus(bus.arn) is None]
    made = [bus for bus in head.buses if base.bus(bus.arn) is None]
    for bus in gone:
        renamed = next((each for each in made if _place(each) == _place(bus)), None)
        if renamed is not None:
            made.remove(renamed)
        yield _gone(bus, renamed, base, head)
    for bus in made:
        yield _difference(Kind.BUS_ADDED, bus)


def _gone(bus: Bus, renamed: Bus | None, base: Topology, head: Topology) -> Difference:
    uses = (*_rules_left(bus, head), *_unread(bus, base))
    kind, told = (Kind.BUS_REMOVED, None) if renamed is None else (Kind.BUS_RENAMED, f"to {renamed.name}")
    return _difference(kind, bus, told=told, uses=uses)


def _rules_left(bus: Bus, head: Topology) -> Iterator[Use]:
    for rule in head.rules_on(bus.arn):
        yield Use.of_rule(rule, "it is still on the bus", True)  # noqa: FBT003 - an answer
    for move in head.moves_to(bus.arn):
        yield Use.of_rule(move.rule, "it still carries events to the bus", True, target=bus.arn)  # noqa: FBT003


def _unread(bus: Bus, base: Topology) -> Iterator[Use]:
    for account in sorted(UnreadSubscribers(base, bus).unread(None)):
        yield Use(account=account, reason="it may have rules on it, and its templates were not read", breaking=True)


def _difference(kind: Kind, bus: Bus, *, told: str | None = None, uses: tuple[Use, ...] = ()) -> Difference:
    return Difference(
        kind=kind,
        name=bus.name,
        breaking=any_of(use.breaking for use in uses),
        told=told,
        where=((bus.account, bus.region),),
        uses=uses,
        location=bus.location,
    )


def _place(bus: Bus) -> tuple[str, str, str, str]:
    return bus.account, bus.region, bus.location.stack, bus.location.logical_id
