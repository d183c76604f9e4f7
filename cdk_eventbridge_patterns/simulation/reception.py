"""Who receives an event, and by which way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdk_eventbridge_patterns.simulation.passage import Passage, passage_of
from cdk_eventbridge_patterns.simulation.ways import Way, ways_of
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer


@dataclass(frozen=True, kw_only=True)
class Reception:
    """A target, and whether some event of a contract comes to it.

    Args:
        bus: The bus it is published on.

        way: The rules that lead to the target.

        arrives: Whether some event of the contract does.

        reason: Why not, or why nobody can say. Default: it arrives.

        declared: Whether the last rule is declared for the event.

        fed_from: The ARNs of what gets on what the target receives, as of a `TargetTrace`. Default: nothing does.
    """

    bus: Bus
    way: Way
    arrives: Answer
    reason: str | None
    declared: bool
    fed_from: tuple[str, ...] = ()


def receptions(topology: Topology, event: EventStamp, bus: Bus) -> Iterator[Reception]:
    """Return the targets that *event* may come to from a bus; a bus whose rules were read is on the way only."""
    for way in ways_of(topology, event, bus.arn):
        goes_on = way.target.is_bus and (topology.bus(way.target.arn) or topology.rules_on(way.target.arn))
        if not goes_on:
            yield _reception(topology, event, bus, way)


def _reception(topology: Topology, event: EventStamp, bus: Bus, way: Way) -> Reception:
    passage = passage_of(topology, event, bus, way.rules, way.target)
    stamp = way.rules[-1].stamp
    return Reception(
        bus=bus,
        way=way,
        arrives=passage.arrives,
        reason=_reason(passage),
        declared=stamp is not None and event.name in stamp.consumes,
        fed_from=topology.fed_from(way.target.arn),
    )


def _reason(passage: Passage) -> str | None:
    """Return why nothing arrives; where an event was traced, with the decision that keeps it from arriving."""
    obstacle = passage.obstacle
    if obstacle is None:
        return None
    if passage.trace is None or not obstacle.refuses:
        return obstacle.reason
    return f"not so: {obstacle.says}: {obstacle.reason}"
