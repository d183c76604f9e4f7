"""What AWS documents nowhere and no recorded answer shows is left undecided, with the reason."""

import pytest

from cdk_eventbridge_patterns.simulation.payload import NOTHING, Payload, found_at, payload_of
from cdk_eventbridge_patterns.testing.builders import ORDERS, a_rule, a_target, bus_arn, queue_arn
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.undecided import Undecided

EVENT = {
    "version": "0",
    "detail-type": "OrderPlaced.v1",
    "source": "com.acme.orders",
    "detail": {
        "order_id": "17",
        "note": 'leave it at the "back" door',
        "coupon": None,
        "total": 19.9,
        "city": "Zürich",
        "lines": [{"sku": "a-1"}, {"sku": "b-2"}],
        "counts": [1, 2],
    },
}
PATHS = {name: f"$.detail.{name}" for name in [*EVENT["detail"], "absent"]}
LOG_GROUP = "arn:aws:logs:eu-west-1:222222222222:log-group:/aws/events/billing"


def _of_template(template: str) -> object:
    given = {"InputTransformer": {"InputPathsMap": PATHS, "InputTemplate": template}}
    return payload_of(a_target(queue_arn(), input=given), a_rule(), EVENT)


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ('{"coupon": <coupon>}', "what EventBridge puts for <coupon>, whose value is null,"),
        ('"coupon <coupon>"', "what EventBridge puts for <coupon>, whose value is null,"),
        ('{"all": [<absent>]}', "what EventBridge puts for <absent>, which finds nothing, in an array,"),
        ('{"counts": "<counts>"}', "what EventBridge puts for <counts>, which has no string, inside quotes,"),
        ('"<aws.events.event.json>"', "what EventBridge puts for <aws.events.event.json>, inside a text,"),
        ('"a < b"', "what EventBridge makes of a < that begins no variable"),
        ("<lines>", "what EventBridge makes of a template that is neither JSON nor quoted text"),
        ('{"total": NaN}', "what EventBridge makes of a template that is neither JSON nor quoted text"),
        ("order <order_id>", "what EventBridge makes of a template that is neither JSON nor quoted text"),
        (r'"order\n<order_id>"', r"what EventBridge makes of an escape other than \" in a template of text"),
    ],
)
def test_a_template_that_no_page_describes(template: str, what: str) -> None:
    assert _of_template(template) == Undecided(f"{what} is documented nowhere")


@pytest.mark.parametrize("template", ['{"note": <note>}', '{"note": "<note>"}', '"note <note>"'])
def test_a_string_that_json_escapes(template: str) -> None:
    assert _of_template(template) == Undecided(
        "the value of <note> has characters that JSON escapes, and EventBridge escapes none in a text; "
        "what it sends then is documented nowhere"
    )


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("$.detail.absent", "what EventBridge sends where '$.detail.absent' finds nothing is documented nowhere"),
        ("$.detail.coupon", "what EventBridge sends where '$.detail.coupon' finds null is documented nowhere"),
        ("$.detail.lines[*].sku", "what EventBridge finds at '$.detail.lines[*].sku' is documented nowhere"),
        ("$['detail']", "what EventBridge finds at \"$['detail']\" is documented nowhere"),
        ("$.detail.«parameter 'Field'»", "the JSON path \"$.detail.«parameter 'Field'»\" depends on parameter 'Field'"),
    ],
)
def test_a_path(path: str, reason: str) -> None:
    assert payload_of(a_target(queue_arn(), input={"InputPath": path}), a_rule(), EVENT) == Undecided(reason)


@pytest.mark.parametrize(
    "given",
    [
        {"Input": Undecided("the parameter has no value")},
        {"InputTransformer": Undecided("the parameter has no value")},
        {"InputTransformer": {"InputTemplate": Undecided("the parameter has no value")}},
        {"InputTransformer": {"InputTemplate": '"x"', "InputPathsMap": {"x": Undecided("the parameter has no value")}}},
    ],
)
def test_what_deployment_decides(given: dict[str, object]) -> None:
    assert payload_of(a_target(queue_arn(), input=given), a_rule(), EVENT) == Undecided("the parameter has no value")


