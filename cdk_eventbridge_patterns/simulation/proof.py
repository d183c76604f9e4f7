"""Whether a declared flow arrives, by an event of the contract that is traced to its target."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.simulation.flow import Flow
from cdk_eventbridge_patterns.simulation.passage import Passage, passage_of
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.simulation.trace import Trace
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer


@dataclass(frozen=True, kw_only=True)
class Proof:
    """Whether a flow arrives.

    Args:
        flow: The flow.

        arrives: Whether it does.

        obstacle: What is in its way. Default: nothing.

        trace: What became of the event that was traced. Default: there is none to trace.
    """

    flow: Flow
    arrives: Answer
    obstacle: Step | None = None
    trace: Trace | None = None


def proof_of(topology: Topology, flow: Flow) -> Proof:
    """Return whether *flow* arrives, by one of the ways there are."""
    passages = [passage_of(topology, flow.event, flow.bus, rules, flow.target) for rules in flow.ways]
    if flow.perhaps is not None or not passages:
        passages.append(_another_way(flow))
    best = min(passages, key=lambda passage: (passage.arrives is False, passage.arrives is not True))
    return Proof(flow=flow, arrives=best.arrives, obstacle=best.obstacle, trace=best.trace)


def _another_way(flow: Flow) -> Passage:
    """Return that there may be another way, or none at all."""
    says = f"a rule on {flow.bus.arn} brings {flow.event.name} to {flow.rule.bus_arn}"
    if flow.perhaps is not None:
        obstacle = Step.unknown(says, flow.perhaps, location=flow.rule.location)
    else:
        obstacle = Step(says=says, answer=False, reason="there is none", location=flow.rule.location)
    return Passage(arrives=obstacle.answer, obstacle=obstacle)
