"""What no retry can mend goes to the dead-letter queue at once.

As shipped every failure is retried, with growing pauses: hours, with the 185 attempts that are EventBridge's default.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from localemu.services.events.target import TargetSender

from cdk_eventbridge_patterns.local.inside.undeliverable import is_undeliverable


def _once(shipped: Callable[[Any, Any, Any], Any]) -> Callable[[Any, Any, Any], Any]:
    """Return what sends an event and, where that is in vain, is done with it."""

    @wraps(shipped)
    def send_event(sender: Any, event: Any, trace_header: Any) -> Any:
        try:
            return shipped(sender, event, trace_header)
        except Exception as error:
            if not is_undeliverable(error):
                raise
            if queue := sender.target.get("DeadLetterConfig", {}).get("Arn"):
                sender._send_to_dlq(event, queue, error)  # noqa: SLF001 - the emulator has no other way
            return None

    return send_event


def _kinds(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


def apply() -> None:
    """Have targets of every kind use it."""
    for kind in set(_kinds(TargetSender)):
        if "send_event" in vars(kind):
            kind.send_event = _once(kind.send_event)
