"""A contract's schema in the dialect that the EventBridge schema registry takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.errors import ContractError

# https://docs.aws.amazon.com/eventbridge/latest/schema-reference/ : CreateSchema, Content.
LONGEST_CONTENT = 100_000

DRAFT_4 = "http://json-schema.org/draft-04/schema#"

# Keywords that draft 4 does not know and that only describe, and those that only draft 4 would obey: leaving
# them out keeps the meaning.
_DESCRIPTIVE = frozenset(
    {
        "$schema", "$comment", "examples", "deprecated", "readOnly", "writeOnly", "discriminator",
        "id", "dependencies", "additionalItems",
    }
)  # fmt: skip

# Keywords that draft 4 can't say: leaving them out makes the registered schema wider, never narrower or wrong.
_WITHOUT_EQUAL = frozenset(
    {
        "if", "then", "else", "contains", "minContains", "maxContains", "propertyNames",
        "unevaluatedProperties", "unevaluatedItems", "dependentRequired", "dependentSchemas",
        "contentEncoding", "contentMediaType", "contentSchema", "$dynamicRef",
    }
)  # fmt: skip

# Each with the bound it becomes a flag of; where both are given, the plain bound is kept.
_EXCLUSIVE = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}

# Beside `prefixItems`, `items` speaks of what comes after them.
_RENAMED = {"$defs": "definitions", "prefixItems": "items", "items": "additionalItems"}

# Keywords whose values map names to schemas: the names are the user's and are not keywords.
_NAMED_SCHEMAS = frozenset({"properties", "patternProperties", "definitions"})

# Keywords whose values are a schema or a list of schemas. All other values are data, `true` and `false` too.
_SCHEMAS = frozenset({"additionalItems", "additionalProperties", "allOf", "anyOf", "items", "not", "oneOf"})

# What may stand beside a reference without saying more about the event.
_BESIDE_A_REFERENCE = frozenset({"$ref", "definitions", "title", "description", "default"})

_ENVELOPE: dict[str, dict[str, Any]] = {
    "id": {"type": "string"},
    "version": {"type": "string"},
    "account": {"type": "string"},
    "region": {"type": "string"},
    "time": {"type": "string", "format": "date-time"},
    "resources": {"type": "array", "items": {"type": "string"}},
}


def registry_schema(contract: EventContract, event_type: EventType) -> dict[str, Any]:
    """Return the whole event, envelope and detail, as JSON Schema draft 4.

    The registry knows `JSONSchemaDraft4` and `OpenApi3`. What draft 4 can't express is left out, so the registered
    schema may accept more than the contract; the contract itself stays the authority.
    """
    detail_schema = contract.schema
    detail = _draft_4(detail_schema, detail_schema)
    definitions = detail.pop("definitions", {})
    schema = {
        "$schema": DRAFT_4,
        "title": contract.title,
        "type": "object",
        "required": ["detail-type", "source", "detail", *_ENVELOPE],
        "properties": {
            **_ENVELOPE,
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


def check_content(content: str, title: str) -> str:
    """Return *content* if the registry takes that much."""
    if len(content) > LONGEST_CONTENT:
        msg = (
            f"schema of {title} must be at most {LONGEST_CONTENT} characters for the schema registry, "
            f"got {len(content)}; split the event or pass schema_registry=Disabled(reason)"
        )
        raise ContractError(msg)
    return content


def _draft_4(schema: Any, root: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(schema, list):
        return [_draft_4(item, root) for item in schema]
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    draft: dict[str, Any] = {}
    for keyword, value in schema.items():
        if not _is_left_out(keyword, schema, root):
            draft.update(_keyword(keyword, value, root, tuples="prefixItems" in schema))
    if "$ref" in draft and draft.keys() - _BESIDE_A_REFERENCE:
        # Draft 4 doesn't read what stands beside a reference.
        draft["allOf"] = [*draft.get("allOf", []), {"$ref": draft.pop("$ref")}]
    return draft


def _is_left_out(keyword: str, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    if keyword in _DESCRIPTIVE or _is_without_equal(keyword, schema):
        return True
    if keyword == "required":
        return not schema[keyword]  # draft 4 refuses an empty list
    # Below these a schema made wider would make the whole narrower.
    return keyword in ("not", "oneOf") and any(_loses_meaning(below, root, set()) for below in _list(schema[keyword]))


def _is_without_equal(keyword: str, schema: dict[str, Any]) -> bool:
    value = schema[keyword]
    if keyword in _EXCLUSIVE:
        return _EXCLUSIVE[keyword] in schema
    if keyword == "enum":
        return not value or "const" in schema
    if keyword == "$ref":
        # An anchor or another document.
        return value != "#" and not value.startswith("#/")
    return keyword in _WITHOUT_EQUAL


def _loses_meaning(schema: Any, root: dict[str, Any], seen: set[int]) -> bool:  # noqa: ANN401 - JSON
    if not isinstance(schema, dict) or id(schema) in seen:
        return False
    seen.add(id(schema))
    return any(_is_without_equal(keyword, schema) for keyword in schema) or any(
        _loses_meaning(below, root, seen) for below in _schemas_below(schema, root)
    )


def _schemas_below(schema: dict[str, Any], root: dict[str, Any]) -> Iterator[Any]:
    for keyword, value in schema.items():
        if keyword in ("properties", "patternProperties"):
            yield from value.values()
        elif keyword in _SCHEMAS or keyword == "prefixItems":
            yield from _list(value)
        elif keyword == "$ref":
            yield _target(value, root)


def _keyword(keyword: str, value: Any, root: dict[str, Any], *, tuples: bool) -> dict[str, Any]:  # noqa: ANN401, PLR0911 - one line a keyword
    keyword = _RENAMED.get(keyword, keyword) if tuples or keyword != "items" else keyword
    if keyword in _NAMED_SCHEMAS:
        return {keyword: {name: _draft_4(schema, root) for name, schema in value.items()}}
    if keyword == "$ref":
        return {"$ref": _moved(value)}
    if keyword == "const":
        return {"enum": [value]}
    if keyword == "enum":
        # Draft 4 refuses a value that is there twice.
        return {"enum": list({json.dumps(each, sort_keys=True): each for each in value}.values())}
    if keyword in _EXCLUSIVE:
        # Draft 4 has a bound and a flag where later drafts have a bound of its own.
        return {_EXCLUSIVE[keyword]: value, keyword: True}
    if keyword in ("additionalProperties", "additionalItems") and isinstance(value, bool):
        return {keyword: value}
    return {keyword: _draft_4(value, root) if keyword in _SCHEMAS else value}


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return value if isinstance(value, list) else [value]


def _target(reference: str, root: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """Return what a reference points to in the contract's schema; nothing if it points nowhere."""
    schema: Any = root
    for step in unquote(reference).split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(schema, list) and name.isdecimal() and int(name) < len(schema):
            schema = schema[int(name)]
        elif isinstance(schema, dict):
            schema = schema.get(name)
        else:
            return None
    return schema


def _moved(reference: str) -> str:
    """Return where a reference points now that the detail is one property of the whole event."""
    reference = reference.replace("/$defs/", "/definitions/").replace("/prefixItems/", "/items/")
    if reference.startswith("#/definitions/"):
        return reference
    return "#/properties/detail" + reference.removeprefix("#")
