"""What no retry can mend."""

from __future__ import annotations

from botocore.exceptions import ClientError

# What is missing, by the services' own words for it.
_GONE = (
    "AWS.SimpleQueueService.NonExistentQueue",
    "NoSuchEntity",
    "NotFound",
    "QueueDoesNotExist",
    "ResourceNotFoundException",
)


class UndeliverableError(Exception):
    """AWS never delivers it, by a rule of its own."""


def is_undeliverable(error: Exception) -> bool:
    """Return whether an event is not delivered by trying again: its target is gone, or AWS forbids it."""
    return isinstance(error, UndeliverableError) or (
        isinstance(error, ClientError) and error.response["Error"]["Code"] in _GONE
    )
