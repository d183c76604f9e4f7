"""A contract's schema as JSON Schema draft 4."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.contracts.registry_keywords import (
    ENVELOPE,
    EXCLUSIVE,
    REQUIRED,
    SCHEMAS,
    Json,
    as_list,
    is_another_document,
    is_without_equal,
    loses_meaning,
    values_once,
)

DRAFT_4 = "http://json-schema.org/draft-04/schema#"

# Keywords that draft 4 does not know and that only describe, and those that only draft 4 would obey: leaving
# them out keeps the meaning.
_DESCRIPTIVE = frozenset(
    {
        "$schema", "$comment", "examples", "deprecated", "readOnly", "writeOnly", "discriminator",
        "id", "dependencies", "additionalItems",
    }
)  # fmt: skip

# Beside `prefixItems`, `items` speaks of what comes after them.
_RENAMED = {"$defs": "definitions", "prefixItems": "items", "items": "additionalItems"}

# Keywords whose values map names to schemas: the names are the user's and are not keywords.
_NAMED_SCHEMAS = frozenset({"properties", "patternProperties", "definitions"})

_SCHEMAS = SCHEMAS | {"additionalItems"}

# What may stand beside a reference without saying more about the event.
_BESIDE_A_REFERENCE = frozenset({"$ref", "definitions", "title", "description", "default"})


def draft_4(contract: EventContract, event_type: EventType) -> Json:
    """Return the schema of the whole event, envelope and detail."""
    detail_schema = contract.schema
    detail = _draft_4(detail_schema, detail_schema)
    definitions = detail.pop("definitions", {})
    schema = {
        "$schema": DRAFT_4,
        "title": contract.title,
        "type": "object",
        "required": REQUIRED,
        "properties": {
            **ENVELOPE,
            "source": {"type": "string", "enum": [event_type.source]},
            "detail-type": {"type": "string", "enum": [event_type.detail_type]},
            "detail": detail,
        },
    }
    if contract.description:
        schema["description"] = contract.description
    if definitions:
        schema["definitions"] = definitions
    return schema


def _draft_4(schema: Any, root: Json) -> Any:  # noqa: ANN401 - JSON
    if isinstance(schema, list):
        return [_draft_4(item, root) for item in schema]
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    if is_another_document(schema, root):
        return {}
    draft: Json = {}
    for keyword, value in schema.items():
        if not _is_left_out(keyword, schema, root):
            draft.update(_keyword(keyword, value, root, tuples="prefixItems" in schema))
    if "$ref" in draft and draft.keys() - _BESIDE_A_REFERENCE:
        # Draft 4 doesn't read what stands beside a reference.
        draft["allOf"] = [*draft.get("allOf", []), {"$ref": draft.pop("$ref")}]
    return draft


def _is_left_out(keyword: str, schema: Json, root: Json) -> bool:
    if keyword in _DESCRIPTIVE or is_without_equal(keyword, schema):
        return True
    if keyword == "required":
        return not schema[keyword]  # draft 4 refuses an empty list
    # Below these a schema made wider would make the whole narrower.
    narrowing = keyword in ("not", "oneOf")
    return narrowing and any(loses_meaning(below, root, is_without_equal) for below in as_list(schema[keyword]))


def _keyword(keyword: str, value: Any, root: Json, *, tuples: bool) -> Json:  # noqa: ANN401, PLR0911 - one line a keyword
    keyword = _RENAMED.get(keyword, keyword) if tuples or keyword != "items" else keyword
    if keyword in _NAMED_SCHEMAS:
        return {keyword: {name: _draft_4(schema, root) for name, schema in value.items()}}
    if keyword == "$ref":
        return {"$ref": _moved(value)}
    if keyword == "const":
        return {"enum": [value]}
    if keyword == "enum":
        return {"enum": values_once(value)}
    if keyword in EXCLUSIVE:
        # Draft 4 has a bound and a flag where later drafts have a bound of its own.
        return {EXCLUSIVE[keyword]: value, keyword: True}
    if keyword in ("additionalProperties", "additionalItems") and isinstance(value, bool):
        return {keyword: value}
    return {keyword: _draft_4(value, root) if keyword in _SCHEMAS else value}


def _moved(reference: str) -> str:
    """Return where a reference points now that the detail is one property of the whole event."""
    reference = reference.replace("/$defs/", "/definitions/").replace("/prefixItems/", "/items/")
    if reference.startswith("#/definitions/"):
        return reference
    return "#/properties/detail" + reference.removeprefix("#")
