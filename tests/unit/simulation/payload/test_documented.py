"""What the user guide and the API reference say that a target receives; each class or test names its page."""

import pytest

from cdk_eventbridge_patterns.simulation.payload import NotSent, Payload, payload_of
from cdk_eventbridge_patterns.testing.builders import BILLING, a_rule, a_target, bus_arn, queue_arn
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Target

EVENT = {
    "version": "0",
    "id": "7bf73129-1428-4cd3-a780-95db273d1602",
    "detail-type": "EC2 Instance State-change Notification",
    "source": "aws.ec2",
    "account": "123456789012",
    "time": "2015-11-11T21:29:54Z",
    "region": "us-east-1",
    "resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
    "detail": {"instance-id": "i-0123456789", "state": "RUNNING", "cores": 4, "spot": False},
}
PATHS = {
    "timestamp": "$.time",
    "instance": "$.detail.instance-id",
    "state": "$.detail.state",
    "cores": "$.detail.cores",
    "spot": "$.detail.spot",
    "absent": "$.detail.reason",
    "first": "$.resources[0]",
}
RULE = a_rule(name="ship")
STREAM = "arn:aws:kinesis:eu-west-1:222222222222:stream/billing"
LOG_GROUP = "arn:aws:logs:eu-west-1:222222222222:log-group:/aws/events/billing"


def _transformed(template: str, paths: dict[str, str] | None = None) -> Target:
    transformer = {"InputPathsMap": PATHS if paths is None else paths, "InputTemplate": template}
    return a_target(STREAM, input={"InputTransformer": transformer})


def _text(target: Target) -> str:
    payload = payload_of(target, RULE, EVENT)
    assert isinstance(payload, Payload), payload
    return payload.text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'),
        (r'"instance \"<instance>\" is in <state>"', r'"instance \"i-0123456789\" is in RUNNING"'),
        ('{"instance":<instance>,"state":<state>}', '{"instance":"i-0123456789","state":"RUNNING"}'),
        (
            r'{"state":"<state>","instanceStatus":"instance \"<instance>\" is in <state>"}',
            r'{"state":"RUNNING","instanceStatus":"instance \"i-0123456789\" is in RUNNING"}',
        ),
        ('{"state":[9,<state>,true],"Transformed":"Yes"}', '{"state":[9,"RUNNING",true],"Transformed":"Yes"}'),
        ('"<aws.events.rule-name> triggered"', '"ship triggered"'),
        ('{"ruleName":<aws.events.rule-name>}', '{"ruleName":"ship"}'),
        ('{"cores":<cores>,"spot":<spot>}', '{"cores":4,"spot":false}'),
        ('{"reason":"<absent>"}', '{"reason":""}'),
        ('{"of":<first>}', '{"of":"arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"}'),
    ],
    ids=[
        "simple string",
        "string with escaped quotes",
        "simple JSON",
        "JSON with strings and variables",
        "JSON with a mix of variables and static information",
        "reserved variable in a string",
        "reserved variable in JSON",
        "only strings get quotes",
        "a variable that isn't created doesn't appear",
        "an array index",
    ],
)
def test_the_examples_of_the_user_guide(template: str, text: str) -> None:
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
    assert _text(_transformed(template)) == text


def test_the_time_of_ingestion_is_known_at_delivery_only() -> None:
    sent = payload_of(_transformed('{"at":<aws.events.event.ingestion-time>}'), RULE, EVENT)

    assert sent == Payload('{"at":"«time EventBridge received the event»"}')


def test_the_event_without_its_detail_is_left_as_a_part() -> None:
    text = _text(_transformed('{"event":<aws.events.event>}'))

    assert text == '{"event":«the event without its detail»}'


def test_what_deployment_decides_stays_a_part_of_the_text() -> None:
    text = _text(_transformed('{"stage":"«parameter \'Stage\'»","«parameter \'Key\'»":<state>}'))

    assert text == '{"stage":"«parameter \'Stage\'»","«parameter \'Key\'»":"RUNNING"}'


