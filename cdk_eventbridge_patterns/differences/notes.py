"""What a comparison could not see."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.differences.declared_events import declared_events
from cdk_eventbridge_patterns.differences.state import State


def notes(base: State, head: State) -> tuple[str, ...]:
    """Return what to know of what was not seen, in sentences."""
    return tuple(dict.fromkeys((*_of_use(head), *_of_schemas(base, head), *_of_templates(base, head))))


def _of_use(head: State) -> Iterator[str]:
    if not head.topology.environments:
        yield "No consumer's templates were read, so what breaks is what the contract says."


def _of_schemas(base: State, head: State) -> Iterator[str]:
    without = {event.title for event in declared_events(base) if event.schema is None}
    for event in declared_events(head):
        if event.schema is None and event.title in without:
            yield f"No schema of {event.title} is registered, so its fields were not compared."


def _of_templates(base: State, head: State) -> Iterator[str]:
    for state in (base, head):
        for unread in state.topology.unread:
            yield f"{unread.location} was not read: {unread.reason.reason}."
