from typing import Annotated, Any, Literal

import pytest
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import OpenAPIV30SpecValidator
from pydantic import BaseModel, Field

from cdk_eventbridge_patterns.contracts import EventContract, EventType, SchemaDialect
from cdk_eventbridge_patterns.contracts.registry_schema import registry_schema

ORDER_PLACED = EventType("com.acme.orders", "OrderPlaced.v1")

MONEY = {"$ref": "#/components/schemas/Money"}


class Card(BaseModel):
    method: Literal["card"]
    last_digits: str = Field(pattern="^[0-9]{4}$")


class Invoice(BaseModel):
    method: Literal["invoice"]
    days: int = Field(gt=0, lt=61)


class Order(BaseModel):
    order_id: str
    note: str | None = Field(None, max_length=10)
    currency: Literal["EUR", "USD"] | None = None
    size: tuple[int, int] | None = None
    payment: Annotated[Card | Invoice, Field(discriminator="method")]
    replaces: "Order | None" = Field(None, description="The order that this one replaces.")


def the_document(detail: Any, **arguments: Any) -> dict[str, Any]:
    contract = EventContract(service="orders", event="OrderPlaced", detail=detail, **arguments)
    document = registry_schema(contract, ORDER_PLACED, SchemaDialect.OPEN_API_3)
    OpenAPIV30SpecValidator(document).validate()
    return document


def components(detail: Any) -> dict[str, Any]:
    schemas: dict[str, Any] = the_document(detail)["components"]["schemas"]
    return schemas


def said_of(amount: object, **definitions: object) -> Any:
    """Return what the document says of an order's amount whose schema is given."""
    detail = {"type": "object", "properties": {"amount": amount}, "$defs": definitions}
    return components(detail)["OrderPlaced"]["properties"]["amount"]


