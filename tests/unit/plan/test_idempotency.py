from __future__ import annotations

import json
from typing import Any

import jmespath
import pytest
from aws_lambda_powertools.utilities.jmespath_utils import query
from hypothesis import given
from hypothesis import strategies as st

from cdk_eventbridge_patterns.contracts import AwsEvent, CloudEvent, EventContract, StandardEnvelope
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.idempotency import idempotency_path, key_expression

DETAIL = {
    "type": "object",
    "properties": {
        "order_id": {"type": "string"},
        "coupon": {"type": "string"},
        "note": {"type": ["string", "null"]},
        "card": {"type": "string", "x-sensitive": True},
        "customer": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]},
    },
    "required": ["order_id", "note", "card", "customer"],
}
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail=DETAIL)
WRAPPED = EventContract(service="orders", event="OrderShipped", detail=DETAIL, envelope=StandardEnvelope())
CLOUD_EVENT = EventContract(service="orders", event="OrderPaid", detail=DETAIL, envelope=CloudEvent(source="orders"))
OBJECT_CREATED = AwsEvent("aws.s3", "Object Created")


@pytest.mark.parametrize(
    ("contract", "path"), [(WRAPPED, "detail.metadata.idempotencyKey"), (CLOUD_EVENT, "detail.id")]
)
def test_the_field_is_the_one_that_the_envelope_has_for_it(contract: EventContract, path: str) -> None:
    assert idempotency_path([contract]) == path


@pytest.mark.parametrize("path", ["detail.order_id", "detail.customer.id"])
def test_a_field_that_every_event_has_may_be_named(path: str) -> None:
    assert idempotency_path([ORDER_PLACED], path) == path


def test_events_of_aws_are_known_by_the_id_that_aws_gives_each_once() -> None:
    assert idempotency_path([OBJECT_CREATED], "id") == "id"


@pytest.mark.parametrize(
    ("contract", "says"),
    [
        (
            ORDER_PLACED,
            "pass idempotency_key= with a field that is the same for the same fact, such as 'detail.order_id'",
        ),
        (OBJECT_CREATED, "pass idempotency_key='id'"),
    ],
)
def test_events_that_nobody_can_know_again_are_refused_with_what_to_do(contract: EventContract, says: str) -> None:
    with pytest.raises(DeclarationError, match="has no idempotency key") as refused:
        idempotency_path([contract])

    assert says in str(refused.value)


def test_events_with_their_keys_in_different_places_are_refused() -> None:
    with pytest.raises(DeclarationError, match=r"'detail.id' in OrderPaid.v1 and 'detail.metadata.idempotencyKey' in"):
        idempotency_path([WRAPPED, CLOUD_EVENT])


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("detail.order", "has no field 'order'; the nearest is 'order_id'"),
        ("detail.coupon", "its contract lets it be missing, null, or no plain value"),
        ("detail.note", "its contract lets it be missing, null, or no plain value"),
        ("detail.customer", "its contract lets it be missing, null, or no plain value"),
        ("detail.card", "its producer encrypts it"),
    ],
)
def test_a_field_that_some_event_may_be_without_is_refused(path: str, why: str) -> None:
    with pytest.raises(DeclarationError, match=r"must be a field that every OrderPlaced.v1 has") as refused:
        idempotency_path([ORDER_PLACED], path)

    assert why in str(refused.value)


@pytest.mark.parametrize("path", ["", "detail", "detail.", "order_id", "metadata.key", 7])
def test_what_is_no_field_of_detail_is_refused(path: Any) -> None:
    with pytest.raises(DeclarationError, match=r"must be a field of detail, such as 'detail.order_id', got"):
        idempotency_path([ORDER_PLACED], path)


def test_the_id_of_an_event_is_no_key_where_it_may_be_published_again() -> None:
    with pytest.raises(DeclarationError, match="published again, or on another bus, has another id"):
        idempotency_path([ORDER_PLACED, OBJECT_CREATED], "id")


# -- the expression


def key_of(event: dict[str, Any], path: str = "detail.order_id") -> Any:
    return jmespath.search(key_expression(path), event)


def an_event(detail: object, detail_type: str = "OrderPlaced.v1") -> dict[str, Any]:
    return {"source": "com.acme.orders", "detail-type": detail_type, "detail": detail}


def test_the_key_is_the_type_of_the_event_and_the_value() -> None:
    assert key_of(an_event({"order_id": "o-1"})) == ["com.acme.orders", "OrderPlaced.v1", "o-1"]


def test_two_types_of_event_with_one_value_have_two_keys() -> None:
    assert key_of(an_event({"order_id": "o-1"})) != key_of(an_event({"order_id": "o-1"}, "OrderCancelled.v1"))


@pytest.mark.parametrize("detail", [{}, {"order_id": None}, {"order_id": ""}, None])
def test_an_event_without_the_value_has_no_key_at_all(detail: object) -> None:
    assert not key_of(an_event(detail))


def test_zero_is_a_value() -> None:
    assert key_of(an_event({"order_id": 0})) == ["com.acme.orders", "OrderPlaced.v1", 0]


def test_the_expression_is_for_a_message_too_once_its_body_is_read() -> None:
    message = {"body": json.dumps(an_event({"order_id": "o-1"}))}

    found = query(message, f"powertools_json(body) | ({key_expression('detail.order_id')})")

    assert found == ["com.acme.orders", "OrderPlaced.v1", "o-1"]


@given(field=st.text(min_size=1).filter(lambda text: "." not in text and text.isprintable()))
def test_a_field_of_any_name_is_found(field: str) -> None:
    event = json.loads(json.dumps(an_event({field: "o-1"})))

    assert key_of(event, f"detail.{field}") == ["com.acme.orders", "OrderPlaced.v1", "o-1"]
