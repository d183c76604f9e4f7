"""Where the trace and the emulator say different things."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cdk_eventbridge_patterns.simulation.payload import Payload

_PART = re.compile("«[^»]*»")
_STRING_OR_SPACE = re.compile(r'("(?:\\.|[^"\\])*")|\s+', re.DOTALL)


class Kind(Enum):
    """What is different."""

    MATCH = "whether an event pattern matches, or is refused"
    PUBLICATION = "whether the event may be published"
    DEPLOYMENT = "whether the template can be deployed"
    DELIVERY = "who receives the event"
    VALUE = "what a queue receives"
    WHITE_SPACE = "where a text that is JSON has white space"
    ORDER = "in which order a text that is JSON has its fields"


SPELLING = frozenset({Kind.WHITE_SPACE, Kind.ORDER})
"""What is different in the text only, and is the same as JSON."""


@dataclass(frozen=True)
class Difference:
    """One thing that is different."""

    kind: Kind
    where: str
    traced: object
    emulated: object


def of_payload(traced: Payload, emulated: str) -> Kind | None:
    """Return what is different between a payload and a body, if anything is.

    What the payload leaves to deployment may be any text, and where its spelling is ours it is not compared.
    """
    if _fits(traced.text, emulated):
        return None
    ours, theirs = _read(traced.text), _read(emulated)
    if ours is _NO_JSON or theirs is _NO_JSON or not _is_value(ours, theirs):
        return Kind.VALUE
    if traced.unproved:
        return None
    return Kind.WHITE_SPACE if _fits(_packed(traced.text), _packed(emulated)) else Kind.ORDER


_NO_JSON = object()


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return _NO_JSON


def _fits(traced: str, emulated: str) -> bool:
    """Return whether a text is the one that was traced, whatever its parts turn out to be."""
    return re.fullmatch('[^"]*'.join(map(re.escape, _PART.split(traced))), emulated) is not None


def _is_value(traced: Any, emulated: Any) -> bool:
    if isinstance(traced, str) and isinstance(emulated, str):
        return _fits(traced, emulated)
    if isinstance(traced, list) and isinstance(emulated, list):
        return len(traced) == len(emulated) and all(map(_is_value, traced, emulated))
    if isinstance(traced, dict) and isinstance(emulated, dict):
        return traced.keys() == emulated.keys() and all(_is_value(traced[key], emulated[key]) for key in traced)
    return type(traced) is type(emulated) and bool(traced == emulated)


def _packed(text: str) -> str:
    """Return JSON without the white space around its values."""
    return _STRING_OR_SPACE.sub(lambda found: found[1] or "", text)
