"""JSON as EventBridge writes it: without white space, the fields in the order they came in.

Both are in recorded answers of AWS, and so is the order of the envelope; the user guide gives neither. How numbers with
a fraction, characters beyond ASCII and escapes are spelled is in none: such text is Python's, and says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from cdk_eventbridge_patterns.simulation.payload.json_path import NOTHING
from cdk_eventbridge_patterns.topology.text import without_parts

_ENVELOPE = (
    "version",
    "id",
    "detail-type",
    "source",
    "account",
    "time",
    "region",
    "replay-name",
    "resources",
    "detail",
)


def json_text(value: object) -> str:
    """Return *value* as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def in_order(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return *event* with its envelope in the order that EventBridge writes it in."""
    return {name: event[name] for name in (*_ENVELOPE, *event) if name in event}


def read_json(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value that *text* is the JSON of, `NOTHING` where it is none."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return NOTHING


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def escaped(text: str) -> str:
    """Return *text* as it stands between the quotes of a JSON string."""
    return json_text(text)[1:-1]


def unproved_spelling(value: object) -> tuple[str, ...]:
    """Return what of the spelling of *value* is recorded nowhere; its unknown parts are no spelling of anybody's."""
    text = without_parts(json_text(value))
    fractions = [f"how the number {number} is spelled" for number in _floats(value)]
    escapes = ["which escape a character is written by"] if "\\" in text else []
    beyond = [] if text.isascii() else ["whether characters beyond ASCII are escaped"]
    return tuple(dict.fromkeys([*fractions, *escapes, *beyond]))


def _floats(value: object) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _floats(each)
    elif isinstance(value, list):
        for each in value:
            yield from _floats(each)
