"""One JSON Schema as a Schema Object of OpenAPI 3.0.

OpenAPI 3.0 has a part of JSON Schema (Wright 00, which is draft 4 but for details) and words of its own, such as
`nullable`. https://spec.openapis.org/oas/v3.0.3#schema-object
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cdk_eventbridge_patterns.contracts.json_pointer import pointed_at
from cdk_eventbridge_patterns.contracts.registry_keywords import (
    EXCLUSIVE,
    Json,
    as_list,
    is_another_document,
    is_without_equal,
    loses_meaning,
    values_once,
)

Reference = Callable[[str], Json]
"""Gives the reference to where the document holds what a pointer points to in the contract."""

ANNOTATIONS = frozenset(
    {"title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment", "discriminator"}
)
"""Keywords that say nothing about which events are valid."""

# Kept as they are. Other annotations are not: OpenAPI holds a default to its type, and validators of OpenAPI refuse
# events by `discriminator` and `readOnly`, none of which JSON Schema does.
_SAME = frozenset(
    {
        "title", "description", "deprecated", "format", "multipleOf", "maximum", "minimum", "maxLength", "minLength",
        "pattern", "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties", "required",
    }
)  # fmt: skip

_NULL: Json = {"enum": [None]}
_NOTHING: Json = {"not": {}}

# What may reject null besides `type`, so that `nullable` alone would not let it in.
_MAY_REJECT_NULL = frozenset({"allOf", "anyOf", "oneOf", "not"})


def schema_object(schema: Any, root: Json, reference: Reference) -> Json:  # noqa: ANN401 - JSON
    """Return *schema*, a part of *root*, as a Schema Object that accepts all that it accepts."""
    return _Conversion(root, reference).schema(schema)


def is_inside(reference: Any, root: Json) -> bool:  # noqa: ANN401 - JSON
    """Return whether *reference* points to a schema in *root*, by its place there."""
    by_place = isinstance(reference, str) and (reference == "#" or reference.startswith("#/"))
    return by_place and isinstance(pointed_at(reference, root), (dict, bool))


class _Conversion:
    def __init__(self, root: Json, reference: Reference) -> None:
        self._root = root
        self._reference = reference

    def schema(self, schema: Any) -> Json:  # noqa: ANN401 - JSON
        if isinstance(schema, bool):
            return {} if schema else _NOTHING
        if is_another_document(schema, self._root):
            return {}
        said = [self._said(keyword, schema) for keyword in schema if not self._is_left_out(keyword, schema)]
        whole = _together(said)
        # https://spec.openapis.org/oas/v3.0.3#properties: an array must say what its items are.
        return {**whole, "items": {}} if whole.get("type") == "array" and "items" not in whole else whole

    def _is_left_out(self, keyword: str, schema: Json) -> bool:
        if keyword == "required":
            return not schema[keyword]  # OpenAPI refuses an empty list
        if keyword == "items" and "prefixItems" in schema:
            return True  # said by what becomes of prefixItems
        if keyword == "additionalProperties" and schema.get("patternProperties"):
            return True  # it would speak of the properties that match a pattern, too
        if keyword == "not":
            return self._loses_meaning(schema[keyword])  # made wider, it would exclude more
        # OpenAPI has no tuples, but the items can be held to what any of them may be.
        return keyword != "prefixItems" and self._is_without_equal(keyword, schema)

    def _is_without_equal(self, keyword: str, schema: Json) -> bool:
        if keyword == "$ref" and not is_inside(schema[keyword], self._root):
            return True
        return keyword in ("patternProperties", "prefixItems") or is_without_equal(keyword, schema)

    def _loses_meaning(self, schema: Any) -> bool:  # noqa: ANN401 - JSON
        return loses_meaning(schema, self._root, self._is_without_equal)

    def _said(self, keyword: str, schema: Json) -> Json:  # noqa: PLR0911 - one case a keyword
        """Return what one keyword becomes."""
        value = schema[keyword]
        match keyword:
            case "$ref":
                return self._reference(value)
            case "properties":
                return {"properties": {name: self.schema(each) for name, each in value.items()}}
            case "prefixItems":
                return self._tuple(schema)
            case "anyOf":
                return self._any_of(value, alone=schema.keys() - ANNOTATIONS == {"anyOf"})
            case "oneOf" if any(map(self._loses_meaning, value)):
                return self._any_of(value, alone=False)  # of branches made wider, more than one may fit
            case "allOf" | "oneOf":
                return {keyword: [self.schema(each) for each in value]}
            case "items" | "not":
                return {keyword: self.schema(value)}
            case "additionalProperties":
                return {keyword: value if isinstance(value, bool) else self.schema(value)}
        return _said_of_values(keyword, value)

    def _any_of(self, branches: list[Any], *, alone: bool) -> Json:
        """Return the branches; one of them and null is that one, nullable, where nothing else is said."""
        converted = [self.schema(branch) for branch in branches]
        others = [branch for branch in converted if branch != _NULL]
        if alone and len(others) == 1 and len(converted) > 1 and _can_be_nullable(others[0]):
            return _nullable(others[0])
        return {"anyOf": converted}

    def _tuple(self, schema: Json) -> Json:
        """Return what holds of every item: it is one of those that come first, or one of the rest."""
        first, rest = schema["prefixItems"], schema.get("items", True)
        longest = schema.get("maxItems", len(first) + 1)
        is_closed = rest is False or longest <= len(first)
        items = values_once([self.schema(each) for each in (first if is_closed else [*first, rest])])
        held: Json = {"items": {} if {} in items else items[0] if len(items) == 1 else {"anyOf": items}}
        return held | {"maxItems": len(first)} if is_closed and longest > len(first) else held


def _said_of_values(keyword: str, value: Any) -> Json:  # noqa: ANN401 - JSON
    """Return what a keyword becomes that holds no schemas."""
    if keyword == "type":
        return _type(as_list(value))
    if keyword == "const":
        return {"enum": [value]}
    if keyword == "enum":
        return {"enum": values_once(value)}
    if keyword in EXCLUSIVE:
        return {EXCLUSIVE[keyword]: value, keyword: True}
    return {keyword: value} if keyword in _SAME or keyword.startswith("x-") else {}


def _type(types: list[str]) -> Json:
    """Return the types: OpenAPI takes one, which is not null, and has a word of its own for that."""
    others: list[Json] = [{"type": each} for each in types if each != "null"]
    if not others:
        return _NULL
    if "null" in types:
        others[0]["nullable"] = True
    if len(others) == 1:
        return others[0]
    return {"anyOf": [each | ({"items": {}} if each["type"] == "array" else {}) for each in others]}


def _can_be_nullable(schema: Json) -> bool:
    return "type" in schema and not schema.keys() & _MAY_REJECT_NULL


def _nullable(schema: Json) -> Json:
    # It adds null to the type; an enum must name null besides.
    # https://github.com/OAI/OpenAPI-Specification/pull/2050: proposals/003_Clarify-Nullable.md
    values = {"enum": values_once([*schema["enum"], None])} if "enum" in schema else {}
    return {**schema, **values, "nullable": True}


def _together(parts: list[Json]) -> Json:
    """Return one schema that says what all *parts* say; what can't stand beside the others goes into `allOf`."""
    whole: Json = {}
    besides = []
    for part in parts:
        if "$ref" in part or part.keys() & whole.keys():
            besides.append(part)
        else:
            whole |= part
    if not whole and len(besides) == 1:
        return besides[0]
    return {**whole, "allOf": [*whole.get("allOf", []), *besides]} if besides else whole
