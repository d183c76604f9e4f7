"""The event that is traced, as the bus has it that it is published to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.errors import TraceError
from cdk_eventbridge_patterns.topology.text import is_literal, region_of, same, unknown

ENVELOPE_FIELDS = ("version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail")
"""What an event of a classic bus has; a replayed one has `replay-name`, too.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
"""

_ENTRY_FIELDS = {"Source", "DetailType", "Detail", "Resources", "Time", "EventBusName", "TraceHeader"}
_LONGEST = {"source": 256, "detail-type": 128}

# An entry is smaller than 1 MB; what counts are these, in bytes of UTF-8, and 14 for a time that is given.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
_LARGEST = 1_048_576
_SIZE_OF_TIME = 14


def published(given: Mapping[str, Any], *, bus_arn: str, account: str) -> dict[str, Any]:
    """Return *given* as an event on a bus, with what EventBridge fills in.

    What it makes up, the id and the time, stands there as an unknown part, if *given* does not say it.

    Args:
        given: An event, or an entry of `PutEvents` (`Source`, `DetailType`, `Detail` as JSON text).

        bus_arn: The bus it is published to.

        account: The account that publishes it.

    Raises:
        TraceError: If `PutEvents` would refuse it, or it says of itself what can't be.
    """
    said = _of_entry(given) if "Detail" in given or "DetailType" in given else dict(given)
    unknown_fields = [field for field in said if field not in (*ENVELOPE_FIELDS, "replay-name")]
    if unknown_fields:
        msg = (
            f"event must have the fields of an EventBridge event, such as source and detail, got {unknown_fields[0]!r}"
        )
        raise TraceError(msg)
    _check(said)
    region = region_of(bus_arn)
    for field, real in (("account", account), ("region", region)):
        if field in said and is_literal(real) and said[field] != real:
            msg = f"{field} of the event must be {real!r}, where it is published, or be left out, got {said[field]!r}"
            raise TraceError(msg)
    return {
        "version": "0",
        "id": unknown("id that EventBridge gives"),
        "detail-type": said["detail-type"],
        "source": said["source"],
        "account": account,
        "time": unknown("time of the publication"),
        "region": region,
        "resources": [],
        "detail": said["detail"],
        **said,
    }


def moved(event: Mapping[str, Any], start: str, end: str) -> dict[str, Any]:
    """Return *event* as it is on the bus *end* to which it was moved from *start*.

    That the account stays is documented. Others saw source, detail-type, Region, resources and detail stay, too, an id
    that is another one or not, and another time in another Region.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
    """
    name = end.rpartition("/")[2]
    changed = {"id": unknown(f"id that EventBridge gives on {name}")}
    if "replay-name" in event:
        changed["replay-name"] = unknown(f"name of the replay on {name}")
    if same(region_of(start), region_of(end)) is not True:
        changed["time"] = unknown(f"time that EventBridge gives on {name}")
    return {**event, **changed}


def _of_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    wrong = [key for key in entry if key not in _ENTRY_FIELDS]
    if wrong:
        msg = f"entry must have the fields of PutEvents, such as Source and DetailType, got {wrong[0]!r}"
        raise TraceError(msg)
    try:
        detail = json.loads(entry.get("Detail", ""))
    except (TypeError, ValueError):
        msg = f"Detail must be a JSON object as text, such as '{{}}', got {entry.get('Detail')!r}"
        raise TraceError(msg) from None
    named = {"Source": "source", "DetailType": "detail-type", "Resources": "resources", "Time": "time"}
    return {"detail": detail} | {name: entry[key] for key, name in named.items() if key in entry}


def _check(said: Mapping[str, Any]) -> None:
    for field, longest in _LONGEST.items():
        value = said.get(field)
        if not isinstance(value, str) or not 1 <= len(value) <= longest:
            example = "'com.acme.orders'" if field == "source" else "'OrderPlaced.v1'"
            msg = f"{field} must be text of 1 to {longest} characters, such as {example}, got {value!r}"
            raise TraceError(msg)
    if not isinstance(said.get("detail"), Mapping):
        msg = f"detail must be a JSON object, such as {{'order_id': 'o-1'}}, got {said.get('detail')!r}"
        raise TraceError(msg)
    if not isinstance(said.get("resources", []), list):
        msg = f"resources must be a list of ARNs, got {said['resources']!r}"
        raise TraceError(msg)
    size = _size(said)
    if size >= _LARGEST:
        msg = f"event must be smaller than {_LARGEST} bytes, got {size}; publish where the data are instead"
        raise TraceError(msg)


def _size(said: Mapping[str, Any]) -> int:
    detail = json.dumps(said["detail"], separators=(",", ":"), ensure_ascii=False, default=str)
    texts = [said["source"], said["detail-type"], detail, *map(str, said.get("resources", ()))]
    return sum(len(text.encode()) for text in texts) + (_SIZE_OF_TIME if "time" in said else 0)
