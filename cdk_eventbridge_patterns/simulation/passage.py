"""Whether some event of a contract passes rules, one after the other, and comes to a target of the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cdk_eventbridge_patterns.matching.analysis.verdict import Dead, Live
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.simulation.trace import Trace, first_obstacle
from cdk_eventbridge_patterns.simulation.tracer import trace
from cdk_eventbridge_patterns.simulation.witness import witness_of
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of


@dataclass(frozen=True, kw_only=True)
class Passage:
    """What becomes of an event of a contract on one way.

    Args:
        arrives: Whether it comes to the target.

        obstacle: What is in its way: what surely is, else what may be. Default: nothing.

        trace: What became of the event that was traced. Default: there is none to trace.
    """

    arrives: Answer
    obstacle: Step | None = None
    trace: Trace | None = None


def passage_of(topology: Topology, event: EventStamp, bus: Bus, rules: Sequence[Rule], target: Target) -> Passage:
    """Return whether some *event* that is published on *bus* passes *rules* and comes to *target*.

    Args:
        topology: All that was read.

        event: The event.

        bus: The bus it is published on.

        rules: The rules that it passes; all but the last move it to the bus of the next.

        target: A target of the last.
    """
    witness = witness_of(topology, event, bus, rules)
    if not isinstance(witness, Live):
        obstacle = _no_event(event, rules, witness)
        return Passage(arrives=obstacle.answer, obstacle=obstacle)
    found = trace(topology, witness.witness, bus=bus.arn, only={rule.arn for rule in rules})
    steps = list(_steps_along(found, rules, target))
    arrives = all_of(step.answer for step in steps)
    return Passage(arrives=arrives, obstacle=first_obstacle(steps), trace=found)


def _steps_along(found: Trace, rules: Sequence[Rule], target: Target) -> Iterator[Step]:
    """Return the decisions on the way to *target*; what the rules do for other targets of theirs is left out."""
    yield from found.steps
    bus = found.bus
    moves = [_target_on(rule, following.bus_arn) for rule, following in pairwise(rules)]
    for rule, goal in zip(rules, [*moves, target], strict=True):
        if bus is None:
            return  # one of the decisions above refuses
        yield from bus.steps
        passed = [each for each in bus.rules if each.rule is rule]
        bus = None
        for each in passed:
            yield each.match.step(rule)
            yield from each.steps
        for reached in (reached for each in passed for reached in each.targets if reached.target is goal):
            yield from reached.steps
            bus = reached.onward


def _target_on(rule: Rule, bus_arn: str) -> Target:
    return next(target for target in rule.known_targets if target.arn == bus_arn)


def _no_event(event: EventStamp, rules: Sequence[Rule], verdict: Dead | Undecided) -> Step:
    says = f"some {event.name} passes {' and '.join(f'rule {rule.name}' for rule in rules)}"
    location = event_pattern_place(rules[-1])
    if isinstance(verdict, Undecided):
        return Step.unknown(says, verdict, location=location)
    return Step(says=says, answer=False, reason=f"{verdict.path}: {verdict.reason}", location=location)
