from typing import Annotated, Any, Literal

import pytest
from jsonschema import Draft4Validator
from pydantic import BaseModel, Field

from cdk_eventbridge_patterns.contracts import EventContract, EventType
from cdk_eventbridge_patterns.contracts.registry_schema import LONGEST_CONTENT, check_content, registry_schema
from cdk_eventbridge_patterns.errors import ContractError

ORDER_PLACED = EventType("com.acme.orders", "OrderPlaced.v1")


class Card(BaseModel):
    method: Literal["card"]
    last_digits: str = Field(pattern="^[0-9]{4}$")


class Invoice(BaseModel):
    method: Literal["invoice"]
    days: int = Field(gt=0, lt=61)


class Order(BaseModel):
    order_id: str
    tags: set[str] = set()
    size: tuple[int, int] | None = None
    payment: Annotated[Card | Invoice, Field(discriminator="method")]
    replaces: "Order | None" = Field(None, description="The order that this one replaces.")


def the_schema(detail: Any, **arguments: Any) -> dict[str, Any]:
    contract = EventContract(service="orders", event="OrderPlaced", detail=detail, **arguments)
    schema = registry_schema(contract, ORDER_PLACED)
    Draft4Validator.check_schema(schema)
    return schema


def the_schema_of(amount: object, **definitions: object) -> dict[str, Any]:
    """Return the registry's schema of an order whose amount has the schema given."""
    return the_schema({"type": "object", "properties": {"amount": amount}, "$defs": definitions})


def an_event(**changes: object) -> dict[str, object]:
    envelope = {
        "id": "7bf73129-1428-4cd3-a780-95db273d1602",
        "version": "0",
        "account": "111111111111",
        "region": "eu-west-1",
        "time": "2026-01-01T12:00:00Z",
        "resources": [],
        "source": "com.acme.orders",
        "detail-type": "OrderPlaced.v1",
        "detail": {},
    }
    return {**envelope, **changes}


def accepts(schema: dict[str, Any], event: dict[str, object]) -> bool:
    return Draft4Validator(schema).is_valid(event)


def test_the_schema_is_that_of_the_whole_event_as_it_arrives() -> None:
    schema = the_schema({"type": "object"})

    assert accepts(schema, an_event())


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "com.acme.billing"},
        {"detail-type": "OrderPlaced.v2"},
        {"detail": "{}"},
        {"resources": "arn:aws:s3:::orders"},
        {"account": 111111111111},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_an_event_with_another_envelope_does_not_fit(changes: dict[str, object]) -> None:
    schema = the_schema({"type": "object"})

    assert not accepts(schema, an_event(**changes))


