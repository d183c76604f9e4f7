"""An event that is ready to be sent, and how large EventBridge counts it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract

# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html: at most 10 entries, less than 1 MB in
# all. No page says which megabyte is meant, so it is the smaller one.
MOST_ENTRIES = 10
TOO_LARGE = 1_000_000

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size
_TIME_SIZE = 14


@dataclass(frozen=True, kw_only=True)
class OutgoingEvent:
    """An event that fits its contract, made by `EventPublisher.event`.

    Args:
        contract: What it is promised to be.

        id: What its envelope calls it; without an envelope it has no id yet.

        idempotency_key: What is the same for the same fact, if its envelope says.

        entry: What PutEvents is given.
    """

    contract: EventContract
    id: str | None
    idempotency_key: str | None
    entry: Mapping[str, Any] = field(repr=False)

    @property
    def size(self) -> int:
        """How many bytes EventBridge counts of it."""
        return entry_size(self.entry)


def entry_size(entry: Mapping[str, Any]) -> int:
    """Return how many bytes EventBridge counts of an entry."""
    texts = [entry["Source"], entry["DetailType"], entry["Detail"], *entry.get("Resources", ())]
    return sum(len(text.encode()) for text in texts) + (_TIME_SIZE if "Time" in entry else 0)


def batches(events: Iterable[OutgoingEvent]) -> Iterator[list[OutgoingEvent]]:
    """Return *events* in the calls they are sent with, in their order."""
    batch: list[OutgoingEvent] = []
    total = 0
    for event in events:
        if batch and (len(batch) == MOST_ENTRIES or total + event.size >= TOO_LARGE):
            yield batch
            batch, total = [], 0
        batch.append(event)
        total += event.size
    if batch:
        yield batch
