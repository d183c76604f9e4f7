"""A JSON Schema as the alternatives it allows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product
from math import prod
from typing import Any

from cdk_eventbridge_patterns.contracts.comparison.keywords import ASSERTING, DESCRIPTIVE, OPAQUE, Plain
from cdk_eventbridge_patterns.contracts.comparison.merged import TooHardError, merged
from cdk_eventbridge_patterns.contracts.comparison.values import key, listed
from cdk_eventbridge_patterns.contracts.json_pointer import pointed_at

_COMBINATORS = frozenset({"$ref", "allOf", "anyOf", "oneOf"})

# Up to here unions are told apart; a union of unions of unions is not.
_MOST_ALTERNATIVES = 64

# Before draft 2019-09 nothing beside a reference is read.
_REFERENCE_ALONE = ("draft-03", "draft-04", "draft-06", "draft-07")


class SchemaDocument:
    """A document that references point into: a JSON Schema, or an OpenAPI document with one beside `components`."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401 - JSON
        self.root = root
        names = root if isinstance(root, Mapping) else {}
        self._reference_alone = any(draft in str(names.get("$schema", "")) for draft in _REFERENCE_ALONE)
        self._is_openapi = "components" in names

    def alternatives(self, schema: Any, *, exact: bool) -> list[Plain]:  # noqa: ANN401 - JSON
        """Return schemas of which a value must fit one to fit *schema*.

        Args:
            schema: A part of the document.

            exact: Whether it is enough, too, to fit one.

        Raises:
            TooHardError: If they can't be worked out.
        """
        return self._alternatives(schema, exact=exact, following=frozenset())

    def target(self, schema: Any) -> Any:  # noqa: ANN401 - JSON
        """Return what *schema* leads to, if it does nothing but refer; else itself."""
        followed: set[str] = set()
        while isinstance(schema, Mapping) and schema.keys() & (ASSERTING | set(DESCRIPTIVE)) == {"$ref"}:
            reference = str(schema["$ref"])
            if reference in followed or pointed_at(reference, self.root) is None or not reference.startswith("#"):
                return schema
            followed.add(reference)
            schema = pointed_at(reference, self.root)
        return schema

    def pointed_at(self, reference: Any) -> Any:  # noqa: ANN401 - JSON
        """Return what a reference points to.

        Raises:
            TooHardError: If it leads out of the document, or nowhere.
        """
        if isinstance(reference, str) and (reference == "#" or reference.startswith("#/")):
            found = pointed_at(reference, self.root)
            if isinstance(found, Mapping | bool):
                return found
        msg = f"a reference to {reference!r}, which is not in the document"
        raise TooHardError(msg)

    def _alternatives(self, schema: Any, *, exact: bool, following: frozenset[str]) -> list[Plain]:  # noqa: ANN401
        if not isinstance(schema, Mapping):
            return [] if schema is False else [{}]
        self._check(schema)
        groups = [] if "$ref" in schema and self._reference_alone else [_by_type(self._modern(schema))]
        if "$ref" in schema:
            groups.append(self._referred(schema["$ref"], exact=exact, following=following))
        if "$ref" not in schema or not self._reference_alone:
            groups += self._combined(schema, exact=exact, following=following)
        if prod(map(len, groups)) > _MOST_ALTERNATIVES:
            msg = f"a union of more than {_MOST_ALTERNATIVES} alternatives"
            raise TooHardError(msg)
        return [whole for parts in product(*groups) if (whole := merged(parts)) is not None]

    def _check(self, schema: Mapping[str, Any]) -> None:
        for keyword in ("$dynamicRef", "$recursiveRef"):
            if keyword in schema:
                msg = f"{keyword}, which is followed only when a value is judged"
                raise TooHardError(msg)
        if "$id" in schema and schema is not self.root:
            msg = "a schema with an $id of its own"
            raise TooHardError(msg)

    def _referred(self, reference: str, *, exact: bool, following: frozenset[str]) -> list[Plain]:
        if reference in following:
            msg = f"a reference to {reference!r}, which leads back to itself"
            raise TooHardError(msg)
        return self._alternatives(self.pointed_at(reference), exact=exact, following=following | {reference})

    def _combined(self, schema: Mapping[str, Any], *, exact: bool, following: frozenset[str]) -> list[list[Plain]]:
        def inside(each: Any) -> list[Plain]:  # noqa: ANN401 - JSON
            return self._alternatives(each, exact=exact, following=following)

        groups = [inside(each) for each in schema.get("allOf", ())]
        if "anyOf" in schema:
            groups.append([plain for each in schema["anyOf"] for plain in inside(each)])
        if "oneOf" in schema:
            branches = [inside(each) for each in schema["oneOf"]]
            if exact:
                _check_exclusive(branches)
            groups.append([plain for branch in branches for plain in branch])
        return groups

    def _modern(self, schema: Mapping[str, Any]) -> Plain:
        """Return the plain keywords of *schema* as draft 2020-12 spells them, whatever draft it is of."""
        plain = {keyword: value for keyword, value in schema.items() if keyword not in _COMBINATORS}
        if "const" in plain:
            value = plain.pop("const")
            plain["enum"] = [value for each in plain.get("enum", [value]) if key(each) == key(value)]
        for keyword, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            # Draft 4 has a flag.
            if plain.get(keyword) is True and bound in plain:
                plain[keyword] = plain.pop(bound)
            elif isinstance(plain.get(keyword), bool):
                del plain[keyword]
        if isinstance(plain.get("items"), list):
            plain["prefixItems"] = plain.pop("items")
            plain["items"] = plain.pop("additionalItems", True)
        for head, *others in OPAQUE:
            if head not in plain:
                plain = {keyword: value for keyword, value in plain.items() if keyword not in others}
        if self._is_openapi and plain.pop("nullable", False) and isinstance(plain.get("type"), str):
            plain["type"] = [plain["type"], "null"]
        return plain


def _by_type(plain: Plain) -> list[Plain]:
    types = plain.get("type")
    return [{**plain, "type": each} for each in types] if isinstance(types, list) else [plain]


def _check_exclusive(branches: list[list[Plain]]) -> None:
    for one, other in combinations(branches, 2):
        if not all(_exclude(left, right) for left in one for right in other):
            msg = "oneOf whose alternatives may overlap"
            raise TooHardError(msg)


def _exclude(one: Plain, other: Plain) -> bool:
    """Whether no value fits both, as their types, their values or a field that both require tell."""
    types = {one.get("type"), other.get("type")}
    if None not in types and len(types) > 1 and types != {"integer", "number"}:
        return True
    if _differ(one, other):
        return True
    if types != {"object"}:
        return False
    shared = set(one.get("required", ())) & set(other.get("required", ()))
    return any(_differ(_property(one, name), _property(other, name)) for name in shared)


def _property(plain: Plain, name: str) -> Plain:
    found = plain.get("properties", {}).get(name)
    if not isinstance(found, Mapping):
        return {}
    return {**found, "enum": [found["const"]]} if "const" in found else dict(found)


def _differ(one: Plain, other: Plain) -> bool:
    values, others = listed(one), listed(other)
    return values is not None and others is not None and set(map(key, values)).isdisjoint(map(key, others))
