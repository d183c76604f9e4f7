"""What becomes of an event at a target: a text that is sent, or why none is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Payload:
    """What EventBridge sends to a target.

    Args:
        text: The text, in which a part between `«` and `»` is known at deployment or delivery only. It is empty where
            the target is invoked without input.

        unproved: What of its spelling is ours, as AWS documents none and no recorded answer shows it: how a number is
            spelled, say. As JSON it means the same. Default: nothing.
    """

    text: str
    unproved: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotSent:
    """Why a target receives nothing.

    Args:
        reason: Why.

        at_deployment: Whether EventBridge refuses the target itself. Default: it fails on this event, and the
            dead-letter queue, where there is one, receives the event.
    """

    reason: str
    at_deployment: bool = False
