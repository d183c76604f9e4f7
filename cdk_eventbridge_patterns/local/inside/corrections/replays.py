"""A replay works, and brings events as they were, with the name of the replay.

As shipped StartReplay fails: archived events have their time as text, and the replay takes it for a moment in time.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from localemu.services.events import utils
from localemu.services.events.archive import ArchiveService
from localemu.services.events.replay import ReplayService

_NORMALIZE = ArchiveService._normalize_datetime  # noqa: SLF001 - the emulator's
_EVENT_TIME = utils.get_event_time


def _moment(value: Any) -> Any:
    return datetime.fromisoformat(value.replace("Z", "+00:00")) if isinstance(value, str) else value


def _normalize_datetime(archive: Any, value: Any) -> Any:
    return _NORMALIZE(archive, _moment(value))


def _event_time(event: dict[str, Any]) -> Any:
    return _EVENT_TIME({**event, "Time": _moment(event["Time"])} if "Time" in event else event)


def _set_last_time(replay: Any, events: list[dict[str, Any]]) -> None:
    replay.replay.event_last_replayed_time = max(_moment(event["time"]) for event in events)


def _entries(replay: Any, events: list[dict[str, Any]], replay_name: str) -> list[dict[str, Any]]:
    """Return archived events as entries of PutEvents, which keep their id, account and Region."""
    bus = utils.extract_event_bus_name(replay.destination["Arn"])
    return [_entry(event, bus, replay_name) for event in events]


def _entry(event: dict[str, Any], bus: str, replay_name: str) -> dict[str, Any]:
    origin = {f"original_{key}": event[key] for key in ("id", "region", "account")}
    entry = utils.re_format_event({key: value for key, value in event.items() if key != "replay-name"}, bus)
    return {**entry, "ReplayName": replay_name, "TraceHeader": json.dumps(origin)}


def apply() -> None:
    """Have replays use it."""
    utils.get_event_time = _event_time
    ArchiveService._normalize_datetime = _normalize_datetime  # noqa: SLF001
    ReplayService._set_event_last_replayed_time = _set_last_time  # noqa: SLF001
    ReplayService.re_format_events_from_archive = _entries
