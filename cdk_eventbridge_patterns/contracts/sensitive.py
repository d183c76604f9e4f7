"""Fields whose values the producer encrypts before it publishes the event."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.contracts.schema_fields import all_fields, in_place, schemas_at
from cdk_eventbridge_patterns.errors import ContractError

SENSITIVE = "x-sensitive"

# The fields of a large event are some hundred.
_MOST_STEPS = 10_000


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
    depths = range(len(steps) + 1)
    return any(part.get(SENSITIVE) is True for depth in depths for part in schemas_at(schema, steps[:depth]))


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
        for part in in_place(schema, self._root):
            if id(part) in following:
                continue
            if part.get(SENSITIVE) is True:
                self.found.add(path)
            for name, below in all_fields(part):
                self.value(below, f"{path}.{name}", following | {id(part)})
