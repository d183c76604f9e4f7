"""Sample events: one that the contract allows, and more where that one does not take every way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.errors import TraceError
from cdk_eventbridge_patterns.matching.analysis.verdict import Live
from cdk_eventbridge_patterns.simulation.trace import BusTrace, RuleTrace, Trace
from cdk_eventbridge_patterns.simulation.tracer import trace
from cdk_eventbridge_patterns.simulation.witness import witness_of
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology

_Rules = tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """An event, and what becomes of it.

    Args:
        title: Which one it is.

        trace: What becomes of it.
    """

    title: str
    trace: Trace


def samples_of(topology: Topology, event: EventStamp, bus: Bus, ways: list[_Rules]) -> list[Sample]:
    """Return sample events that together take every way that some *event* takes from *bus*.

    The first is any that the contract allows. The others pass rules that it does not pass; a way that no event of the
    contract takes has none.

    Args:
        topology: All that was read.

        event: The event.

        bus: The bus it is published on.

        ways: The rules that lead to each target, one after the other.
    """
    found: dict[str, Sample] = {}
    for rules in ((), *ways):
        if not any(_passes(each.trace.bus, rules) for each in found.values()):
            sample = _sample(topology, event, bus, rules)
            if sample is not None:
                found.setdefault(_written(sample.trace.event), sample)
    return list(found.values())


def _sample(topology: Topology, event: EventStamp, bus: Bus, rules: _Rules) -> Sample | None:
    witness = witness_of(topology, event, bus, rules)
    if not isinstance(witness, Live):
        return None
    try:
        traced = trace(topology, witness.witness, bus=bus.arn)
    except TraceError:
        return None  # its contract allows no event that EventBridge takes
    title = f"one that passes {' and '.join(rule.name for rule in rules)}" if rules else "any that its contract allows"
    return Sample(title=title, trace=traced)


def _passes(bus: BusTrace | None, rules: _Rules) -> bool:
    """Return whether an event on *bus* passes *rules*, one after the other, or may."""
    if not rules:
        return True
    passed = [each for each in (() if bus is None else bus.rules) if each.rule is rules[0] and _matches(each)]
    if len(rules) == 1:
        return bool(passed)
    return any(_passes(target.onward, rules[1:]) for each in passed for target in each.targets)


def _matches(rule: RuleTrace) -> bool:
    return rule.match.answer is not False


def _written(event: Mapping[str, Any]) -> str:
    return json.dumps(event, sort_keys=True, default=str)
