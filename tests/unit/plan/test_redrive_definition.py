"""The state machine of a redrive: its expressions are evaluated, its history is counted, its form is AWS's."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cfnlint.api import lint
from cfnlint.config import ManualArgs
from hypothesis import given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.plan.redrive_definition import MOST_LEFT, MOST_MESSAGES, redrive_definition
from cdk_eventbridge_patterns.plan.way_back import Means, WayBack

RULE = "arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/acme-prod-billing--order-placed-v1"
QUEUE = "arn:aws:sqs:eu-west-1:222222222222:invoices"
DETAIL = '{"order_id":"o \\"1\\", \\"detail\\":","amount":12345678901234567890,"tags":[]}'
BODY = (
    '{"version":"0","id":"e-1","detail-type":"OrderPlaced.v1","source":"com.acme.orders","account":"111111111111",'
    f'"time":"2026-11-28T10:00:00Z","region":"eu-west-1","resources":["a","b"],"detail":{DETAIL}}}'
)
ENCRYPTED = '{"version":"0","id":"e-2","detail-type":"Encrypted Events","source":"aws.events","detail":{"a":"b"}}'

EVERY_MEANS = [WayBack(origin=f"{RULE}-{means.name}", target_arn=QUEUE, means=means) for means in Means]
TO_QUEUE = WayBack(origin=RULE, target_arn=QUEUE, means=Means.QUEUE)


def states(*ways: WayBack) -> dict[str, Any]:
    found: dict[str, Any] = redrive_definition(
        ways or EVERY_MEANS, queue_name="lost", partition="aws", maximum=500, per_minute=60
    )["States"]
    return found


def evaluated(expression: str, **variables: Any) -> Any:
    """Return what an expression makes of variables; `$parse` is Step Functions' own."""
    limit = sys.getrecursionlimit()
    from jsonata import Jsonata  # noqa: PLC0415 - it raises the limit, as every evaluation does

    declared = "".join(f"${name}:={json.dumps(value, ensure_ascii=False)};" for name, value in variables.items())
    text = expression.removeprefix("{%").removesuffix("%}")
    try:
        return Jsonata(f"({declared}$parse:=function($t){{$eval($t)}};{text})").evaluate(None)
    finally:
        sys.setrecursionlimit(limit)


def message(body: str = BODY, *, ways: list[WayBack] | None = None, **attributes: Any) -> Any:
    """Return what a state machine knows of a received message."""
    named = {name: {"StringValue": value, "DataType": "String"} for name, value in attributes.items() if name.isupper()}
    system = {name: value for name, value in attributes.items() if not name.isupper()}
    found = {"MessageId": "m-1", "ReceiptHandle": "r-1", "Body": body, "MessageAttributes": named, "Attributes": system}
    rows = [way.to_row() for way in ([TO_QUEUE] if ways is None else ways)]
    expression = states()["Receive"]["Assign"]["message"]
    return evaluated(expression, states={"result": {"Messages": [found]}}, ways=rows)


# -- what becomes of a message -----------------------------------------------------------------------------


def test_a_message_goes_by_the_way_of_its_rule_and_target() -> None:
    found = message(RULE_ARN=RULE, TARGET_ARN=QUEUE, ERROR_CODE="NO_PERMISSIONS")

    assert found["by"] == "SendToQueue"
    assert (found["origin"], found["target"], found["error"]) == (RULE, QUEUE, "NO_PERMISSIONS")


@pytest.mark.parametrize(
    "attributes",
    [{"RULE_ARN": RULE, "TARGET_ARN": f"{QUEUE}-2"}, {"RULE_ARN": f"{RULE}-2", "TARGET_ARN": QUEUE}, {}],
    ids=["another target", "another rule", "no origin"],
)
def test_a_message_of_an_unknown_origin_has_no_way(attributes: dict[str, Any]) -> None:
    found = message(**attributes)

    assert "by" not in found
    assert found["why"] == "no delivery or subscription that uses the queue is its origin"


def test_a_message_that_sqs_took_from_a_queue_goes_back_there_whatever_else_it_says() -> None:
    inbox = f"{QUEUE}-inbox"

    found = message(
        ways=[TO_QUEUE, WayBack.of_queue(inbox)], DeadLetterQueueSourceArn=inbox, RULE_ARN=RULE, TARGET_ARN=QUEUE
    )

    assert (found["by"], found["target"]) == ("SendToQueue", inbox)


def test_an_event_that_is_encrypted_with_the_key_of_its_bus_is_left() -> None:
    found = message(ENCRYPTED, RULE_ARN=RULE, TARGET_ARN=QUEUE)

    assert (found["by"], found["why"]) == ("nothing", "it is encrypted with the key of its bus; decrypt it first")


