"""The event in whatever a target was given: EventBridge's own JSON, alone or in a record of another service."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.errors import EventError


def event_in(delivered: Any) -> Mapping[str, Any]:  # noqa: ANN401 - JSON
    """Return the event in what was delivered.

    That is the event itself, as an object or as text; or a record of SQS, SNS or Kinesis, as a function gets it; or
    a message that was received from SQS; also one that SNS put there.

    Raises:
        EventError: If it is none of them.
    """
    if isinstance(delivered, (str, bytes)):
        return event_in(_json(delivered))
    if isinstance(delivered, Mapping):
        if "detail-type" in delivered:
            return delivered
        for inside in _inside(delivered):
            return event_in(inside)
    msg = (
        "delivered must be an event of EventBridge, or a record of SQS, SNS or Kinesis that holds one whole, "
        f"got {_told(delivered)}"
    )
    raise EventError(msg)


def _json(text: str | bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text)
    except ValueError:
        # The error of json has the whole text.
        msg = "delivered must be the JSON of an event, and can't be read as JSON"
        raise EventError(msg) from None


def _inside(record: Mapping[str, Any]) -> list[Any]:
    """Return what a record holds."""
    found = [record[name] for name in ("body", "Body") if isinstance(record.get(name), str)]
    notification = record.get("Sns", record)
    if isinstance(notification, Mapping) and isinstance(notification.get("Message"), str):
        found.append(notification["Message"])
    stream = record.get("kinesis")
    if isinstance(stream, Mapping) and isinstance(stream.get("data"), str):
        found.append(_decoded(stream["data"]))
    return found


def _decoded(data: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except ValueError:
        msg = "delivered must be a record of Kinesis whose data is base64, and can't be read as that"
        raise EventError(msg) from None


def _told(delivered: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(delivered, Mapping) and "Records" in delivered:
        return "all records at once; read them one by one"
    return f"fields {sorted(map(str, delivered))}" if isinstance(delivered, Mapping) else type(delivered).__name__
