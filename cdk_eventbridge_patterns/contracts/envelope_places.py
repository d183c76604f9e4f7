"""Where an envelope holds what an event says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class EnvelopePlaces:
    """The places inside `detail`, as names with a dot between them: `metadata.id`.

    An envelope that has them as `places` can be filled when an event is published, and read when it is received.

    Args:
        id: Where the id of the event stands.

        data: Where the data stand.

        time: When it happened. Default: nowhere.

        version: The version of the contract. Default: nowhere.

        correlation_id: What is the same for all events of one story. Default: nowhere.

        causation_id: The id of the event that led to this one. Default: nowhere.

        idempotency_key: What is the same for the same fact. It may be the place of the id, which then is the key.
            Default: nowhere.

        claim_check: Where a reference to data that are kept elsewhere may stand. Default: nowhere, so all data are in
            the event.

        fixed: Values that are the same in all events, by their places. Default: none.
    """

    id: str
    data: str
    time: str | None = None
    version: str | None = None
    correlation_id: str | None = None
    causation_id: str | None = None
    idempotency_key: str | None = None
    claim_check: str | None = None
    fixed: Mapping[str, Any] = field(default_factory=dict, hash=False)
