"""Older drafts of JSON Schema as draft 2020-12 spells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.errors import ContractError

# https://json-schema.org/specification-links ; before draft 2019-09 nothing beside a reference is read.
REFERENCE_ALONE = ("draft-04", "draft-06", "draft-07")
_DRAFTS = (*REFERENCE_ALONE, "2019-09", "2020-12")

_FLAGS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def draft_of(document: Any, default: str) -> str:  # noqa: ANN401 - JSON
    """Return the draft that a document says it is of.

    Raises:
        ContractError: If it is none that is known.
    """
    said = document.get("$schema") if isinstance(document, Mapping) else None
    if said is None:
        return default
    found = [draft for draft in _DRAFTS if draft in str(said)]
    if not found:
        known = "https://json-schema.org/draft/2020-12/schema"
        msg = f"$schema must be a draft of JSON Schema, such as {known!r}, got {said!r}"
        raise ContractError(msg)
    return found[0]


def in_2020_12(schema: Mapping[str, Any], draft: str) -> dict[str, Any]:
    """Return *schema*, of *draft*, with its own keywords in the words of draft 2020-12; what lies below stays."""
    changed = dict(schema)
    if draft == "2020-12":
        return changed
    if isinstance(changed.get("items"), list):
        changed["prefixItems"] = changed.pop("items")
        if "additionalItems" in changed:
            changed["items"] = changed["additionalItems"]
    changed.pop("additionalItems", None)
    for keyword, bound in _FLAGS.items():
        if isinstance(changed.get(keyword), bool):
            is_exclusive = changed.pop(keyword)
            if is_exclusive and bound in changed:
                changed[keyword] = changed.pop(bound)
    dependencies = changed.pop("dependencies", {})
    for name, asked in dependencies.items():
        keyword = "dependentRequired" if isinstance(asked, list) else "dependentSchemas"
        changed[keyword] = {**changed.get(keyword, {}), name: asked}
    return changed
