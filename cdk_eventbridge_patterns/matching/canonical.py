"""The one spelling of an event pattern that all patterns of the same alternatives share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.matching.alternative import Alternative
from cdk_eventbridge_patterns.matching.number import Number
from cdk_eventbridge_patterns.matching.parse import OR, RESERVED


def canonical(alternatives: Sequence[Alternative]) -> str:
    """Return the JSON of *alternatives*: dotted paths, everything once and in order, several of them under `$or`.

    What is written together is not taken apart and what overlaps is not joined, so this is about spelling only. That
    is sound: what is spelled the same matches the same.
    """
    spelled = sorted({_text(_fields(alternative)): _fields(alternative) for alternative in alternatives}.items())
    if len(spelled) == 1:
        return spelled[0][0]
    # Such a field can't stand inside $or. As it never did, all alternatives have it, and the same.
    outside = {path: values for path, values in spelled[0][1].items() if path in RESERVED}
    inside = [{path: values for path, values in fields.items() if path not in outside} for _, fields in spelled]
    return _text(outside | {OR: inside})


def _fields(alternative: Alternative) -> dict[str, Any]:
    return {
        path: [value for _, value in sorted({_text(m.spelled()): m.spelled() for m in matchers}.items())]
        for path, matchers in alternative.items()
    }


def _text(value: Any) -> str:  # noqa: ANN401 - JSON
    """Return *value* as JSON; the standard writer can't write a number that a double doesn't hold."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_text(key)}:{_text(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_text, value)) + "]"
    return value.text if isinstance(value, Number) else json.dumps(value)
