"""What a JSON Schema says of the fields of a value, wherever it says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.contracts.json_pointer import pointed_at

OTHERS = "*"
"""What stands in a path for fields that the schema does not name."""

_IN_PLACE = ("allOf", "anyOf", "oneOf", "if", "then", "else", "items", "prefixItems", "contains", "additionalItems")


def is_required(schema: Mapping[str, Any], steps: Sequence[str]) -> bool:
    """Whether a schema that speaks of it says that the field *steps* lead to must be there."""
    *above, name = steps
    return any(name in part.get("required", ()) for part in schemas_at(schema, above))


def schemas_at(schema: Mapping[str, Any], steps: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return all that a schema says of the field that *steps* lead to."""
    found = {id(part): part for part in in_place(schema, schema)}
    for step in steps:
        below = [each for part in found.values() for each in fields_named(part, step)]
        found = {id(part): part for each in below for part in in_place(each, schema)}
    return list(found.values())


def in_place(
    schema: Any,  # noqa: ANN401 - JSON
    root: Mapping[str, Any],
    following: frozenset[int] = frozenset(),
) -> Iterator[Mapping[str, Any]]:
    """Return the schemas that speak of the same value, or of elements of it."""
    if not isinstance(schema, Mapping) or id(schema) in following:
        return
    following |= {id(schema)}
    yield schema
    if isinstance(schema.get("$ref"), str):
        yield from in_place(pointed_at(schema["$ref"], root), root, following)
    for keyword in _IN_PLACE:
        below = schema.get(keyword, ())
        for each in below if isinstance(below, list) else [below]:
            yield from in_place(each, root, following)
    for each in schema.get("dependentSchemas", {}).values():
        yield from in_place(each, root, following)


def all_fields(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Return each field that a schema speaks of, and what it says of it."""
    yield from schema.get("properties", {}).items()
    for below in (*schema.get("patternProperties", {}).values(), *_rest(schema)):
        yield OTHERS, below


def fields_named(schema: Mapping[str, Any], name: str) -> Iterator[Any]:
    """Return what is said of a field; what is said of any other field may be said of it."""
    if name in schema.get("properties", {}):
        yield schema["properties"][name]
    else:
        yield from _rest(schema)
    yield from schema.get("patternProperties", {}).values()


def _rest(schema: Mapping[str, Any]) -> Iterator[Any]:
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        if keyword in schema:
            yield schema[keyword]
