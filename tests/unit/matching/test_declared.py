"""Whether a contract declares what a JSON path reads."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.matching.analysis import undeclared

ITEM: dict[str, Any] = {"type": "object", "properties": {"sku": {"type": "string"}}}
ORDER = EventContract(
    service="orders",
    event="OrderPlaced",
    detail={
        "type": "object",
        "properties": {
            "status": {"type": "string"},
            "lines": {"type": "array", "items": {"$ref": "#/$defs/Item"}},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
            "free": {},
        },
        "$defs": {"Item": ITEM},
    },
)


@pytest.mark.parametrize(
    "path",
    [
        *("$", "$.detail", "$.detail.status", "$.detail.lines", "$.detail.lines[0]", "$.detail.lines[3].sku"),
        *("$.time", "$.detail-type", "$.resources[0]", "$.detail.labels.any", "$.detail.free.any[2].thing"),
        # Not plain, so not judged.
        *("$.detail.lines[*].skus", "$['detail']", "$..status"),
    ],
)
def test_what_an_event_may_have_is_fine(path: str) -> None:
    assert undeclared(path, ORDER) is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("$.detail.statuss", "$.detail has no field 'statuss'; the nearest is 'status'"),
        ("$.detail.status.code", "$.detail.status has no field 'code'"),
        ("$.detail.lines[0].skuu", "$.detail.lines[0] has no field 'skuu'; the nearest is 'sku'"),
        ("$.detail.lines.sku", "$.detail.lines has no field 'sku'"),
        ("$.detail[0]", "$.detail is no array"),
        ("$.details", "$ has no field 'details'; the nearest is 'detail'"),
    ],
)
def test_what_no_event_has_is_told(path: str, reason: str) -> None:
    assert undeclared(path, ORDER) == reason
