"""A JSON Schema taken apart into plain conjunctions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from math import prod
from typing import Any

from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.contracts.json_pointer import pointed_at

Schema = Any
"""A JSON Schema: a mapping, or true or false."""

Conjunction = tuple[Mapping[str, Any], ...]
"""Schemas without combinators, all of which hold."""

_COMBINATORS = ("$ref", "allOf", "anyOf", "oneOf", "if", "then", "else", "not")

# More ways than this are not told apart: the combinator that makes them is left out, which only widens the schema.
_MOST_WAYS = 256

# Keywords whose values are data, not schemas.
_DATA = ("const", "default", "enum", "examples")

# Before draft 2019-09 nothing beside a reference is read.
_REFERENCE_ALONE = ("draft-03", "draft-04", "draft-06", "draft-07")


class ContractDocument:
    """The schema of an event, as a document that references point into."""

    def __init__(self, schema: EventSchema) -> None:
        self.root = schema.schema
        self._schema = schema
        self._reference_alone = any(draft in str(self.root.get("$schema", "")) for draft in _REFERENCE_ALONE)
        # A schema with an id of its own is another document for the references in it, which are not followed then.
        self._follows = not _has_own_id(schema.schema)

    def allows(self, part: Schema, value: Any) -> bool | None:  # noqa: ANN401 - JSON
        """Whether a part of the schema allows *value*; nothing if that can't be found out."""
        from referencing.exceptions import Unresolvable  # noqa: PLC0415 - as jsonschema

        try:
            return self._schema.validator.evolve(schema=part).is_valid(value)
        except (Unresolvable, RecursionError):
            return None

    def ways(self, schemas: Iterable[Schema]) -> list[Conjunction]:
        """Return the ways in which a value may fit all of *schemas*, and perhaps some more; none is a proof."""
        return self._all([self._ways(schema, frozenset()) for schema in schemas])

    def _ways(self, schema: Schema, following: frozenset[str]) -> list[Conjunction]:
        if schema is False:
            return []
        if not isinstance(schema, Mapping):
            return [()]
        groups: list[list[Conjunction]] = []
        if "$ref" in schema:
            groups.append(self._referred(str(schema["$ref"]), following))
            if self._reference_alone:
                return groups[0]
        groups += [self._ways(each, following) for each in schema.get("allOf", ())]
        groups += [
            [way for each in schema[keyword] for way in self._ways(each, following)]
            for keyword in ("anyOf", "oneOf")
            if keyword in schema
        ]
        if "if" in schema:
            groups.append(self._conditional(schema, following))
        if schema.get("not") in (True, {}):
            return []
        plain = {keyword: value for keyword, value in schema.items() if keyword not in _COMBINATORS}
        return self._all([[(plain,) if plain else ()], *groups])

    def _referred(self, reference: str, following: frozenset[str]) -> list[Conjunction]:
        is_here = reference == "#" or reference.startswith("#/")
        if not is_here or not self._follows or reference in following:
            return [()]
        return self._ways(pointed_at(reference, self.root), following | {reference})

    def _conditional(self, schema: Mapping[str, Any], following: frozenset[str]) -> list[Conjunction]:
        # That the condition does not hold in the other way is left out.
        holds = [self._ways(schema["if"], following), self._ways(schema.get("then", True), following)]
        return [*self._all(holds), *self._ways(schema.get("else", True), following)]

    @staticmethod
    def _all(groups: list[list[Conjunction]]) -> list[Conjunction]:
        if not all(groups):
            return []
        while prod(map(len, groups)) > _MOST_WAYS:
            groups = [group for group in groups if len(group) < max(map(len, groups))]
        return [tuple(part for way in ways for part in way) for ways in product(*groups)]


def _has_own_id(schema: Mapping[str, Any]) -> bool:
    keyword = "id" if "draft-04" in str(schema.get("$schema", "")) else "$id"
    waiting = list(schema.values())
    while waiting:
        each = waiting.pop()
        if isinstance(each, Mapping):
            if isinstance(each.get(keyword), str):
                return True
            waiting.extend(below for key, below in each.items() if key not in _DATA)
        elif isinstance(each, list):
            waiting.extend(each)
    return False