def test_an_event_that_only_speaks_of_encrypted_events_is_not() -> None:
    body = BODY.replace(DETAIL, '{"note":{"detail-type":"Encrypted Events"}}')

    assert message(body, RULE_ARN=RULE, TARGET_ARN=QUEUE)["by"] == "SendToQueue"


def test_a_way_with_an_obstacle_says_which() -> None:
    blocked = WayBack(origin=RULE, target_arn=QUEUE, obstacle="it is in another account")

    found = message(ways=[blocked], RULE_ARN=RULE, TARGET_ARN=QUEUE)

    assert "by" not in found
    assert found["why"] == "it is in another account"


@pytest.mark.parametrize("result", [{}, {"Messages": []}])
def test_an_empty_queue_gives_no_message(result: dict[str, Any]) -> None:
    assign = states()["Receive"]["Assign"]

    assert evaluated(assign["message"], states={"result": result}, ways=[])["id"] == ""
    assert evaluated(assign["body"], states={"result": result}) == ""


# -- what a target gets --------------------------------------------------------------------------------------


def sent(means: Means, body: str = BODY, **known: Any) -> Any:
    arguments = states()[means.state]["Arguments"]
    variables = {"message": {"target": QUEUE, **known}, "body": body, "queues": "https://sqs/222222222222/"}
    if isinstance(arguments, str):
        return evaluated(arguments, **variables)
    return {
        name: evaluated(value, **variables) if value.startswith("{%") else value for name, value in arguments.items()
    }


def test_a_queue_gets_the_event_as_it_is_written() -> None:
    assert sent(Means.QUEUE) == {"QueueUrl": "https://sqs/222222222222/invoices", "MessageBody": BODY}


def test_a_fifo_queue_gets_it_in_its_group() -> None:
    assert sent(Means.QUEUE, group="orders")["MessageGroupId"] == "orders"


def test_a_target_of_the_detail_alone_gets_that_as_it_is_written() -> None:
    assert sent(Means.TOPIC, only_detail=True)["Message"] == DETAIL


def test_a_target_of_a_constant_gets_the_constant() -> None:
    assert sent(Means.STATE_MACHINE, text='{"kind": "tick"}')["Input"] == '{"kind": "tick"}'


def test_a_function_gets_json() -> None:
    body = BODY.replace("12345678901234567890", "12.5")

    given = sent(Means.FUNCTION, body)

    assert given == {"FunctionName": QUEUE, "InvocationType": "Event", "Payload": json.loads(body)}


def test_a_number_that_would_be_another_is_not_given_to_a_function() -> None:
    with pytest.raises(Exception, match="too many digits"):
        sent(Means.FUNCTION)


def test_a_bus_gets_the_event_under_its_own_name_and_the_detail_as_it_is_written() -> None:
    assert sent(Means.BUS) == {
        "Entries": [
            {
                "EventBusName": QUEUE,
                "Source": "com.acme.orders",
                "DetailType": "OrderPlaced.v1",
                "Resources": ["a", "b"],
                "Time": "2026-11-28T10:00:00Z",
                "Detail": DETAIL,
            }
        ]
    }


@pytest.mark.parametrize("body", ["no event", BODY.replace(f'"detail":{DETAIL}', '"detail":{},"more":1')])
def test_where_the_detail_is_not_found_nothing_is_sent(body: str) -> None:
    with pytest.raises(Exception, match=r"detail was not found|[Ss]yntax|[Ee]xpected"):
        sent(Means.TOPIC, body, only_detail=True)


@settings(max_examples=30)
@given(st.dictionaries(st.text(max_size=8), st.text() | st.integers() | st.lists(st.text()), max_size=3))
def test_whatever_the_detail_says_it_is_found_as_it_is_written(detail: dict[str, Any]) -> None:
    written = json.dumps(detail, ensure_ascii=False, separators=(",", ":"))

    assert sent(Means.TOPIC, BODY.replace(DETAIL, written), only_detail=True)["Message"] == written


# -- what it takes and when it ends --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"maximum": 650, "per_minute": 60}, False),
        ({"maximum": 651, "per_minute": 60}, True),
        ({"maximum": 0, "per_minute": 60}, True),
        ({"maximum": 10, "per_minute": 61}, True),
        ({"maximum": 10, "per_minute": 0}, True),
        ({"maximum": "10", "per_minute": 60}, True),
        ({"maximum": 650, "per_minute": 0.9}, True),
        ({"maximum": 650, "per_minute": 1}, False),
    ],
)
def test_an_input_that_an_execution_has_no_room_for_is_refused(asked: dict[str, Any], refused: bool) -> None:
    (choice,) = states()["Check"]["Choices"]

    assert evaluated(choice["Condition"], asked=asked) is refused


