"""Data as the JSON that EventBridge takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cdk_eventbridge_patterns.errors import EventError

if TYPE_CHECKING:
    from pydantic import BaseModel

# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
_LEAST, _MOST = -(2**63), 2**63 - 1


def json_text(value: Any) -> str:  # noqa: ANN401 - JSON
    """Return *value* as JSON, as short as it can be."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def json_data(data: BaseModel | Mapping[str, Any], event: str) -> dict[str, Any]:
    """Return a copy of the *data* of an *event*, JSON through and through.

    Raises:
        EventError: If they are not a model or a mapping, or hold what JSON or EventBridge has no words for.
    """
    if hasattr(data, "model_dump"):
        data = data.model_dump(mode="json", by_alias=True)
    if not isinstance(data, Mapping):
        msg = f"data of {event} must be a pydantic model or a mapping, got {type(data).__name__}"
        raise EventError(msg)
    try:
        text = json_text(dict(data))
        text.encode()
        copy: dict[str, Any] = json.loads(text, parse_int=_integer)
    except (TypeError, ValueError, RecursionError) as error:
        # A UnicodeEncodeError quotes the whole text, which may hold what nobody should read.
        reason = error.reason if isinstance(error, UnicodeEncodeError) else str(error)
        msg = f"data of {event} must be JSON that EventBridge takes: {reason}"
        raise EventError(msg) from None
    return copy


def _integer(text: str) -> int:
    value = int(text)
    if not _LEAST <= value <= _MOST:
        msg = "a whole number must be between -2^63 and 2^63 - 1"
        raise ValueError(msg)
    return value