def accepts(document: dict[str, Any], **changes: object) -> bool:
    event = {
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
    validator = OAS30Validator({"$ref": "#/components/schemas/AWSEvent", "components": document["components"]})
    return bool(validator.is_valid({**event, **changes}))


def test_the_document_has_the_shape_that_eventbridge_itself_writes() -> None:
    document = the_document({"type": "object"}, version=2, description="A customer placed an order.")

    event = document["components"]["schemas"]["AWSEvent"]
    assert document["openapi"] == "3.0.0"
    assert document["paths"] == {}
    assert document["info"] == {
        "title": "OrderPlaced.v2",
        "version": "2.0.0",
        "description": "A customer placed an order.",
    }
    assert event["x-amazon-events-source"] == "com.acme.orders"
    assert event["x-amazon-events-detail-type"] == "OrderPlaced.v1"
    assert event["properties"]["detail"] == {"$ref": "#/components/schemas/OrderPlaced"}
    assert document["components"]["schemas"]["OrderPlaced"] == {"type": "object"}


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        pytest.param({}, True, id="as it arrives"),
        pytest.param({"source": "com.acme.billing"}, False, id="source"),
        pytest.param({"detail-type": "OrderPlaced.v2"}, False, id="detail-type"),
        pytest.param({"detail": "{}"}, False, id="detail"),
        pytest.param({"account": 111111111111}, False, id="account"),
    ],
)
def test_the_schema_is_that_of_the_whole_event(changes: dict[str, object], *, fits: bool) -> None:
    document = the_document({"type": "object"})

    assert accepts(document, **changes) is fits


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        pytest.param({"type": ["string", "null"]}, {"type": "string", "nullable": True}, id="type or null"),
        pytest.param({"type": "null"}, {"enum": [None]}, id="null alone"),
        pytest.param(
            {"type": ["string", "array", "null"]},
            {"anyOf": [{"type": "string", "nullable": True}, {"type": "array", "items": {}}]},
            id="several types",
        ),
        pytest.param(
            {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "null"}], "description": "In words."},
            {"type": "string", "maxLength": 3, "nullable": True, "description": "In words."},
            id="any of one and null",
        ),
        pytest.param(
            {"anyOf": [{"enum": ["EUR"], "type": "string"}, {"type": "null"}]},
            {"enum": ["EUR", None], "type": "string", "nullable": True},
            id="an enum and null, which the enum must name",
        ),
        pytest.param(
            {"anyOf": [{"$ref": "#/$defs/Money"}, {"type": "null"}]},
            {"anyOf": [MONEY, {"enum": [None]}]},
            id="a reference or null",
        ),
        pytest.param(
            {"anyOf": [{"type": "object", "additionalProperties": False}, {"type": "null"}], "properties": {"a": True}},
            {
                "anyOf": [{"type": "object", "additionalProperties": False}, {"enum": [None]}],
                "properties": {"a": {}},
            },
            id="any of, beside what would change its meaning",
        ),
        pytest.param({"const": "EUR"}, {"enum": ["EUR"]}, id="const"),
        pytest.param({"enum": ["EUR", "USD", "EUR"]}, {"enum": ["EUR", "USD"]}, id="a value twice"),
        pytest.param(
            {"exclusiveMinimum": 0, "maximum": 9},
            {"minimum": 0, "exclusiveMinimum": True, "maximum": 9},
            id="exclusive bound",
        ),
        pytest.param({"type": "array"}, {"type": "array", "items": {}}, id="an array of anything"),
        pytest.param(
            {"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
            {"items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}, "maxItems": 2},
            id="closed tuple",
        ),
        pytest.param(
            {"prefixItems": [{"type": "string"}], "maxItems": 1}, {"items": {"type": "string"}, "maxItems": 1}, id="one"
        ),
        pytest.param({"prefixItems": [{"type": "string"}]}, {"items": {}}, id="open tuple"),
        pytest.param(
            {"prefixItems": [{"type": "string"}], "items": {"type": "integer"}},
            {"items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
            id="tuple with a rest",
        ),
        pytest.param({"required": []}, {}, id="nothing required"),
        pytest.param(True, {}, id="anything"),
        pytest.param(False, {"not": {}}, id="nothing"),
        pytest.param(
            {"patternProperties": {"^x": {"type": "string"}}, "additionalProperties": False},
            {},
            id="pattern properties, and what is said of all others",
        ),
        pytest.param({"additionalProperties": False}, {"additionalProperties": False}, id="no other properties"),
        pytest.param({"if": {"const": 1}, "then": False}, {}, id="if and then"),
        pytest.param({"contains": {"const": 1}, "minContains": 2}, {}, id="contains"),
        pytest.param({"propertyNames": {"pattern": "^x"}}, {}, id="property names"),
        pytest.param({"unevaluatedProperties": False}, {}, id="unevaluated properties"),
        pytest.param({"examples": [1], "readOnly": True, "$comment": "in cents"}, {}, id="descriptive"),
        pytest.param({"type": "string", "default": None}, {"type": "string"}, id="a default, which may not fit"),
        pytest.param({"discriminator": {"propertyName": "method"}}, {}, id="what OpenAPI would obey"),
        pytest.param({"nullable": True, "xml": {"name": "a"}}, {}, id="words of OpenAPI that JSON Schema ignores"),
        pytest.param({"x-sensitive": True}, {"x-sensitive": True}, id="extension"),
        pytest.param({"unknown": True}, {}, id="unknown keyword"),
        pytest.param({"deprecated": True}, {"deprecated": True}, id="deprecated"),
        pytest.param(
            {"properties": {"if": True, "const": {"const": 1}}},
            {"properties": {"if": {}, "const": {"enum": [1]}}},
            id="properties called like keywords",
        ),
        pytest.param({"$ref": "#/$defs/Money"}, MONEY, id="definition"),
        pytest.param({"$ref": "#"}, {"$ref": "#/components/schemas/OrderPlaced"}, id="the detail itself"),
        pytest.param({"$ref": "#money"}, {}, id="anchor"),
        pytest.param({"$ref": "https://acme.com/money.json"}, {}, id="another document"),
        pytest.param({"$ref": "#/$defs/Nothing"}, {}, id="nowhere"),
        pytest.param(
            {"$id": "https://acme.com/own.json", "$defs": {"Money": False}, "$ref": "#/$defs/Money"},
            {},
            id="a document of its own, which means its own definitions",
        ),
        pytest.param(
            {"$ref": "#/$defs/Money", "description": "In cents."},
            {"description": "In cents.", "allOf": [MONEY]},
            id="beside a reference nothing is read",
        ),
        pytest.param(
            {"const": 1, "type": "null"}, {"enum": [1], "allOf": [{"enum": [None]}]}, id="two keywords that become one"
        ),
    ],
)
def test_open_api_says_the_same_in_its_own_words_or_less(amount: object, expected: dict[str, Any]) -> None:
    assert said_of(amount, Money={"type": "integer"}) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        pytest.param({"not": {"prefixItems": [{"const": 1}]}}, {}, id="not, said in part"),
        pytest.param({"not": {"patternProperties": {"^x": True}}}, {}, id="not, with a pattern"),
        pytest.param({"not": {"$ref": "#/$defs/Lossy"}}, {}, id="not, said in part elsewhere"),
        pytest.param({"not": {"$ref": "#/$defs/Nothing"}}, {}, id="not what is nowhere"),
        pytest.param({"not": {"const": 1}}, {"not": {"enum": [1]}}, id="not, said in full"),
        pytest.param(
            {"oneOf": [{"contains": {"const": 1}}, {"type": "string"}]},
            {"anyOf": [{}, {"type": "string"}]},
            id="one of, said in part",
        ),
        pytest.param(
            {"oneOf": [{"type": "integer"}, {"type": "string"}]},
            {"oneOf": [{"type": "integer"}, {"type": "string"}]},
            id="one of, said in full",
        ),
        pytest.param(
            {"oneOf": [{"contains": True}], "anyOf": [{"type": "string"}]},
            {"anyOf": [{}], "allOf": [{"anyOf": [{"type": "string"}]}]},
            id="one of, said in part, beside any of",
        ),
    ],
)
def test_an_exclusion_that_open_api_can_say_only_in_part_is_not_said(amount: object, expected: dict[str, Any]) -> None:
    assert said_of(amount, Lossy={"type": "array", "contains": {"const": 1}}) == expected


