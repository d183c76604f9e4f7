from __future__ import annotations

from typing import Any

from jsonschema import Draft7Validator

from cdk_eventbridge_patterns.catalog.detail_schema import detail_schema
from cdk_eventbridge_patterns.contracts.event_schema import EventSchema

MONEY = {"type": "number", "minimum": 0, "exclusiveMinimum": True}
DRAFT_7 = {"$schema": "http://json-schema.org/draft-07/schema#"}


def of(detail: Any, **others: Any) -> dict[str, Any] | None:
    schema = {"$schema": "http://json-schema.org/draft-04/schema#", "properties": {"detail": detail}, **others}
    return detail_schema(EventSchema(title="OrderPlaced", schema=schema))


def test_a_bound_that_is_a_flag_in_draft_4_is_one_of_its_own_in_draft_7() -> None:
    found = of({"title": "Order", "properties": {"total": MONEY}})

    assert found == {**DRAFT_7, "title": "Order", "properties": {"total": {"type": "number", "exclusiveMinimum": 0}}}
    Draft7Validator.check_schema(found)


def test_what_the_detail_refers_to_comes_with_it_and_leads_to_where_it_stands_now() -> None:
    line = {"properties": {"next": {"$ref": "#/definitions/Line"}, "order": {"$ref": "#/properties/detail"}}}

    found = of({"properties": {"line": {"$ref": "#/definitions/Line"}}}, definitions={"Line": line})

    assert found == {
        **DRAFT_7,
        "title": "OrderPlaced",
        "properties": {"line": {"$ref": "#/definitions/Line"}},
        "definitions": {"Line": {"properties": {"next": {"$ref": "#/definitions/Line"}, "order": {"$ref": "#"}}}},
    }


def test_a_detail_that_is_nothing_but_a_reference_is_what_that_leads_to() -> None:
    assert of({"$ref": "#/definitions/Order"}, definitions={"Order": {"title": "Order", "type": "object"}}) == {
        **DRAFT_7,
        "title": "Order",
        "type": "object",
    }


def test_a_detail_that_refers_to_what_stands_beside_it_can_not_be_taken_out() -> None:
    assert of({"properties": {"source": {"$ref": "#/properties/source"}}}) is None


def test_a_schema_without_a_detail_has_none() -> None:
    assert detail_schema(EventSchema(title="OrderPlaced", schema={"type": "object"})) is None
