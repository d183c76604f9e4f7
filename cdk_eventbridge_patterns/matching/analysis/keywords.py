"""What single keywords of JSON Schema say, of all drafts from 4 on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.matching.analysis.contract_document import Conjunction, Schema

Part = Mapping[str, Any]

LEAF_TYPES = ("string", "number", "integer", "boolean", "null")

OPEN = object()
"""The schema of a property that is left open: neither declared nor forbidden."""


def types_of(way: Conjunction) -> list[str]:
    """Return the types a value may have; `integer` is not named beside `number`."""
    allowed = {*LEAF_TYPES, "object", "array"}
    for part in way:
        if "type" in part:
            types = {part["type"]} if isinstance(part["type"], str) else set(part["type"])
            types |= {"integer"} if "number" in types else set()
            # OpenAPI 3.0 has no type for null.
            allowed &= types | ({"null"} if part.get("nullable") is True else set())
    if "number" in allowed:
        allowed.discard("integer")
    return [type_ for type_ in (*LEAF_TYPES, "object", "array") if type_ in allowed]


def values_of(way: Conjunction) -> Sequence[Any] | None:
    """Return the only values there are, nothing if they are not listed."""
    for part in way:
        if "const" in part:
            return [part["const"]]
        if isinstance(part.get("enum"), list):
            return list(part["enum"])
    return None


def required_of(part: Part) -> Iterable[str]:
    """Return the names of properties that must be there."""
    required = part.get("required")
    return required if isinstance(required, list) else ()


def property_schemas(part: Part, name: str) -> list[Schema]:
    """Return the schemas of a property, `OPEN` where the part leaves it open."""
    properties = part.get("properties", {})
    found = [properties[name]] if name in properties else []
    found += [schema for pattern, schema in part.get("patternProperties", {}).items() if _is_in(pattern, name)]
    if found:
        return found
    others = part.get("additionalProperties", True)
    return [OPEN if others in (True, {}) else others]


def declares_properties(part: Part) -> bool:
    """Whether it names properties: one that names none is a map, in which no name is wrong."""
    return bool(part.get("properties"))


def has_dotted_property(part: Part, name: str) -> bool:
    """Whether it declares a property that an event pattern may take for fields of *name*."""
    return any(declared.startswith(f"{name}.") for declared in part.get("properties", {}))


def first_items(part: Part) -> list[Schema]:
    """Return the schemas of the first elements of an array, where they have their own."""
    items = part["items"] if isinstance(part.get("items"), list) else part.get("prefixItems", [])
    return list(items)


def item_schema(part: Part, at: int) -> Schema:
    """Return the schema of an element of an array."""
    first = first_items(part)
    if at < len(first):
        return first[at]
    keyword = "additionalItems" if isinstance(part.get("items"), list) else "items"
    return part.get(keyword, True)


def most(way: Conjunction, keyword: str, default: int) -> int:
    """Return the least of the upper bounds that *way* sets."""
    return min((part[keyword] for part in way if isinstance(part.get(keyword), int)), default=default)


def least(way: Conjunction, keyword: str) -> int:
    """Return the greatest of the lower bounds that *way* sets."""
    return max((part[keyword] for part in way if isinstance(part.get(keyword), int)), default=0)


def _is_in(pattern: str, name: str) -> bool:
    try:
        return re.search(pattern, name) is not None
    except re.error:
        return False
