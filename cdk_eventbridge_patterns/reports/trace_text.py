"""A trace for people: a tree of lines, each with what it means for the event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from cdk_eventbridge_patterns.reports.called import called
from cdk_eventbridge_patterns.simulation.payload import Payload
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.simulation.trace import BusTrace, Outcome, RuleTrace, TargetTrace, Trace
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.undecided import Answer, Undecided


class Tone(str, Enum):
    """What a line means for the event, and the sign it begins with."""

    GOOD = "✓"
    BAD = "✗"
    UNDECIDED = "?"
    PLAIN = "·"


@dataclass(frozen=True)
class Line:
    """One line of the tree.

    Args:
        depth: How many steps it is indented.

        tone: What it means.

        text: What it says.
    """

    depth: int
    tone: Tone
    text: str

    def __str__(self) -> str:
        return f"{'  ' * self.depth}{self.tone.value} {self.text}"


_OUTCOMES = {
    Outcome.DELIVERED: Tone.GOOD,
    Outcome.UNDECIDED: Tone.UNDECIDED,
    Outcome.DEAD_LETTERED: Tone.BAD,
    Outcome.LOST: Tone.BAD,
    Outcome.NOT_DEPLOYED: Tone.BAD,
}
_ATTEMPTS = {BusKind.CLASSIC: (185, 86_400), BusKind.V2: (5, 300)}
"""How often, and for how many seconds, a delivery is tried again where the target says nothing.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""


def trace_lines(trace: Trace, *, all_steps: bool = False) -> Iterator[Line]:
    """Return a trace as lines.

    Args:
        trace: The trace.

        all_steps: Whether every decision has a line. Default: those that are in the way of the event, or may be; and
            of rules, those that match or nearly do.
    """
    event = trace.event
    by = "replayed" if trace.publisher is None else f"published by {trace.publisher}"
    yield Line(0, _tone(trace.published), f"{event['detail-type']} of {event['source']}, {by}")
    yield from _steps(trace.steps, 1, all_steps=all_steps)
    if trace.bus is not None:
        yield Line(1, _tone(trace.bus.goes_on), called(trace.bus.bus_arn))
        yield from _bus(trace.bus, 2, all_steps=all_steps)


def trace_text(trace: Trace, *, all_steps: bool = False) -> str:
    """Return a trace as plain text, a line for each thing that happens."""
    return "\n".join(map(str, trace_lines(trace, all_steps=all_steps)))


def tries(target: Target, kind: BusKind) -> str:
    """Return how often and for how long a delivery to *target* is tried."""
    most, longest = _ATTEMPTS[kind]
    attempts = most if target.max_attempts is None else target.max_attempts
    return f"{attempts + 1} times or for {longest if target.max_age is None else target.max_age} s"


def _bus(bus: BusTrace, depth: int, *, all_steps: bool) -> Iterator[Line]:
    yield from _steps(bus.steps, depth, all_steps=all_steps)
    if bus.unread is not None:
        yield Line(depth, Tone.UNDECIDED, bus.unread.reason)
    for archive, match in bus.archives:
        if match.answer is not False:
            yield Line(depth, _tone(match.answer), f"archive {archive.name} keeps it")
    for rule in bus.rules:
        if all_steps or rule.match.answer is not False or rule.match.is_near:
            yield from _rule(rule, depth, all_steps=all_steps)
    left = sum(rule.match.answer is False and not rule.match.is_near for rule in bus.rules)
    if left and not all_steps:
        others = "1 other rule waits" if left == 1 else f"{left} other rules wait"
        yield Line(depth, Tone.PLAIN, f"{others} for other events")


def _rule(rule: RuleTrace, depth: int, *, all_steps: bool) -> Iterator[Line]:
    yield Line(depth, _tone(rule.fires), f"rule {rule.rule.name}{_of_others(rule.rule)}: {_matching(rule)}")
    yield from _steps(rule.steps, depth + 1, all_steps=all_steps)
    for target in rule.targets:
        yield from _target(target, depth + 1, all_steps=all_steps)


def _of_others(rule: Rule) -> str:
    return f" of account {rule.account}" if rule.on_foreign_bus is not False else ""


def _matching(rule: RuleTrace) -> str:
    if isinstance(rule.match.answer, Undecided):
        return f"may match, {rule.match.reason}"
    return "matches" if rule.match.answer else f"does not match: {rule.match.reason}"


def _target(target: TargetTrace, depth: int, *, all_steps: bool) -> Iterator[Line]:
    outcome = target.outcome
    yield Line(depth, _OUTCOMES[outcome], f"{called(target.target.arn)}: {outcome.value}")
    yield from _steps(target.steps, depth + 1, all_steps=all_steps)
    if not target.target.is_bus and outcome is not Outcome.NOT_DEPLOYED:
        yield from _payload(target, depth + 1)
    for arn in target.fed_from if target.failing is None else ():
        yield Line(depth + 1, Tone.PLAIN, f"feeds {called(arn)}")
    yield from _failure(target, depth + 1, all_steps=all_steps)
    if target.onward is not None:
        yield from _bus(target.onward, depth + 1, all_steps=all_steps)


def _payload(target: TargetTrace, depth: int) -> Iterator[Line]:
    if isinstance(target.payload, Payload):
        yield Line(depth, Tone.PLAIN, f"receives {target.payload.text}")
    elif isinstance(target.payload, Undecided):
        yield Line(depth, Tone.UNDECIDED, f"what it receives is not known: {target.payload.reason}")


def _failure(target: TargetTrace, depth: int, *, all_steps: bool) -> Iterator[Line]:
    """Tell what becomes of the event where it is not delivered, now or whenever the target fails."""
    lost = target.dead_letter
    failing = target.failing
    if failing is not None and failing.at_deployment:
        return
    when = "cannot be delivered" if failing is not None else f"fails {tries(target.target, target.rule.kind)}"
    if lost.queue_arn is None:
        yield Line(depth, Tone.BAD, f"what {when} is lost: there is no dead-letter queue")
    else:
        code = f" with {failing.code}" if failing is not None and failing.code is not None else ""
        if lost.kept is not True or failing is not None or all_steps:
            kept = "goes" if lost.kept is True else "would go"
            yield Line(depth, _tone(lost.kept), f"what {when} {kept} to {called(lost.queue_arn)}{code}")
        yield from _steps(lost.steps, depth + 1, all_steps=all_steps)


def _steps(steps: Iterable[Step], depth: int, *, all_steps: bool) -> Iterator[Line]:
    for step in steps:
        if step.answer is True and not all_steps:
            continue
        if step.refuses:
            yield Line(depth, Tone.BAD, f"not so: {step.says}: {step.reason}")
        else:
            yield Line(depth, _tone(step.answer), f"{step.says}: {step.reason}")
        for remedy in step.remedies if step.refuses else ():
            yield Line(depth + 1, Tone.PLAIN, f"missing {remedy}")


def _tone(answer: Answer) -> Tone:
    if isinstance(answer, Undecided):
        return Tone.UNDECIDED
    return Tone.GOOD if answer else Tone.BAD
