"""What a JSON Schema of draft 2020-12 must be, as one document.

The published one is made of eight, which point to each other by `$dynamicRef`: followed anew in every schema below a
schema, that takes five times as long, and an estate has hundreds of contracts.
https://json-schema.org/draft/2020-12/schema
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_BASE = "https://json-schema.org/draft/2020-12/"


@cache
def schema_validator() -> Draft202012Validator:
    """Return what says whether a value is a JSON Schema, by the published rules."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - takes longer to import than this room

    return Draft202012Validator(_in_one_document(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _in_one_document() -> dict[str, Any]:
    from jsonschema_specifications import REGISTRY  # noqa: PLC0415 - as above

    published: Any = REGISTRY[f"{_BASE}schema"].contents
    parts = [published, *(REGISTRY[_BASE + part["$ref"]].contents for part in published["allOf"])]
    return {
        "$schema": published["$schema"],
        "type": published["type"],
        "properties": {name: _pointing_here(value) for part in parts for name, value in _in(part, "properties")},
        "$defs": {name: _pointing_here(value) for part in parts for name, value in _in(part, "$defs")},
    }


def _in(part: dict[str, Any], keyword: str) -> Any:  # noqa: ANN401 - JSON
    return part.get(keyword, {}).items()


def _pointing_here(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a part of the published schema in which every schema below is one by this document."""
    if isinstance(value, list):
        return [_pointing_here(each) for each in value]
    if not isinstance(value, dict):
        return value
    return dict(_reference(key, each) for key, each in value.items())


def _reference(key: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 - JSON
    if key == "$dynamicRef":
        return "$ref", "#"
    if key == "$ref" and isinstance(value, str):
        return key, "#" + value.partition("#")[2]
    return key, _pointing_here(value)