@pytest.mark.parametrize("transformer", [Undecided("it has no value"), {"Type": Undecided("it has no value")}])
def test_what_deployment_decides_of_a_subscriber(transformer: object) -> None:
    target = a_target(queue_arn(), input={"Transformer": transformer})

    assert payload_of(target, a_rule(kind=BusKind.V2), EVENT) == Undecided("it has no value")


def test_a_path_of_a_template_that_is_not_plain() -> None:
    transformer = {"InputTemplate": '{"skus":<skus>}', "InputPathsMap": {"skus": "$.detail.lines[*].sku"}}

    assert payload_of(a_target(queue_arn(), input={"InputTransformer": transformer}), a_rule(), EVENT) == Undecided(
        "what EventBridge finds at '$.detail.lines[*].sku' is documented nowhere"
    )


def test_how_many_events_a_subscriber_sends_at_once() -> None:
    target = a_target("arn:aws:lambda:eu-west-1:222222222222:function:billing")

    assert payload_of(target, a_rule(kind=BusKind.V2), EVENT) == Undecided(
        "whether a subscriber sends events one by one to this target depends on its batches"
    )


def test_a_bus_of_the_same_account_that_is_sent_a_part() -> None:
    target = a_target(bus_arn("audit", account=ORDERS), input={"InputPath": "$.detail"})

    assert payload_of(target, a_rule(), EVENT) == Undecided(
        "whether EventBridge accepts InputPath for a bus is documented for those of other accounts only"
    )


@pytest.mark.parametrize("given", [{"Input": "{}"}, {"InputPath": "$.detail"}])
def test_a_log_group_that_is_sent_anything_else(given: dict[str, object]) -> None:
    assert isinstance(payload_of(a_target(LOG_GROUP, input=given), a_rule(), EVENT), Undecided)


@pytest.mark.parametrize("kind", ["WITH_METADATA", "JSONATA"])
def test_the_metadata_and_the_expressions_of_a_subscriber(kind: str) -> None:
    target = a_target(queue_arn(), input={"Transformer": {"Type": kind}})

    assert payload_of(target, a_rule(kind=BusKind.V2), EVENT) == Undecided(
        f"what a transformer of type {kind} makes of an event is not followed"
    )


@pytest.mark.parametrize(
    ("template", "unproved"),
    [
        ('{"total":<total>}', ("how the number 19.9 is spelled",)),
        ('{"city":<city>}', ("whether characters beyond ASCII are escaped",)),
        ('{"all":<aws.events.event.json>}', (
            "how the number 19.9 is spelled",
            "which escape a character is written by",
            "whether characters beyond ASCII are escaped",
        )),
        ('{"id": <order_id>}', ("whether the white space around its values is kept",)),
        ('"order <order_id>"\n', ("whether the white space around its values is kept",)),
        ('"order <order_id>"\n"done"', ()),
    ],
)  # fmt: skip
def test_only_the_spelling_is_open(template: str, unproved: tuple[str, ...]) -> None:
    sent = _of_template(template)

    assert isinstance(sent, Payload)
    assert sent.unproved == unproved


def test_the_brackets_of_what_is_known_at_delivery_only_are_no_characters_beyond_ascii() -> None:
    published = {"id": "«id that EventBridge gives»", "detail": {"order_id": "17"}}

    assert payload_of(a_target(queue_arn()), a_rule(), published) == Payload(
        '{"id":"«id that EventBridge gives»","detail":{"order_id":"17"}}'
    )


def test_a_path_tells_null_from_nothing() -> None:
    assert found_at("$.detail.coupon", EVENT) is None
    assert found_at("$.detail.absent", EVENT) is NOTHING
    assert found_at("$.detail.lines[1].sku", EVENT) == "b-2"
    assert found_at("$.detail.lines[2]", EVENT) is NOTHING
    assert found_at("$.detail.order_id.name", EVENT) is NOTHING
