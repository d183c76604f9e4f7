"""What binds an encrypted field to its event: the encryption context that producer, key and consumer agree on."""

from __future__ import annotations

from cdk_eventbridge_patterns.contracts.event_name import EventName


def encryption_context(event_name: EventName) -> dict[str, str]:
    """Return the encryption context of the fields of an event, which KMS asks for again when they are decrypted."""
    return {"event": str(event_name)}
