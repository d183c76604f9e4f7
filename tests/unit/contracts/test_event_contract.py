import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import BaseModel

from cdk_eventbridge_patterns.contracts import DataClass, EventContract, EventType
from cdk_eventbridge_patterns.errors import ContractError, NamingError
from cdk_eventbridge_patterns.naming import NamingConvention

ACME = NamingConvention(organization="acme", stage="prod")

ORDER_PLACED: dict[str, Any] = {
    "type": "object",
    "properties": {"order_id": {"type": "string"}, "amount": {"type": "integer", "minimum": 1}},
    "required": ["order_id"],
}


class OrderPlaced(BaseModel):
    order_id: str
    amount: int


class Category(BaseModel):
    name: str
    within: "Category | None" = None


def a_contract(**changes: Any) -> EventContract:
    arguments: dict[str, Any] = {"service": "orders", "event": "OrderPlaced", "detail": ORDER_PLACED}
    return EventContract(**{**arguments, **changes})


def test_an_event_is_published_under_the_name_of_its_service_and_version() -> None:
    contract = a_contract(version=2)

    assert contract.event_type(ACME) == EventType("com.acme.orders", "OrderPlaced.v2")
    assert contract.title == "OrderPlaced.v2"
    assert contract.slug == "order-placed-v2"


def test_an_event_older_than_the_convention_keeps_its_source_and_detail_type() -> None:
    contract = a_contract(source="shop", detail_type="Order Placed")

    assert contract.event_type(ACME) == EventType("shop", "Order Placed")


def test_one_of_source_and_detail_type_may_be_older_than_the_convention() -> None:
    contract = a_contract(source="shop")

    assert contract.event_type(ACME) == EventType("shop", "OrderPlaced.v1")


def test_the_shape_may_be_a_pydantic_model() -> None:
    contract = a_contract(detail=OrderPlaced)

    assert contract.schema == OrderPlaced.model_json_schema()


def test_the_shape_may_refer_to_itself() -> None:
    contract = a_contract(event="CategoryMoved", detail=Category)

    assert contract.schema["$ref"] == "#/$defs/Category"


def test_a_published_contract_is_not_changed_through_what_it_was_made_of_or_handed_out() -> None:
    given = {"type": "object", "properties": {"order_id": {"type": "string"}}}
    contract = a_contract(detail=given)

    given["properties"] = {}
    contract.schema["properties"].clear()

    assert contract.schema["properties"] == {"order_id": {"type": "string"}}


def test_data_is_internal_unless_said_otherwise() -> None:
    assert a_contract().data_class is DataClass.INTERNAL
    assert a_contract(data_class="restricted").data_class is DataClass.RESTRICTED


@pytest.mark.parametrize(
    "example",
    [
        pytest.param({"order_id": "A-1", "amount": 3}, id="a dict"),
        pytest.param(MappingProxyType({"order_id": "A-1", "amount": 3}), id="another mapping"),
    ],
)
def test_an_example_that_fits_is_kept(example: Mapping[str, Any]) -> None:
    contract = a_contract(examples=[example])

    assert contract.examples == ({"order_id": "A-1", "amount": 3},)


def test_an_example_that_does_not_fit_is_refused_with_all_its_faults() -> None:
    right = {"order_id": "A-1"}
    wrong = {"order_id": 1, "amount": 0}

    with pytest.raises(ContractError) as refused:
        a_contract(examples=[right, wrong])

    message = str(refused.value)
    assert message.startswith("example 2 of OrderPlaced.v1 must fit its schema: ")
    assert "1 is not of type 'string' (at $.order_id)" in message
    assert "0 is less than the minimum of 1 (at $.amount)" in message


def test_a_schema_that_is_not_one_is_refused_with_the_place_of_the_fault() -> None:
    detail = {"type": "object", "properties": {"amount": {"type": "money"}}}

    with pytest.raises(ContractError) as refused:
        a_contract(detail=detail)

    message = str(refused.value)
    assert message.startswith("detail of OrderPlaced.v1 must be a valid JSON Schema: 'money' is not valid")
    assert message.endswith("(at $.properties.amount.type)")


@pytest.mark.parametrize(
    ("detail", "got"),
    [
        ({"type": "array"}, "'array'"),
        ({}, "None"),
        ({"type": ["object", "null"]}, "['object', 'null']"),
        ({"$ref": "#/$defs/Lines", "$defs": {"Lines": {"type": "array"}}}, "'array'"),
        ({"$ref": "#/$defs/Nowhere"}, "None"),
    ],
)
def test_a_detail_that_put_events_would_refuse_is_refused(detail: dict[str, Any], got: str) -> None:
    with pytest.raises(ContractError) as refused:
        a_contract(detail=detail)

    assert str(refused.value) == (f"detail of OrderPlaced.v1 must be a JSON Schema of type 'object', got type {got}")


@pytest.mark.parametrize("detail", [None, "OrderPlaced", dict, OrderPlaced(order_id="A-1", amount=3)])
def test_what_has_no_shape_is_refused(detail: object) -> None:
    with pytest.raises(ContractError) as refused:
        a_contract(detail=detail)

    assert str(refused.value) == (f"detail of OrderPlaced.v1 must be a pydantic model or a JSON Schema, got {detail!r}")


@pytest.mark.parametrize("version", [0, -1, True, "1", 1.0])
def test_a_version_is_a_whole_number_from_one(version: object) -> None:
    with pytest.raises(ContractError) as refused:
        a_contract(version=version)

    assert str(refused.value) == f"version must be a whole number from 1, got {version!r}"


def test_a_data_class_is_one_of_four() -> None:
    with pytest.raises(ContractError) as refused:
        a_contract(data_class="secret")

    assert str(refused.value) == ("data_class must be one of public, internal, confidential, restricted, got 'secret'")


@pytest.mark.parametrize(
    ("build", "message"),
    [
        pytest.param(lambda: a_contract(service="Orders"), "service must be lower-case words", id="service"),
        pytest.param(
            lambda: a_contract(event="placeOrder"),
            "event must be a past-tense fact in PascalCase",
            id="event",
        ),
        pytest.param(lambda: a_contract(source="aws.orders"), "source must match", id="source of AWS"),
        pytest.param(lambda: a_contract(source=""), "source must match", id="empty source"),
        pytest.param(
            lambda: a_contract(detail_type="O" * 129),
            "detail-type must be at most 128 characters",
            id="long detail-type",
        ),
    ],
)
def test_a_name_that_could_not_be_published_is_refused(build: Callable[[], EventContract], message: str) -> None:
    with pytest.raises(NamingError, match=message):
        build()


@pytest.mark.parametrize("reference", ["#/$defs/Missing", "https://schemas.example.com/order.json"])
def test_fails_on_a_reference_that_the_schema_does_not_hold_and_asks_no_network(reference: str) -> None:
    schema = {"type": "object", "properties": {"order": {"$ref": reference}}}

    with pytest.raises(ContractError, match=rf"must hold all it refers to, got .*{re.escape(reference.strip('#'))}"):
        EventContract(service="orders", event="OrderPlaced", detail=schema, examples=[{"order": {}}])
