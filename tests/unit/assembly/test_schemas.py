"""Schemas in registries, of either dialect."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import EventSchema
from cdk_eventbridge_patterns.matching import Dead, EventPattern, Live, satisfiable
from cdk_eventbridge_patterns.testing import topology_in
from cdk_eventbridge_patterns.topology.registered_schema import RegisteredSchema
from cdk_eventbridge_patterns.undecided import Undecided

DRAFT_4 = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "title": "OrderPlaced.v1",
    "type": "object",
    "properties": {
        "source": {"type": "string", "enum": ["com.acme.orders"]},
        "detail-type": {"type": "string", "enum": ["OrderPlaced.v1"]},
        "detail": {"$ref": "#/definitions/Order"},
    },
    "definitions": {"Order": {"type": "object", "properties": {"note": {"type": ["string", "null"]}}}},
}
OPEN_API = {
    "openapi": "3.0.0",
    "info": {"title": "OrderPlaced", "version": "1"},
    "paths": {},
    "components": {
        "schemas": {
            "AWSEvent": {
                "type": "object",
                "required": ["detail", "source"],
                "x-amazon-events-source": "com.acme.orders",
                "x-amazon-events-detail-type": "OrderPlaced.v1",
                "properties": {"detail": {"$ref": "#/components/schemas/Order"}, "source": {"type": "string"}},
            },
            "Order": {"type": "object", "properties": {"note": {"type": "string", "nullable": True}}},
        }
    },
}


@pytest.fixture
def read(tmp_path: Any) -> Any:
    def one(content: Any, kind: str = "JSONSchemaDraft4") -> RegisteredSchema:
        properties = {"RegistryName": "acme-prod-orders", "SchemaName": "Order", "Type": kind, "Content": content}
        template = {"Resources": {"Schema": {"Type": "AWS::EventSchemas::Schema", "Properties": properties}}}
        file = tmp_path / "orders.template.json"
        file.write_text(json.dumps(template), "utf-8")
        (schema,) = topology_in(file).schemas
        return schema

    return one


@pytest.mark.parametrize("document", [DRAFT_4, OPEN_API], ids=["JSONSchemaDraft4", "OpenApi3"])
def test_either_dialect_is_a_schema_of_the_whole_event(read: Any, document: Any) -> None:
    schema = read(json.dumps(document))

    assert (schema.source, schema.detail_type) == ("com.acme.orders", "OrderPlaced.v1")
    assert isinstance(schema.schema, EventSchema)
    assert isinstance(satisfiable(EventPattern.parse({"detail": {"note": [None]}}), schema.schema), Live)
    assert isinstance(satisfiable(EventPattern.parse({"detail": {"note": [1]}}), schema.schema), Dead)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "is no JSON"),
        ("[]", "is no JSON Schema"),
        ('{"type": "thing"}', "is not valid"),
        ({"Ref": "Unset"}, "known at deployment only"),
        (None, "is no text"),
    ],
)
def test_what_is_no_schema_is_undecided(read: Any, content: Any, reason: str) -> None:
    schema = read(content)

    assert isinstance(schema.schema, Undecided)
    assert reason in schema.schema.reason
    assert (schema.source, schema.detail_type) == (None, None)
