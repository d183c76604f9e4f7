"""A question to both: whether an event pattern matches an event."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.testing.builders import ORDERS, REGION
from tests.agreement.difference import Difference, Kind
from tests.agreement.emulator import Emulator, Refused

_ENVELOPE = {
    "version": "0",
    "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "detail-type": "OrderPlaced.v1",
    "source": "com.acme.orders",
    "account": ORDERS,
    "time": "2026-11-23T12:00:00Z",
    "region": REGION,
    "resources": [],
}


@dataclass(frozen=True)
class Question:
    """An event pattern, and the detail of an event.

    Args:
        pattern: The event pattern, as JSON has it or as text.

        detail: The detail of the event; the envelope is always the same.
    """

    pattern: Mapping[str, Any] | str
    detail: Mapping[str, Any]

    def differences(self, emulator: Emulator) -> list[Difference]:
        """Return the difference, if there is one."""
        pattern = self.pattern if isinstance(self.pattern, str) else json.dumps(self.pattern)
        event = json.dumps({**_ENVELOPE, "detail": self.detail})
        ours, theirs = _ours(pattern, event), _theirs(emulator, pattern, event)
        return [] if ours == theirs else [Difference(Kind.MATCH, pattern, ours, theirs)]


def _ours(pattern: str, event: str) -> bool | str:
    try:
        return EventPattern.parse(pattern).matches(event)
    except EventPatternError:
        return "refused"


def _theirs(emulator: Emulator, pattern: str, event: str) -> bool | str:
    try:
        return emulator.matches(pattern, event)
    except Refused:
        return "refused"
