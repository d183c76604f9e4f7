"""JSON values as a schema compares them, and schemas that list theirs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def key(value: Any) -> str:  # noqa: ANN401 - JSON
    """Return a text that is the same for values that JSON Schema takes for equal: 1 and 1.0, but not 1 and true."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def listed(schema: Mapping[str, Any]) -> list[Any] | None:
    """Return all values that a schema without references may allow, if they can be listed."""
    if "enum" in schema:
        return list({key(value): value for value in schema["enum"]}.values())
    if schema.get("type") == "null":
        return [None]
    return [False, True] if schema.get("type") == "boolean" else None


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return value
