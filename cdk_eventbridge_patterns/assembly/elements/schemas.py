"""Schemas of events in registries, of either dialect."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.assembly.elements.values import common, said
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.topology.registered_schema import RegisteredSchema
from cdk_eventbridge_patterns.topology.text import is_literal, unknown_parts
from cdk_eventbridge_patterns.undecided import Undecided

# What EventBridge names the whole event in the OpenAPI documents it makes, and where it keeps its type.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema-create.html
_EVENT = "#/components/schemas/AWSEvent"
_SOURCE = "x-amazon-events-source"
_DETAIL_TYPE = "x-amazon-events-detail-type"


def schemas(resolution: Resolution) -> Iterator[RegisteredSchema]:
    """Return the schemas in registries."""
    for resource in resolution.resources("AWS::EventSchemas::Schema"):
        name = said(resource.properties.get("SchemaName"))
        schema = _schema(resource.properties.get("Content"), name)
        known = None if isinstance(schema, Undecided) else schema.schema
        yield RegisteredSchema(
            name=name,
            registry=said(resource.properties.get("RegistryName")),
            schema=schema,
            source=_only(known, "source", _SOURCE),
            detail_type=_only(known, "detail-type", _DETAIL_TYPE),
            **common(resource),
        )


def _schema(content: Any, name: str) -> EventSchema | Undecided:  # noqa: ANN401 - whatever a template holds
    if isinstance(content, Undecided):
        return content
    if not isinstance(content, str):
        return Undecided(f"the content of schema {name!r} is no text")
    if not is_literal(content):
        return Undecided(f"{' and '.join(unknown_parts(content))} in schema {name!r} is known at deployment only")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        return Undecided(f"schema {name!r} is no JSON: {error}")
    if not isinstance(document, dict):
        return Undecided(f"schema {name!r} is no JSON Schema")
    schema = _of_open_api(document) if "openapi" in document else document
    event = EventSchema(title=str(schema.get("title") or name), schema=schema)
    return event if event.is_valid else Undecided(f"schema {name!r} is not valid")


def _of_open_api(document: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of the event that an OpenAPI 3.0 document describes, the document around it."""
    components = document.get("components")
    events = components.get("schemas", {}) if isinstance(components, dict) else {}
    event = events.get("AWSEvent") if isinstance(events, dict) else None
    marks = {key: event[key] for key in (_SOURCE, _DETAIL_TYPE) if isinstance(event, dict) and key in event}
    info = document.get("info")
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": info.get("title") if isinstance(info, dict) else None,
        "allOf": [{"$ref": _EVENT}],
        "components": _with_null(components),
        **marks,
    }


def _with_null(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a schema of OpenAPI 3.0 in draft 4, which has a type for null where that has `nullable`."""
    if isinstance(schema, list):
        return [_with_null(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {key: _with_null(value) for key, value in schema.items()}
    if changed.get("nullable") is True and isinstance(changed.get("type"), str):
        del changed["nullable"]
        changed["type"] = [changed["type"], "null"]
        if isinstance(changed.get("enum"), list) and None not in changed["enum"]:
            changed["enum"] = [*changed["enum"], None]
    return changed


def _only(schema: Mapping[str, Any] | None, field: str, mark: str) -> str | None:
    """Return the only text that a field of the envelope may be."""
    if schema is None:
        return None
    properties = schema.get("properties")
    said_of = properties.get(field) if isinstance(properties, Mapping) else None
    values = [schema[mark]] if mark in schema else _values(said_of)
    return values[0] if len(values) == 1 and isinstance(values[0], str) else None


def _values(schema: Any) -> list[Any]:  # noqa: ANN401 - JSON
    if not isinstance(schema, Mapping):
        return []
    if "const" in schema:
        return [schema["const"]]
    return schema["enum"] if isinstance(schema.get("enum"), list) else []
