"""A trace as JSON: one form, which stays as it is within a version."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from cdk_eventbridge_patterns.simulation.payload import NotSent, Payload
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.simulation.trace import BusTrace, RuleTrace, TargetTrace, Trace
from cdk_eventbridge_patterns.undecided import Undecided, in_a_word

VERSION = 1


def trace_json(trace: Trace) -> str:
    """Return a trace as a JSON object.

    It has `version`, which changes with the form; `event`, `publisher`, `published`, `steps`, `bus`; and `arrivals`, a
    flat list of all targets with `target`, `arrives`, `outcome` and `path`. An answer is `yes`, `no` or `undecided`, a
    step has `says`, `answer`, `reason`, and where there are any `code`, `location` and `missing`.
    """
    return json.dumps(_trace(trace), indent=2, ensure_ascii=False, default=str) + "\n"


def _trace(trace: Trace) -> dict[str, Any]:
    return {
        "version": VERSION,
        "event": trace.event,
        "publisher": None if trace.publisher is None else str(trace.publisher),
        "published": in_a_word(trace.published),
        "steps": _steps(trace.steps),
        "arrivals": [
            {
                "target": arrival.target_arn,
                "arrives": in_a_word(arrival.arrives),
                "outcome": arrival.last.outcome.value,
                "path": [each.rule.arn for each in arrival.path],
            }
            for arrival in trace.arrivals()
        ],
        "bus": None if trace.bus is None else _bus(trace.bus),
    }


def _bus(bus: BusTrace) -> dict[str, Any]:
    return {
        "arn": bus.bus_arn,
        "steps": _steps(bus.steps),
        "unread": None if bus.unread is None else bus.unread.reason,
        "archives": [{"name": archive.name, "keeps": in_a_word(match.answer)} for archive, match in bus.archives],
        "rules": [_rule(rule) for rule in bus.rules],
    }


def _rule(rule: RuleTrace) -> dict[str, Any]:
    return {
        "arn": rule.rule.arn,
        "account": rule.rule.account,
        "matches": in_a_word(rule.match.answer),
        "reason": rule.match.reason or None,
        "nearly": rule.match.is_near,
        "steps": _steps(rule.steps),
        "targets": [_target(target) for target in rule.targets],
    }


def _target(target: TargetTrace) -> dict[str, Any]:
    return {
        "id": target.target.id,
        "arn": target.target.arn,
        "outcome": target.outcome.value,
        "steps": _steps(target.steps),
        "payload": _payload(target.payload),
        "feeds": list(target.fed_from),
        "deadLetterQueue": target.dead_letter.queue_arn,
        "deadLetterQueueGetsIt": in_a_word(target.dead_letter.kept),
        "deadLetterSteps": _steps(target.dead_letter.steps),
        "bus": None if target.onward is None else _bus(target.onward),
    }


def _payload(payload: Payload | NotSent | Undecided) -> dict[str, Any]:
    if isinstance(payload, Payload):
        return {"text": payload.text, "unproved": list(payload.unproved)}
    return {"text": None, "reason": payload.reason}


def _steps(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [_step(step) for step in steps]


def _step(step: Step) -> dict[str, Any]:
    entry: dict[str, Any] = {"says": step.says, "answer": in_a_word(step.answer), "reason": step.reason}
    if step.code is not None:
        entry["code"] = step.code
    if step.location is not None:
        entry["location"] = str(step.location)
    if step.remedies and step.refuses:
        entry["missing"] = [{"of": each.of, "statement": dict(each.statement)} for each in step.remedies]
    return entry
