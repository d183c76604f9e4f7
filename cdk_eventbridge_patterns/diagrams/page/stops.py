"""A trace as one stop after the other, each at its place in the picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cdk_eventbridge_patterns.diagrams.page.stop import Stop
from cdk_eventbridge_patterns.diagrams.picture import EdgeKey, EdgeKind
from cdk_eventbridge_patterns.reports.called import called
from cdk_eventbridge_patterns.reports.trace_text import tries
from cdk_eventbridge_patterns.simulation.payload import Payload
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.simulation.trace import BusTrace, Outcome, RuleTrace, TargetTrace, Trace
from cdk_eventbridge_patterns.undecided import Undecided, in_a_word

NOTE = "note"

_ANSWERS = {Outcome.DELIVERED: "yes", Outcome.UNDECIDED: "undecided"}


def stops_of(trace: Trace, publisher: EdgeKey | None) -> Iterator[Stop]:
    """Return every decision on the way of an event, and what it comes to, in the order in which they are met.

    Args:
        trace: What became of the event.

        publisher: The edge from who publishes it to the bus, nothing where that is not drawn.
    """
    event = trace.event
    at = _Place(node=trace.bus_arn, edge=publisher, depth=0)
    by = f"published by {trace.publisher}" if trace.publisher is not None else "replayed"
    yield Stop(
        says=f"{event['detail-type']} of {event['source']} is {by} on {called(trace.bus_arn)}",
        answer=in_a_word(trace.published),
        reason="",
        depth=at.depth,
        node=at.node,
        edge=at.edge,
        payload=event,
    )
    yield from _steps(trace.steps, at)
    if trace.bus is not None:
        yield from _bus(trace.bus, at)


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where in the picture the event is."""

    node: str
    edge: EdgeKey | None
    depth: int


def _steps(steps: Iterable[Step], at: _Place) -> Iterator[Stop]:
    for step in steps:
        yield Stop(
            says=step.says,
            answer=in_a_word(step.answer),
            reason=step.reason if step.code is None or not step.refuses else f"{step.reason} ({step.code})",
            depth=at.depth,
            node=at.node,
            edge=at.edge,
            missing=tuple(map(str, step.remedies)) if step.refuses else (),
        )


def _bus(bus: BusTrace, at: _Place) -> Iterator[Stop]:
    yield from _steps(bus.steps, at)
    if bus.unread is not None:
        says = f"all rules on {called(bus.bus_arn)} were read"
        yield Stop(says=says, answer="undecided", reason=bus.unread.reason, depth=at.depth, node=at.node)
    for archive, match in bus.archives:
        if match.answer is not False:
            says, answer = f"archive {archive.name} keeps it", in_a_word(match.answer)
            yield Stop(says=says, answer=answer, reason=match.reason, depth=at.depth, node=at.node)
    others = [rule for rule in bus.rules if _waits_for_others(rule)]
    for rule in bus.rules:
        if not _waits_for_others(rule):
            yield from _rule(rule, at)
    if others:
        waiting = "1 other rule waits" if len(others) == 1 else f"{len(others)} other rules wait"
        says = f"{waiting} for other events on {called(bus.bus_arn)}"
        yield Stop(says=says, answer=NOTE, reason="", depth=at.depth, node=at.node)


def _waits_for_others(rule: RuleTrace) -> bool:
    return rule.match.answer is False and not rule.match.is_near


def _rule(trace: RuleTrace, above: _Place) -> Iterator[Stop]:
    rule = trace.rule
    taken = (rule.bus_arn, rule.arn, EdgeKind.TAKES) if rule.bus_arn == above.node else None
    at = _Place(node=rule.arn, edge=taken, depth=above.depth + 1)
    whose = f" of account {rule.account}" if rule.on_foreign_bus is not False else ""
    yield Stop(
        says=f"rule {rule.name}{whose} matches",
        answer=in_a_word(trace.match.answer),
        reason=trace.match.reason,
        depth=at.depth,
        node=at.node,
        edge=at.edge,
    )
    yield from _steps(trace.steps, at)
    for target in trace.targets:
        yield from _target(target, at)


def _target(trace: TargetTrace, above: _Place) -> Iterator[Stop]:
    rule, target = trace.rule, trace.target
    at = _Place(node=target.arn, edge=(rule.arn, target.arn, EdgeKind.DELIVERS), depth=above.depth + 1)
    yield from _steps(trace.steps, at)
    yield _outcome(trace, at)
    for arn in trace.fed_from if trace.failing is None else ():
        fed = (target.arn, arn, EdgeKind.FEEDS)
        yield Stop(says=f"{called(arn)} is fed from it", answer=NOTE, reason="", depth=at.depth + 1, node=arn, edge=fed)
    yield from _dead_letter(trace, at)
    if trace.onward is not None:
        yield from _bus(trace.onward, at)


def _outcome(trace: TargetTrace, at: _Place) -> Stop:
    """Return what becomes of the event at a target, and what the target gets, or the event as it is on that bus."""
    outcome, payload = trace.outcome, trace.payload
    says = f"{called(trace.target.arn)} receives it"
    reason = "" if outcome in _ANSWERS else outcome.value
    sent = payload.text if isinstance(payload, Payload) else None
    if isinstance(payload, Undecided):
        reason = "; ".join(filter(None, [reason, f"what it receives is not known: {payload.reason}"]))
    return Stop(
        says=says,
        answer=_ANSWERS.get(outcome, "no"),
        reason=reason,
        depth=at.depth,
        node=at.node,
        edge=at.edge,
        payload=sent if trace.onward is None else trace.onward.event,
    )


def _dead_letter(trace: TargetTrace, above: _Place) -> Iterator[Stop]:
    """Return what becomes of the event where it is not delivered, now or whenever the target fails."""
    failing, lost = trace.failing, trace.dead_letter
    if failing is not None and failing.at_deployment:
        return
    when = "cannot be delivered" if failing is not None else f"fails {tries(trace.target, trace.rule.kind)}"
    if lost.queue_arn is None:
        says = f"what {when} is kept in a dead-letter queue"
        yield Stop(says=says, answer="no", reason="there is none: it is lost", depth=above.depth, node=trace.rule.arn)
        return
    edge = (trace.rule.arn, lost.queue_arn, EdgeKind.DEAD_LETTERS)
    at = _Place(node=lost.queue_arn, edge=edge, depth=above.depth)
    yield Stop(
        says=f"what {when} goes to {called(lost.queue_arn)}",
        answer=in_a_word(lost.kept),
        reason="",
        depth=at.depth,
        node=at.node,
        edge=at.edge,
    )
    yield from _steps(lost.steps, at)
