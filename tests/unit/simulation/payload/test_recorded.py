"""What AWS sent, as others recorded it: LocalStack's tests run against AWS and keep its answers.

In tests/aws/services/events: test_events_inputs.py, test_events_targets.py, test_archive_and_replay.py and snapshots,
recorded from 2024 to 2025. The templates here are theirs, some shortened. A snapshot holds a body that is a JSON object
as its value, so only of text and of a topic's message the spelling is recorded; the other cases compare values.
"""

import json

import pytest

from cdk_eventbridge_patterns.simulation.payload import NotSent, Payload, payload_of
from cdk_eventbridge_patterns.testing.builders import a_rule, a_target, queue_arn

PAYLOAD = {"acc_id": "0a787ecb-4015", "sf_id": "baz"}
EVENT = {
    "detail": {
        "command": "update-account",
        "payload": PAYLOAD,
        "listsingle": ["HIGH"],
        "listmulti": ["ACTIVE", "INACTIVE"],
        "valid": True,
    },
    "resources": [],
    "version": "0",
    "id": "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": "core.update-account-command",
    "source": "core.update-account-command",
    "account": "111111111111",
    "time": "2024-05-13T12:27:07Z",
    "region": "eu-west-1",
}
PATHS = {
    "type": "$.detail-type",
    "timestamp": "$.time",
    "command": "$.detail.command",
    "userId": "$.detail.payload.acc_id",
    "payload": "$.detail.payload",
    "missing": "$.detail.awsAccountId",
    "listsingle": "$.detail.listsingle",
    "listmulti": "$.detail.listmulti",
    "valid": "$.detail.valid",
}
RULE = a_rule(name="ship")


def _sent(**given: object) -> str:
    payload = payload_of(a_target(queue_arn(), input=given), RULE, EVENT)
    assert isinstance(payload, Payload), payload
    return payload.text


def _made_of(template: str) -> str:
    return _sent(InputTransformer={"InputPathsMap": PATHS, "InputTemplate": template})


def test_a_whole_event_is_sent_without_white_space_and_its_envelope_in_one_order() -> None:
    text = _sent()

    assert text == (
        '{"version":"0","id":"17793124-05d4-b198-2fde-7ededc63b103","detail-type":"core.update-account-command",'
        '"source":"core.update-account-command","account":"111111111111","time":"2024-05-13T12:27:07Z",'
        '"region":"eu-west-1","resources":[],"detail":{"command":"update-account",'
        '"payload":{"acc_id":"0a787ecb-4015","sf_id":"baz"},"listsingle":["HIGH"],'
        '"listmulti":["ACTIVE","INACTIVE"],"valid":true}}'
    )


def test_a_replayed_event_has_its_replay_before_its_resources() -> None:
    replayed = payload_of(a_target(queue_arn()), RULE, EVENT | {"replay-name": "again"})

    assert isinstance(replayed, Payload)
    assert '"region":"eu-west-1","replay-name":"again","resources":[]' in replayed.text


def test_a_constant_is_sent_in_place_of_the_event() -> None:
    assert json.loads(_sent(Input='{"custom-value": "somecustominput"}')) == {"custom-value": "somecustominput"}


def test_a_path_to_an_object_sends_it_as_json() -> None:
    assert json.loads(_sent(InputPath="$.detail.payload")) == PAYLOAD


def test_a_path_to_a_string_sends_it_with_its_quotes() -> None:
    assert _sent(InputPath="$.detail.payload.sf_id") == '"baz"'


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('"Event of <type>, <command>"', '"Event of core.update-account-command, update-account"'),
        ('"info extracted from detail <missing>"', '"info extracted from detail "'),
        ('"{[/Check with special starting <command>"', '"{[/Check with special starting update-account"'),
        ('"Payload of <payload> and <userId>"', '"Payload of {acc_id:0a787ecb-4015,sf_id:baz} and 0a787ecb-4015"'),
        ('"<listsingle> single list item"', '"[HIGH] single list item"'),
        ('"<listmulti> multiple list items"', '"[ACTIVE,INACTIVE] multiple list items"'),
        ('"<listmulti> items"\n"<missing> id"\n"<userId>"', '"[ACTIVE,INACTIVE] items"\n" id"\n"0a787ecb-4015"'),
        ('"Command is <valid>!"', '"Command is true!"'),
    ],
    ids=[
        "strings",
        "a path that finds nothing leaves nothing",
        "a text may begin like JSON",
        "an object loses its quotes",
        "an array of one",
        "an array has no spaces",
        "lines of text keep their quotes and breaks",
        "a boolean",
    ],
)  # fmt: skip
def test_quoted_text_is_sent_with_its_quotes(template: str, text: str) -> None:
    assert _made_of(template) == text


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ('{"time": <timestamp>,  "command": <command>}', {"time": "2024-05-13T12:27:07Z", "command": "update-account"}),
        ('{"command": <missing>}', {"command": ""}),
        ('{"path": "<userId>", "bod": <payload>}', {"path": "0a787ecb-4015", "bod": PAYLOAD}),
        ('{"id" : <userId>}', {"id": "0a787ecb-4015"}),
        ('{"id" : "<userId>"}', {"id": "0a787ecb-4015"}),
        ('{"bod": [<userId>, "hardcoded"]}', {"bod": ["0a787ecb-4015", "hardcoded"]}),
        ('{"singlelistitem": <listsingle>}', {"singlelistitem": ["HIGH"]}),
        ('{"again": "users/<userId>/second/<userId>"}', {"again": "users/0a787ecb-4015/second/0a787ecb-4015"}),
        ('{"originalEventJson": <aws.events.event.json>}', {"originalEventJson": EVENT}),
    ],
    ids=[
        "a string gets its quotes",
        "a path that finds nothing leaves an empty string",
        "an object gets none",
        "a string by itself",
        "a string that has its quotes",
        "a string in an array",
        "an array",
        "a variable used twice",
        "the whole event",
    ],
)  # fmt: skip
def test_a_json_template_makes_json(template: str, value: object) -> None:
    assert json.loads(_made_of(template)) == value


def test_the_rule_is_known_by_its_variables() -> None:
    text = _made_of('"<aws.events.rule-arn> <aws.events.rule-name>"')

    assert text == '"arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/ship ship"'


@pytest.mark.parametrize(
    "template", ['{"payload": "<payload>"}', '{"path": "users/<payload>"}', '{"item": "<listsingle>"}']
)
def test_an_object_or_array_inside_the_quotes_of_a_json_template_is_not_sent(template: str) -> None:
    target = a_target(queue_arn(), input={"InputTransformer": {"InputPathsMap": PATHS, "InputTemplate": template}})

    sent = payload_of(target, RULE, EVENT)

    assert isinstance(sent, NotSent)
    assert not sent.at_deployment


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            {"InputTransformer": {"InputPathsMap": PATHS, "InputTemplate": '"<type> and <notdefinedkey>"'}},
            "its template uses <notdefinedkey>, which no path defines",
        ),
        (
            {"InputPath": "$.detail", "InputTransformer": {"InputPathsMap": PATHS, "InputTemplate": '"<type>"'}},
            "it has InputPath and InputTransformer, of which one is allowed",
        ),
    ],
    ids=["a variable without a path", "two ways at once"],
)
def test_put_targets_refuses(given: dict[str, object], reason: str) -> None:
    assert payload_of(a_target(queue_arn(), input=given), RULE, EVENT) == NotSent(reason, at_deployment=True)
