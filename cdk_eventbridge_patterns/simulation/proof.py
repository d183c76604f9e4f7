"""Whether a declared flow arrives, by an event of the contract that is traced to its target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.matching.analysis.common_event import common_event
from cdk_eventbridge_patterns.matching.analysis.verdict import Dead, Live
from cdk_eventbridge_patterns.simulation.flow import Flow
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.simulation.trace import Trace
from cdk_eventbridge_patterns.simulation.tracer import trace
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.topology.uncertain_pattern import UncertainPattern
from cdk_eventbridge_patterns.undecided import Answer, Undecided


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
    """Return whether *flow* arrives, by one of the rules that bring it."""
    if flow.is_direct:
        return _by(topology, flow, [])
    if not flow.movers:
        return Proof(flow=flow, arrives=False, obstacle=_nothing_brings(flow))
    proofs = [_by(topology, flow, [mover]) for mover in flow.movers]
    return min(proofs, key=lambda proof: (proof.arrives is False, proof.arrives is not True))


def _by(topology: Topology, flow: Flow, movers: Sequence[Rule]) -> Proof:
    rules = [*movers, flow.rule]
    event = witness_of(topology, flow.event, flow.bus, rules)
    if not isinstance(event, Live):
        obstacle = _no_event(flow, rules, event)
        return Proof(flow=flow, arrives=obstacle.answer, obstacle=obstacle)
    found = trace(topology, event.witness, bus=flow.bus.arn, only={rule.arn for rule in rules})
    arrives = found.reaches(flow.target.arn)
    return Proof(flow=flow, arrives=arrives, obstacle=None if arrives is True else found.obstacle, trace=found)


def witness_of(topology: Topology, event: EventStamp, bus: Bus, rules: Sequence[Rule]) -> Live | Dead | Undecided:
    """Return an event that its contract allows and that passes all *rules*; without a contract, any detail will do."""
    patterns = _published_on(bus)
    for rule in rules:
        read = UncertainPattern.read(rule.event_pattern) if isinstance(rule.event_pattern, Mapping) else None
        if read is None:
            return Undecided(f"rule {rule.name} has no event pattern that can be read")
        patterns.append(read.possibly)
    registered = [each.schema for each in topology.schemas_of(event.source, event.detail_type)]
    known = [schema for schema in registered if isinstance(schema, EventSchema)]
    schema = known[0] if known else _any_detail(event.source, event.detail_type)
    return _common_event(tuple(patterns), schema)


def _published_on(bus: Bus) -> list[EventPattern]:
    """Return what every event asks that the account of *bus* publishes there."""
    if not (is_literal(bus.account) and is_literal(bus.region)):
        return []
    return [EventPattern.parse({"account": [bus.account], "region": [bus.region]})]


@lru_cache(maxsize=1024)
def _any_detail(source: str, detail_type: str) -> EventSchema:
    return EventSchema.of_detail({"type": "object"}, title=detail_type, source=source, detail_type=detail_type)


@lru_cache(maxsize=4096)
def _common_event(patterns: tuple[EventPattern, ...], schema: EventSchema) -> Live | Dead | Undecided:
    """Return it once for the many rules that ask for the same."""
    return common_event(patterns, schema)


def _nothing_brings(flow: Flow) -> Step:
    return Step(
        says=f"a rule on {flow.bus.arn} brings {flow.event.name} to {flow.rule.bus_arn}",
        answer=False,
        reason="there is none",
        location=flow.rule.location,
    )


def _no_event(flow: Flow, rules: Sequence[Rule], verdict: Dead | Undecided) -> Step:
    says = f"some {flow.event.name} passes {' and '.join(f'rule {rule.name}' for rule in rules)}"
    location = event_pattern_place(rules[-1])
    if isinstance(verdict, Undecided):
        return Step.unknown(says, verdict, location=location)
    return Step(says=says, answer=False, reason=f"{verdict.path}: {verdict.reason}", location=location)