def test_title_and_description_are_the_contracts() -> None:
    schema = the_schema({"type": "object"}, description="A customer placed an order.")

    assert schema["title"] == "OrderPlaced.v1"
    assert schema["description"] == "A customer placed an order."


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        pytest.param({"const": "EUR"}, {"enum": ["EUR"]}, id="const"),
        pytest.param({"const": 1, "enum": [1, 2]}, {"enum": [1]}, id="const beside enum"),
        pytest.param({"enum": ["EUR", "USD", "EUR"]}, {"enum": ["EUR", "USD"]}, id="a value twice"),
        pytest.param(
            {"exclusiveMinimum": 0, "exclusiveMaximum": 9},
            {"minimum": 0, "exclusiveMinimum": True, "maximum": 9, "exclusiveMaximum": True},
            id="exclusive bounds",
        ),
        pytest.param({"minimum": 1, "exclusiveMinimum": 0}, {"minimum": 1}, id="both bounds"),
        pytest.param(
            {"prefixItems": [{"type": "string"}], "items": False},
            {"items": [{"type": "string"}], "additionalItems": False},
            id="tuple",
        ),
        pytest.param({"items": {"const": 1}}, {"items": {"enum": [1]}}, id="list"),
        pytest.param({"uniqueItems": True}, {"uniqueItems": True}, id="set"),
        pytest.param({"required": []}, {}, id="nothing required"),
        pytest.param(True, {}, id="anything"),
        pytest.param(False, {"not": {}}, id="nothing"),
        pytest.param({"if": {"const": 1}, "then": False}, {}, id="if and then"),
        pytest.param({"contains": {"const": 1}, "minContains": 2}, {}, id="contains"),
        pytest.param({"propertyNames": {"pattern": "^x"}}, {}, id="property names"),
        pytest.param({"unevaluatedProperties": False}, {}, id="unevaluated properties"),
        pytest.param({"examples": [1], "readOnly": True, "$comment": "in cents"}, {}, id="descriptive"),
        pytest.param({"x-personal-data": True}, {"x-personal-data": True}, id="unknown keyword"),
        pytest.param({"default": {"const": 1}}, {"default": {"const": 1}}, id="default"),
        pytest.param({"dependencies": {"a": ["b"]}}, {}, id="only draft 4 would obey"),
        pytest.param(
            {"properties": {"if": True, "const": {"const": 1}}},
            {"properties": {"if": {}, "const": {"enum": [1]}}},
            id="properties called like keywords",
        ),
        pytest.param({"$ref": "#/$defs/Money"}, {"$ref": "#/definitions/Money"}, id="definition"),
        pytest.param({"$ref": "#"}, {"$ref": "#/properties/detail"}, id="the detail itself"),
        pytest.param(
            {"$ref": "#/properties/amount/prefixItems/0"},
            {"$ref": "#/properties/detail/properties/amount/items/0"},
            id="a place in the detail",
        ),
        pytest.param({"$ref": "#money"}, {}, id="anchor"),
        pytest.param({"$ref": "https://acme.com/money.json"}, {}, id="another document"),
        pytest.param(
            {"$id": "https://acme.com/own.json", "$defs": {"Money": False}, "$ref": "#/$defs/Money"},
            {},
            id="a document of its own, which means its own definitions",
        ),
        pytest.param(
            {"$ref": "#/$defs/Money", "minimum": 1},
            {"minimum": 1, "allOf": [{"$ref": "#/definitions/Money"}]},
            id="more beside a reference",
        ),
        pytest.param(
            {"$ref": "#/$defs/Money", "description": "In cents."},
            {"$ref": "#/definitions/Money", "description": "In cents."},
            id="words beside a reference",
        ),
    ],
)
def test_draft_4_says_the_same_in_its_own_words_or_nothing(amount: object, expected: dict[str, Any]) -> None:
    schema = the_schema_of(amount, Money={"type": "integer"})

    assert schema["properties"]["detail"]["properties"]["amount"] == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        pytest.param({"not": {"type": "array", "contains": {"const": 1}}}, {}, id="not, said in part"),
        pytest.param({"not": {"$ref": "#/$defs/Lossy"}}, {}, id="not, said in part elsewhere"),
        pytest.param({"oneOf": [{"$ref": "#/$defs/Deep"}, {"type": "null"}]}, {}, id="one of, said in part"),
        pytest.param({"not": {"$ref": "#money"}}, {}, id="not an anchor"),
        pytest.param({"not": {"const": 1}}, {"not": {"enum": [1]}}, id="not, said in full"),
        pytest.param(
            {"oneOf": [{"$ref": "#/$defs/Tree"}, {"type": "null"}]},
            {"oneOf": [{"$ref": "#/definitions/Tree"}, {"type": "null"}]},
            id="one of, said in full",
        ),
        pytest.param(
            {"anyOf": [{"contains": {"const": 1}}, {"type": "null"}]},
            {"anyOf": [{}, {"type": "null"}]},
            id="any of, said in part",
        ),
    ],
)
def test_an_exclusion_that_draft_4_can_say_only_in_part_is_not_said(amount: object, expected: dict[str, Any]) -> None:
    schema = the_schema_of(
        amount,
        Lossy={"type": "array", "contains": {"const": 1}},
        Deep={"type": "object", "properties": {"lines": {"$ref": "#/$defs/Lossy"}}},
        Tree={
            "type": "object",
            "properties": {"below": {"$ref": "#/$defs/Tree"}, "contains": {"type": "string"}},
        },
    )

    assert schema["properties"]["detail"]["properties"]["amount"] == expected


def test_a_definition_within_a_definition_is_still_found() -> None:
    schema = the_schema_of({"$ref": "#/$defs/Money/$defs/Cents"}, Money={"$defs": {"Cents": {"type": "integer"}}})

    assert accepts(schema, an_event(detail={"amount": 1}))
    assert not accepts(schema, an_event(detail={"amount": "1"}))


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        pytest.param({}, True, id="as it is"),
        pytest.param({"tags": ["gift", "gift"]}, False, id="a tag twice"),
        pytest.param({"size": [1, 2]}, True, id="a pair"),
        pytest.param({"size": [1, 2, 3]}, False, id="more than a pair"),
        pytest.param({"payment": {"method": "invoice", "days": 60}}, True, id="the other payment"),
        pytest.param({"payment": {"method": "invoice", "days": 0}}, False, id="on the exclusive bound"),
        pytest.param({"payment": {"method": "cash"}}, False, id="no such payment"),
        pytest.param({"replaces": {"order_id": 1}}, False, id="wrong within itself"),
    ],
)
def test_a_pydantic_model_means_the_same_in_the_registry(changes: dict[str, object], *, fits: bool) -> None:
    order = {"order_id": "A-1", "payment": {"method": "card", "last_digits": "1234"}, **changes}

    schema = the_schema(Order)

    assert accepts(schema, an_event(detail=order)) is fits


def test_a_schema_longer_than_the_registry_takes_is_refused_with_what_to_do() -> None:
    longest = "x" * LONGEST_CONTENT

    assert check_content(longest, "OrderPlaced.v1") == longest
    with pytest.raises(ContractError) as refused:
        check_content(longest + "x", "OrderPlaced.v1")
    assert str(refused.value) == (
        "schema of OrderPlaced.v1 must be at most 100000 characters for the schema registry, got 100001; "
        "split the event or pass schema_registry=Disabled(reason)"
    )
