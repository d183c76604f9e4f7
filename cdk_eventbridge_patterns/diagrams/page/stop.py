"""One stop on the way of an event, as the page tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.diagrams.picture import EdgeKey


@dataclass(frozen=True, kw_only=True)
class Stop:
    """What is said at one place of the picture.

    Args:
        says: The sentence.

        answer: Whether it is so: `yes`, `no` or `undecided`; `note` where nothing is asked.

        reason: Why.

        depth: How many moves and rules it is behind the publication.

        node: The node it is about.

        edge: The edge that leads there. Default: none does.

        payload: The event as it is on this bus, or the text that the target gets. Default: as at the stop before.

        missing: The statements that would let the event on. Default: none would.
    """

    says: str
    answer: str
    reason: str
    depth: int
    node: str
    edge: EdgeKey | None = None
    payload: Mapping[str, Any] | str | None = None
    missing: tuple[str, ...] = ()
