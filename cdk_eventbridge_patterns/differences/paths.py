"""Fields of an event, as event patterns and JSON paths spell them."""

from __future__ import annotations

import re

from cdk_eventbridge_patterns.contracts.schema_fields import OTHERS

_PLAIN = re.compile(r"\$((?:\.[^.\[\]*?()@'\" ]+|\[(?:[0-9]+|\*)\])*)")
_STEP = re.compile(r"\.([^.\[]+)")


def related(one: str, other: str) -> bool:
    """Return whether two dotted paths are the same, or one stands in the other; `*` is any name."""
    if not one or not other:
        return True
    steps = zip(one.split("."), other.split("."), strict=False)
    return all(first == second or OTHERS in (first, second) for first, second in steps)


def is_in(path: str, field: str) -> bool:
    """Return whether a dotted path is *field*, or stands in it."""
    return related(path, field) and path.count(".") >= field.count(".") and (bool(path) or not field)


def read_by(json_path: str) -> str:
    """Return the field that a JSON path of a transformer reads, dotted; arrays leave no trace.

    Where a path goes on with what is not followed here, such as a filter, all that stands below counts as read. The
    whole event is the empty path.
    """
    plain = _PLAIN.match(json_path)
    return ".".join(_STEP.findall(plain[1])) if plain else ""
