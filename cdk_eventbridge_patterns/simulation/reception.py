"""Who receives an event, and by which way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdk_eventbridge_patterns.matching.analysis.verdict import Dead, Live
from cdk_eventbridge_patterns.simulation.proof import witness_of
from cdk_eventbridge_patterns.simulation.tracer import trace
from cdk_eventbridge_patterns.simulation.ways import Way, ways_of
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided


@dataclass(frozen=True, kw_only=True)
class Reception:
    """A target, and whether some event of a contract comes to it.

    Args:
        bus: The bus it is published on.

        way: The rules that lead to the target.

        arrives: Whether some event of the contract does.

        reason: Why not, or why nobody can say. Default: it arrives.

        declared: Whether the last rule is declared for the event.
    """

    bus: Bus
    way: Way
    arrives: Answer
    reason: str | None
    declared: bool


def receptions(topology: Topology, event: EventStamp, bus: Bus) -> Iterator[Reception]:
    """Return the targets that *event* may come to from a bus; a bus whose rules were read is on the way only."""
    for way in ways_of(topology, event, bus.arn):
        goes_on = way.target.is_bus and (topology.bus(way.target.arn) or topology.rules_on(way.target.arn))
        if not goes_on:
            yield _reception(topology, event, bus, way)


def _reception(topology: Topology, event: EventStamp, bus: Bus, way: Way) -> Reception:
    answer, reason = _arrival(topology, event, bus, way)
    stamp = way.rules[-1].stamp
    declared = stamp is not None and event.name in stamp.consumes
    return Reception(bus=bus, way=way, arrives=answer, reason=reason, declared=declared)


def _arrival(topology: Topology, event: EventStamp, bus: Bus, way: Way) -> tuple[Answer, str | None]:
    witness = witness_of(topology, event, bus, way.rules)
    if isinstance(witness, Dead):
        return False, f"{witness.path}: {witness.reason}"
    if not isinstance(witness, Live):
        return witness, witness.reason
    found = trace(topology, witness.witness, bus=bus.arn, only={rule.arn for rule in way.rules})
    answer = found.reaches(way.target.arn)
    if isinstance(answer, Undecided):
        return answer, answer.reason
    obstacle = None if answer else found.obstacle
    return answer, None if obstacle is None else f"not so: {obstacle.says}: {obstacle.reason}"