@pytest.mark.parametrize("notation", ["$", "$.detail", "$.detail.instance-id", "$.resources[0]"])
def test_a_path_by_dots_and_indices_is_followed(notation: str) -> None:
    assert isinstance(payload_of(a_target(STREAM, input={"InputPath": notation}), RULE, EVENT), Payload)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"Input": "tick"}, "its Input is not JSON"),
        ({"Input": f'"{"x" * 8_191}"'}, "its Input must be text of at most 8192 characters"),
        ({"InputPath": "$." + "x" * 255}, "its InputPath must be text of at most 256 characters"),
        (
            {"InputTransformer": {"InputTemplate": f'"{"x" * 8_191}"'}},
            "its template has 8193 characters, and 1 to 8192 are allowed",
        ),
        (
            {"InputTransformer": {"InputTemplate": '"x"', "InputPathsMap": {f"p{n}": "$" for n in range(101)}}},
            "it has 101 paths, and 100 are allowed",
        ),
        (
            {"InputTransformer": {"InputTemplate": '"x"', "InputPathsMap": {"order id": "$.detail"}}},
            "its path 'order id' must have a name of letters, digits, - and _, and 256 characters at most",
        ),
        (
            {"InputTransformer": {"InputTemplate": '{"<state>": 1}', "InputPathsMap": {"state": "$.detail.state"}}},
            "its template has a variable in the name of a field",
        ),
        ({"InputTransformer": "<state>"}, "its InputTransformer is no object"),
        (
            {"InputTransformer": {"InputPathsMap": PATHS}},
            "its transformer needs a template, and its paths by name",
        ),
    ],
    ids=[
        "no JSON",
        "long input",
        "long path",
        "long template",
        "many paths",
        "name of a path",
        "key",
        "no object",
        "no template",
    ],
)
def test_the_api_refuses_what_is_beyond_its_limits(given: dict[str, object], reason: str) -> None:
    # https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html and API_InputTransformer.html
    assert payload_of(a_target(STREAM, input=given), RULE, EVENT) == NotSent(reason, at_deployment=True)


@pytest.mark.parametrize(
    "arn",
    ["arn:aws:ecs:eu-west-1:222222222222:cluster/billing", "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript"],
)
def test_nothing_of_the_event_is_passed_to_a_task_or_a_command(arn: str) -> None:
    # https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
    assert payload_of(a_target(arn), RULE, EVENT) == Payload("")


def test_a_bus_in_another_account_can_be_sent_the_event_only() -> None:
    # https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
    target = a_target(bus_arn("acme-prod-billing", account=BILLING), input={"InputPath": "$.detail"})

    sent = payload_of(target, RULE, EVENT)

    assert sent == NotSent("it is a bus in another account, which can't have InputPath", at_deployment=True)


@pytest.mark.parametrize(
    ("arn", "who"),
    [
        ("arn:aws:lambda:eu-west-1:222222222222:function:billing", "a function"),
        ("arn:aws:states:eu-west-1:222222222222:stateMachine:billing", "a state machine"),
    ],
)
def test_what_takes_json_is_not_sent_lines_of_text(arn: str, who: str) -> None:
    # https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
    # https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
    lines, line = ({"InputTransformer": {"InputTemplate": text}} for text in ('"placed"\n"paid"', '"placed"'))

    assert payload_of(a_target(arn, input=lines), RULE, EVENT) == NotSent(
        f"its text is not JSON, and {who} takes nothing else"
    )
    assert payload_of(a_target(arn, input=line), RULE, EVENT) == Payload('"placed"')


def test_a_path_to_the_whole_event_has_the_order_of_the_envelope() -> None:
    backwards = dict(reversed(EVENT.items()))

    sent = payload_of(_transformed('{"event":<all>}', {"all": "$"}), RULE, backwards)

    assert isinstance(sent, Payload)
    assert sent.text.startswith('{"event":{"version":"0","id":')


def test_a_log_group_takes_a_timestamp_and_a_message() -> None:
    # The example "Amazon CloudWatch log group" of eb-transform-target-input.
    template = '{"timestamp":<timestamp>,"message":"instance <instance> is in <state>"}'
    transformer = {"InputPathsMap": PATHS, "InputTemplate": template}

    sent = payload_of(a_target(LOG_GROUP, input={"InputTransformer": transformer}), RULE, EVENT)

    assert sent == Payload('{"timestamp":"2015-11-11T21:29:54Z","message":"instance i-0123456789 is in RUNNING"}')


@pytest.mark.parametrize("given", [{}, {"Transformer": {"Type": "RAW"}}, {"Transformer": {}}])
def test_a_subscriber_is_sent_the_published_data_by_default(given: dict[str, object]) -> None:
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-transform.html
    subscriber = a_rule(kind=BusKind.V2)

    sent = payload_of(a_target(queue_arn(), input=given), subscriber, EVENT)

    assert isinstance(sent, Payload)
    assert sent.text.startswith('{"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602"')
    assert sent.unproved == ("white space and the order of fields, which are those of the published data",)


def test_a_subscriber_whose_transformer_is_no_object_is_refused() -> None:
    target = a_target(queue_arn(), input={"Transformer": "RAW"})

    sent = payload_of(target, a_rule(kind=BusKind.V2), EVENT)

    assert sent == NotSent("its Transformer is no object", at_deployment=True)
