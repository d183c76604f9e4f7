"""Resolved properties as the values that elements hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypedDict

from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.assembly.stamps import stamp_of
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Answer, Undecided


class Common(TypedDict):
    """What all elements have."""

    location: Location
    account: str
    region: str
    stamp: Stamp | None
    conditional: Undecided | None


def common(resource: ResolvedResource) -> Common:
    """Return what every element made of *resource* has."""
    return Common(
        location=resource.location,
        account=resource.account,
        region=resource.region,
        stamp=stamp_of(resource.template, resource.logical_id, resource.metadata),
        conditional=resource.conditional,
    )


def text(value: Any) -> str | None:  # noqa: ANN401 - whatever a template holds
    """Return *value* as text, nothing where there is none; what is undecided is a part that says so."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, Undecided):
        return unknown(value.reason)
    if isinstance(value, (bool, int, float)):
        return str(value).lower()  # CloudFormation takes a number or a truth value for text
    return unknown(f"a value that is no text: {json.dumps(value, default=str)[:80]}")


def said(value: Any) -> str:  # noqa: ANN401
    """Return *value* as text; where there is none, a part that says so."""
    result = text(value)
    return unknown("a value that is missing") if result is None else result


def text_in(value: Any, *path: str) -> str | None:  # noqa: ANN401
    """Return the text at *path* in an object, nothing where there is none; what is undecided above it is as it is."""
    for key in path:
        if isinstance(value, Undecided):
            break
        value = mapping(value).get(key)
    return text(value)


def integer(value: Any) -> int | None:  # noqa: ANN401
    """Return *value* as a whole number, nothing where it is none."""
    try:
        return None if value is None or isinstance(value, bool) else int(value)
    except (TypeError, ValueError):
        return None


def truth(value: Any) -> Answer:  # noqa: ANN401
    """Return *value* as a truth value; no value is no."""
    written = text(value)
    if written is not None and "«" in written:
        return Undecided(written)
    return written == "true"


def mapping(value: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Return an object, an empty one where *value* is none."""
    return value if isinstance(value, Mapping) else {}


def entries(value: Any) -> list[Any]:  # noqa: ANN401
    """Return a list, an empty one where *value* is none."""
    return value if isinstance(value, list) else []


def many(value: Any) -> list[Any]:  # noqa: ANN401
    """Return one or many as many, none as none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