def test_what_is_referred_to_is_a_component_of_its_own_wherever_it_stands() -> None:
    schemas = components(
        {
            "type": "object",
            "properties": {
                "total": {"$ref": "#/$defs/Line Item/properties/price"},
                "pair": {"prefixItems": [{"type": "string"}]},
                "first": {"$ref": "#/properties/pair/prefixItems/0"},
                "event": {"$ref": "#/$defs/AWSEvent"},
            },
            "$defs": {
                "Line Item": {"properties": {"price": {"type": "integer"}}},
                "AWSEvent": {"type": "boolean"},
                "Unused": {"type": "null"},
            },
        }
    )

    assert schemas["Line_Item_price"] == {"type": "integer"}
    assert schemas["pair_prefixItems_0"] == {"type": "string"}
    assert schemas["AWSEvent_2"] == {"type": "boolean"}
    assert "Unused" not in schemas


def test_a_model_that_refers_to_itself_is_one_component_by_the_events_name() -> None:
    schemas = components(Order)

    assert set(schemas) == {"AWSEvent", "OrderPlaced", "Card", "Invoice"}
    assert schemas["OrderPlaced"]["properties"]["replaces"]["anyOf"] == [
        {"$ref": "#/components/schemas/OrderPlaced"},
        {"enum": [None]},
    ]


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        pytest.param({}, True, id="as it is"),
        pytest.param({"note": None, "currency": None, "size": None, "replaces": None}, True, id="null"),
        pytest.param({"note": "a long, long note"}, False, id="a long note"),
        pytest.param({"currency": "GBP"}, False, id="no such currency"),
        pytest.param({"size": [1, 2]}, True, id="a pair"),
        pytest.param({"size": [1, "2"]}, False, id="a pair of something else"),
        pytest.param({"size": [1, 2, 3]}, False, id="more than a pair"),
        pytest.param({"payment": {"method": "invoice", "days": 60}}, True, id="the other payment"),
        pytest.param({"payment": {"method": "invoice", "days": 0}}, False, id="on the exclusive bound"),
        pytest.param({"payment": {"method": "cash"}}, False, id="no such payment"),
        pytest.param({"replaces": {"order_id": 1}}, False, id="wrong within itself"),
    ],
)
def test_a_pydantic_model_means_the_same_in_the_registry(changes: dict[str, object], *, fits: bool) -> None:
    order = {"order_id": "A-1", "payment": {"method": "card", "last_digits": "1234"}, **changes}

    document = the_document(Order)

    assert accepts(document, detail=order) is fits
