"""The JSON Schema of an event's detail, out of the schema of the whole event that a registry holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.contracts.schema_walk import with_references, with_schemas

_DRAFT_7 = "http://json-schema.org/draft-07/schema#"
_DETAIL = "#/properties/detail"
_COMPONENTS = "#/components/schemas/"
_DEFINITIONS = "#/definitions/"
_EVENT = "AWSEvent"
_FLAGS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def detail_schema(event: EventSchema) -> dict[str, Any] | None:
    """Return what *event* says of the detail, as JSON Schema draft 7; nothing where it can't be taken out of it.

    Draft 7 is what documentation tools read most widely; a registry holds draft 4, or OpenAPI 3.0, which is made of it.
    """
    whole = _of_definitions(event.schema) if "components" in event.schema else event.schema
    properties = whole.get("properties")
    detail = properties.get("detail") if isinstance(properties, Mapping) else None
    if not isinstance(detail, Mapping):
        return None
    definitions = whole.get("definitions", {})
    found = {**detail, **({"definitions": definitions} if definitions else {})}
    if any(not _stays_inside(each) for each in _references(found)):
        return None
    schema = _in_place(_draft_7(with_references(found, _moved)))
    title = {} if "title" in schema else {"title": event.title}
    return {"$schema": _DRAFT_7, **title, **schema}


def _in_place(schema: dict[str, Any]) -> dict[str, Any]:
    """Return *schema*, and in place of a reference that is all of it, what that leads to: few readers follow it."""
    reference = str(schema.get("$ref", ""))
    name = reference.removeprefix(_DEFINITIONS)
    whole = schema.get("definitions", {}).get(name)
    if schema.keys() - {"$ref", "definitions"} or not isinstance(whole, Mapping):
        return schema
    others = {key: each for key, each in schema["definitions"].items() if key != name}
    kept = schema["definitions"] if reference in _references({**whole, "definitions": others}) else others
    return {**whole, **({"definitions": kept} if kept else {})}


def _of_definitions(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the event of an OpenAPI document with the components it refers to as its definitions."""
    components = schema["components"].get("schemas", {})
    changed = {name: with_references(each, _to_definitions) for name, each in components.items()}
    event = changed.pop(_EVENT, {})
    return {**event, "definitions": changed}


def _to_definitions(reference: str) -> str:
    return _DEFINITIONS + reference.removeprefix(_COMPONENTS) if reference.startswith(_COMPONENTS) else reference


def _references(schema: Mapping[str, Any]) -> list[str]:
    found: list[str] = []

    def noted(reference: str) -> str:
        found.append(reference)
        return reference

    with_references(schema, noted)
    return found


def _stays_inside(reference: str) -> bool:
    return reference == _DETAIL or reference.startswith((f"{_DETAIL}/", _DEFINITIONS))


def _moved(reference: str) -> str:
    return f"#{reference.removeprefix(_DETAIL)}" if reference.startswith(_DETAIL) else reference


def _draft_7(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Return *schema*, of draft 4, in the words of draft 7."""
    if not isinstance(schema, Mapping):
        return schema
    changed = with_schemas({key: value for key, value in schema.items() if key != "id"}, _draft_7)
    for keyword, bound in _FLAGS.items():
        if isinstance(changed.get(keyword), bool) and changed.pop(keyword) and bound in changed:
            changed[keyword] = changed.pop(bound)
    return changed
