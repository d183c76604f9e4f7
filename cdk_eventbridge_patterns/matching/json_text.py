"""JSON text read without losing what EventBridge sees: how numbers are spelled, and keys that occur twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching.limits import DEEPEST
from cdk_eventbridge_patterns.matching.number import Number


class Fields:
    """A JSON object as it is written: its fields in order, each as often as it occurs."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        self.pairs = pairs

    def items(self) -> list[tuple[str, Any]]:
        """Return the fields, under the name a mapping has for them."""
        return self.pairs

    def __len__(self) -> int:
        return len(self.pairs)

    def __repr__(self) -> str:
        return "{" + ", ".join(f"{key!r}: {value!r}" for key, value in self.pairs) + "}"


Json = Fields | Mapping[str, Any]


def read_object(text: str, what: str) -> Fields:
    """Return the JSON object that *text* holds; *what* names it in errors."""
    try:
        value = _read(text)
    except ValueError as error:
        msg = f"{what} must be JSON: {str(error)[:1].lower()}{str(error)[1:]}"
        raise EventPatternError(msg) from None
    except RecursionError:
        raise EventPatternError(too_deep(what)) from None
    if not isinstance(value, Fields):
        msg = f"{what} must be a JSON object, got {shown(value)}"
        raise EventPatternError(msg)
    return value


def too_deep(what: str) -> str:
    """Return what to say of a value whose nesting can't be followed."""
    return f"{what} must be nested at most {DEEPEST} levels deep, and no deeper than Python's own stack"


def shown(value: object) -> str:
    """Return *value* for an error message, which stays readable however long the value is."""
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


_LONGEST_SHOWN = 160


def _refuse(constant: str) -> NoReturn:
    msg = f"there is no {constant} in JSON"
    raise ValueError(msg)


_DECODER = json.JSONDecoder(
    object_pairs_hook=Fields, parse_float=Number.of_text, parse_int=Number.of_text, parse_constant=_refuse
)
_read = _DECODER.decode
