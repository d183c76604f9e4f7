"""What a target receives for an event.

The order of the fields and the absence of white space in a whole event are not in the user guide, but in answers of AWS
that others recorded. What neither has is undecided, or said in `Payload.unproved` where only the spelling is open.
https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.simulation.payload.json_path import NOTHING, found_at
from cdk_eventbridge_patterns.simulation.payload.json_text import in_order, json_text, read_json, unproved_spelling
from cdk_eventbridge_patterns.simulation.payload.outcome import NotSent, Payload
from cdk_eventbridge_patterns.simulation.payload.subscribed import subscribed
from cdk_eventbridge_patterns.simulation.payload.transform import transformed
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.input_limits import LONGEST_INPUT, LONGEST_PATH
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.text import account_of, is_literal, same
from cdk_eventbridge_patterns.undecided import Undecided


def payload_of(target: Target, rule: Rule, event: Mapping[str, Any]) -> Payload | NotSent | Undecided:
    """Return what *target* of *rule* receives for *event*.

    It is the body of a queue's message, the message of a topic, the data of a stream's record, the event of a function
    and, where the event is not transformed, the message of a log event.

    Args:
        target: The target.

        rule: Its rule, or the subscriber it is of.

        event: The whole event, as JSON has it.
    """
    given = {name: value for name, value in target.input.items() if value is not None}
    if len(given) > 1:
        # "Only one of Input, InputPath, or InputTransformer must be provided", answers PutTargets.
        return NotSent(f"it has {' and '.join(given)}, of which one is allowed", at_deployment=True)
    name, value = next(iter(given.items()), ("", {}))
    if isinstance(value, Undecided):
        return value
    if rule.kind is BusKind.V2:
        return subscribed(target, value, in_order(event))
    if not given:
        return _untransformed(target, in_order(event))
    if target.is_bus:
        return _to_bus(target, rule, name)
    payload = _given(name, value, rule, in_order(event))
    return _accepted(payload, name, target) if isinstance(payload, Payload) else payload


def _untransformed(target: Target, event: Mapping[str, Any]) -> Payload:
    # PutTargets: nothing of the event is passed to an ECS task or to Run Command.
    runs_without_input = target.service == "ecs" or (target.service == "ssm" and ":document/" in target.arn)
    return Payload("") if runs_without_input else _as_json(event)


def _as_json(value: object) -> Payload:
    return Payload(json_text(value), unproved_spelling(value))


def _to_bus(target: Target, rule: Rule, name: str) -> NotSent | Undecided:
    """Return why a bus is not sent something other than the event."""
    if same(account_of(target.arn), rule.bus_account) is False:
        return NotSent(f"it is a bus in another account, which can't have {name}", at_deployment=True)
    return Undecided(f"whether EventBridge accepts {name} for a bus is documented for those of other accounts only")


def _accepted(payload: Payload, name: str, target: Target) -> Payload | NotSent | Undecided:
    """Return *payload*, or why the service of *target* does not take it."""
    if target.service in _TAKE_JSON and is_literal(payload.text) and read_json(payload.text) is NOTHING:
        return NotSent(f"its text is not JSON, and {_TAKE_JSON[target.service]} takes nothing else")
    return _logged(payload, name) if target.service == "logs" else payload


# Invoke: "The JSON that you want to provide to your Lambda function as input"; StartExecution: "the JSON input data".
_TAKE_JSON = {"lambda": "a function", "states": "a state machine"}


def _logged(payload: Payload, name: str) -> Payload | Undecided:
    """Return *payload* where it is of the one form that the user guide has for a log group."""
    fields = read_json(payload.text)
    if name == "InputTransformer" and isinstance(fields, dict) and fields.keys() == {"timestamp", "message"}:
        return payload
    return Undecided("what a log group makes of anything but a transformed timestamp and message is documented nowhere")


def _given(name: str, value: Any, rule: Rule, event: Mapping[str, Any]) -> Payload | NotSent | Undecided:  # noqa: ANN401
    if name == "Input":
        return _constant(value)
    if name == "InputPath":
        return _part(value, event)
    if not isinstance(value, Mapping):
        return NotSent(f"its {name} is no object", at_deployment=True)
    return transformed(value, rule, event)


def _constant(text: object) -> Payload | NotSent:
    """Return a constant, which is sent as it is."""
    if not isinstance(text, str) or (is_literal(text) and len(text) > LONGEST_INPUT):
        return NotSent(f"its Input must be text of at most {LONGEST_INPUT} characters", at_deployment=True)
    if is_literal(text) and read_json(text) is NOTHING:
        return NotSent("its Input is not JSON", at_deployment=True)
    return Payload(text)


def _part(path: object, event: Mapping[str, Any]) -> Payload | NotSent | Undecided:
    """Return the part of the event that a path finds, as JSON: a string is sent with its quotes."""
    if not isinstance(path, str) or (is_literal(path) and len(path) > LONGEST_PATH):
        return NotSent(f"its InputPath must be text of at most {LONGEST_PATH} characters", at_deployment=True)
    value = found_at(path, event)
    if isinstance(value, Undecided):
        return value
    if value is NOTHING or value is None:
        found = "nothing" if value is NOTHING else "null"
        return Undecided(f"what EventBridge sends where {path!r} finds {found} is documented nowhere")
    return _as_json(value)
