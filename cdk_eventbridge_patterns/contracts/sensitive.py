"""Fields whose values the producer encrypts before it publishes the event."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.contracts.json_pointer import pointed_at
from cdk_eventbridge_patterns.errors import ContractError

SENSITIVE = "x-sensitive"

OTHERS = "*"
"""What stands in a path for fields that the schema does not name."""

# The fields of a large event are some hundred.
_MOST_STEPS = 10_000

_IN_PLACE = ("allOf", "anyOf", "oneOf", "if", "then", "else", "items", "prefixItems", "contains", "additionalItems")


@dataclass(frozen=True)
class Sensitive:
    """Marks a field of a pydantic model: `number: Annotated[str, Sensitive()]`.

    In JSON Schema the mark is `"x-sensitive": true`. It says that the value is encrypted by the producer and may be
    decrypted by those with the key alone, so nobody can filter on it.
    """

    def __get_pydantic_json_schema__(
        self,
        core_schema: Any,  # noqa: ANN401 - pydantic's
        handler: Callable[[Any], dict[str, Any]],
    ) -> dict[str, Any]:
        """Add the mark to the field's schema, which pydantic asks for."""
        return {**handler(core_schema), SENSITIVE: True}


def sensitive_fields(schema: Mapping[str, Any], path: str = "detail") -> tuple[str, ...]:
    """Return the marked fields, as an event pattern spells them: arrays leave no trace, `*` is any other field.

    Of a schema that refers to itself, the first round is told; `is_sensitive` follows it all the way.

    Raises:
        ContractError: If types that refer to each other make too many ways to a field.
    """
    if f'"{SENSITIVE}"' not in json.dumps(schema):
        return ()
    walk = _Walk(schema)
    walk.value(schema, path, frozenset())
    return tuple(sorted(walk.found))


def is_sensitive(schema: Mapping[str, Any], steps: Sequence[str]) -> bool:
    """Whether the field that *steps* lead to is marked, or stands in one that is."""
    found = {id(part): part for part in _in_place(schema, schema, frozenset())}
    for step in steps:
        if any(part.get(SENSITIVE) is True for part in found.values()):
            return True
        below = [each for part in found.values() for each in _fields(part, step)]
        found = {id(part): part for each in below for part in _in_place(each, schema, frozenset())}
    return any(part.get(SENSITIVE) is True for part in found.values())


class _Walk:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self.found: set[str] = set()
        self._root = root
        self._steps = 0

    def value(self, schema: Any, path: str, following: frozenset[int]) -> None:  # noqa: ANN401 - JSON
        self._steps += 1
        if self._steps > _MOST_STEPS:
            msg = f"sensitive fields must be reached by fewer than {_MOST_STEPS} ways, got more below {path!r}"
            raise ContractError(msg)
        for part in _in_place(schema, self._root, frozenset()):
            if id(part) in following:
                continue
            if part.get(SENSITIVE) is True:
                self.found.add(path)
            for name, below in _all_fields(part):
                self.value(below, f"{path}.{name}", following | {id(part)})


def _in_place(schema: Any, root: Mapping[str, Any], following: frozenset[int]) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401
    """Return the schemas that speak of the same value, or of elements of it."""
    if not isinstance(schema, Mapping) or id(schema) in following:
        return
    following |= {id(schema)}
    yield schema
    if isinstance(schema.get("$ref"), str):
        yield from _in_place(pointed_at(schema["$ref"], root), root, following)
    for keyword in _IN_PLACE:
        below = schema.get(keyword, ())
        for each in below if isinstance(below, list) else [below]:
            yield from _in_place(each, root, following)
    for each in schema.get("dependentSchemas", {}).values():
        yield from _in_place(each, root, following)


def _all_fields(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from schema.get("properties", {}).items()
    for below in (*schema.get("patternProperties", {}).values(), *_rest(schema)):
        yield OTHERS, below


def _fields(schema: Mapping[str, Any], name: str) -> Iterator[Any]:
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
