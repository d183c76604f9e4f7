"""What the registry's dialects have in common: both are older than the JSON Schema of contracts, and so have less."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cdk_eventbridge_patterns.contracts.json_pointer import pointed_at

Json = dict[str, Any]

IsWithoutEqual = Callable[[str, Json], bool]
"""Whether a dialect can't say a keyword of a schema, so that to leave it out loses meaning."""

# Keywords that neither dialect can say: leaving them out makes the registered schema wider, never narrower or wrong.
_WITHOUT_EQUAL = frozenset(
    {
        "if", "then", "else", "contains", "minContains", "maxContains", "propertyNames",
        "unevaluatedProperties", "unevaluatedItems", "dependentRequired", "dependentSchemas",
        "contentEncoding", "contentMediaType", "contentSchema", "$dynamicRef",
    }
)  # fmt: skip

# Each with the bound it becomes a flag of; where both are given, the plain bound is kept.
EXCLUSIVE = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}

# Keywords whose values are a schema or a list of schemas. All other values are data, `true` and `false` too.
SCHEMAS = frozenset({"additionalProperties", "allOf", "anyOf", "items", "not", "oneOf"})

ENVELOPE: dict[str, Json] = {
    "id": {"type": "string"},
    "version": {"type": "string"},
    "account": {"type": "string"},
    "region": {"type": "string"},
    "time": {"type": "string", "format": "date-time"},
    "resources": {"type": "array", "items": {"type": "string"}},
}

REQUIRED = ["detail-type", "source", "detail", *ENVELOPE]


def is_without_equal(keyword: str, schema: Json) -> bool:
    """Return whether neither dialect can say a keyword of *schema*."""
    value = schema[keyword]
    if keyword in EXCLUSIVE:
        return EXCLUSIVE[keyword] in schema
    if keyword == "enum":
        return not value or "const" in schema
    if keyword == "$ref":
        # An anchor or another document.
        return value != "#" and not value.startswith("#/")
    return keyword in _WITHOUT_EQUAL


def is_another_document(schema: Json, root: Json) -> bool:
    """Return whether *schema* is a document of its own inside *root*: what it refers to is not looked up in *root*."""
    return "$id" in schema and schema is not root


def loses_meaning(schema: Any, root: Json, without_equal: IsWithoutEqual) -> bool:  # noqa: ANN401 - JSON
    """Return whether a dialect can say only a part of *schema*, or of one it refers to."""
    return any(
        is_another_document(each, root) or any(without_equal(keyword, each) for keyword in each)
        for each in _reachable(schema, root, set())
    )


def values_once(values: Sequence[Any]) -> list[Any]:
    """Return *values* without what is there twice, which both dialects refuse in `enum`."""
    return list({json.dumps(each, sort_keys=True): each for each in values}.values())


def as_list(value: Any) -> list[Any]:  # noqa: ANN401 - JSON
    """Return *value* if it is a list, and a list of it if not."""
    return value if isinstance(value, list) else [value]


def _reachable(schema: Any, root: Json, seen: set[int]) -> Iterator[Json]:  # noqa: ANN401 - JSON
    if not isinstance(schema, dict) or id(schema) in seen:
        return
    seen.add(id(schema))
    yield schema
    for below in _schemas_below(schema, root):
        yield from _reachable(below, root, seen)


def _schemas_below(schema: Json, root: Json) -> Iterator[Any]:
    for keyword, value in schema.items():
        if keyword in ("properties", "patternProperties"):
            yield from value.values()
        elif keyword in SCHEMAS or keyword == "prefixItems":
            yield from as_list(value)
        elif keyword == "$ref":
            yield pointed_at(value, root)
