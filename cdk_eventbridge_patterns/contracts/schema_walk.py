"""The schemas inside a JSON Schema, told apart from its data and from the names its author gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_NAMED = frozenset({"$defs", "definitions", "dependentSchemas", "patternProperties", "properties"})
_SCHEMAS = frozenset(
    {
        "additionalItems", "additionalProperties", "allOf", "anyOf", "contains", "contentSchema", "else", "if",
        "items", "not", "oneOf", "prefixItems", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
    }
)  # fmt: skip

Change = Callable[[Any], Any]


def with_schemas(schema: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """Return *schema* with each schema right below it as *change* returns it; all else is as it was."""
    return {keyword: _below(keyword, value, change) for keyword, value in schema.items()}


def _below(keyword: str, value: Any, change: Change) -> Any:  # noqa: ANN401 - JSON
    if keyword in _NAMED and isinstance(value, Mapping):
        return {name: change(each) for name, each in value.items()}
    if keyword not in _SCHEMAS:
        return value
    return [change(each) for each in value] if isinstance(value, list) else change(value)


def with_references(schema: Any, moved: Callable[[str], str]) -> Any:  # noqa: ANN401 - JSON
    """Return *schema* with each reference in it as *moved* returns it."""
    if not isinstance(schema, Mapping):
        return schema
    changed = with_schemas(schema, lambda below: with_references(below, moved))
    if isinstance(changed.get("$ref"), str):
        changed["$ref"] = moved(changed["$ref"])
    return changed