def test_the_pause_keeps_the_rate_and_what_is_left_is_hidden_as_long_as_it_takes() -> None:
    settings = states()["Settle"]["Assign"]["settings"]
    asked = {"maximum": 100, "per_minute": 40}

    assert evaluated(settings["pause"], asked=asked) == 2
    assert evaluated(settings["hidden"], asked=asked) == 60 + 100 * (2 + 5)


def test_too_many_that_are_left_end_it_before_the_maximum_does() -> None:
    too_many, maximum = states()["More"]["Choices"]
    left, settings = [{"id": "m"}], {"maximum": MOST_LEFT}

    assert evaluated(too_many["Condition"], left=left * MOST_LEFT) is True
    assert evaluated(maximum["Condition"], left=left, redriven=MOST_LEFT - 1, settings=settings) is True
    assert evaluated(maximum["Condition"], left=left, redriven=MOST_LEFT - 2, settings=settings) is False


def test_the_report_says_why_a_message_was_left_and_has_no_receipt() -> None:
    known = {"id": "m-1", "origin": RULE, "target": QUEUE, "error": "TIMEOUT", "why": "Sqs.QueueDoesNotExist"}

    left = evaluated(states()["Leave"]["Assign"]["left"], left=[], message={**known, "receipt": "r-1", "by": "x"})
    reported = evaluated(states()["Report"]["Output"]["left"], left=left)

    assert left == [{**known, "receipt": "r-1"}]
    assert reported == [known]
    assert evaluated(states()["Report"]["Output"]["left"], left=[]) == []


# -- its form ------------------------------------------------------------------------------------------------


# TaskStateEntered, TaskScheduled, TaskStarted, TaskSucceeded, TaskStateExited; other states are entered and left. Each
# further attempt is TaskFailed, TaskScheduled and TaskStarted.
EVENTS = {"Task": 5, "Choice": 2, "Pass": 2, "Wait": 2}


def events_of(state: dict[str, Any]) -> int:
    attempts: int = sum(each["MaxAttempts"] for each in state.get("Retry", ()))
    return EVENTS[state["Type"]] + 3 * attempts


def rounds(
    all_states: dict[str, Any], name: str = "Receive", so_far: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Return all ways through the loop, from one message to the next."""
    if name == "Receive" and so_far:
        yield so_far
        return
    state = all_states[name]
    if state["Type"] in ("Map", "Succeed") or name == "Count":
        return
    after = [state.get("Next"), state.get("Default")]
    after += [each["Next"] for key in ("Choices", "Catch") for each in state.get(key, ())]
    for each in dict.fromkeys(filter(None, after)):
        yield from rounds(all_states, each, (*so_far, name))


def test_the_history_of_an_execution_has_room_for_all_its_messages() -> None:
    all_states = states()
    longest = max(sum(events_of(all_states[name]) for name in each) for each in rounds(all_states))
    around = 100 + MOST_LEFT * 9

    assert longest == 37
    assert longest * MOST_MESSAGES + around <= 25_000


@pytest.mark.parametrize("ways", [EVERY_MEANS, [TO_QUEUE], []], ids=["every means", "one", "none"])
def test_cloudformation_takes_its_definition(tmp_path: Path, ways: list[WayBack]) -> None:
    assert (
        list(linted(tmp_path, redrive_definition(ways, queue_name="q", partition="aws", maximum=1, per_minute=1))) == []
    )


def test_what_judges_the_definition_knows_its_language(tmp_path: Path) -> None:
    broken = redrive_definition([TO_QUEUE], queue_name="q", partition="aws", maximum=1, per_minute=1)
    broken["States"]["Receive"]["Parameters"] = {}

    assert list(linted(tmp_path, broken)) != []


def linted(_: Path, definition: dict[str, Any]) -> Iterator[str]:
    properties = {"RoleArn": "arn:aws:iam::111111111111:role/redrive", "Definition": definition}
    template = {"Resources": {"Redrive": {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}}}
    for found in lint(json.dumps(template), config=ManualArgs(regions=["eu-west-1"])):
        yield f"{found.rule.id}: {found.message}"


def test_every_state_that_is_named_is_there_and_every_state_is_named() -> None:
    definition = redrive_definition(EVERY_MEANS, queue_name="q", partition="aws", maximum=1, per_minute=1)
    named = {definition["StartAt"]} | set(_names(definition["States"]))

    assert named == {*definition["States"], "ShowAgain", "Hidden"}


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            if key in ("Next", "Default", "StartAt") and isinstance(below, str):
                yield below
            else:
                yield from _names(below)
    elif isinstance(value, list):
        for below in value:
            yield from _names(below)
