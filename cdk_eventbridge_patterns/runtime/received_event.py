"""An event as its consumer has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import EventError
from cdk_eventbridge_patterns.runtime.filled import EventMetadata

Model = TypeVar("Model")


@dataclass(frozen=True, kw_only=True)
class ReceivedEvent:
    """An event that fits its contract, made by `EventReader.read`.

    Args:
        contract: What it is promised to be.

        id: What EventBridge calls it. It is another after a move to another bus, and after each time it is published.

        source: Its source.

        detail_type: Its detail-type.

        account: The account it was published in.

        region: The Region it was published in.

        time: When EventBridge says that it happened.

        resources: The ARNs of what it is about.

        replay_name: The replay it comes from, if it does.

        metadata: What it says of itself, if it has an envelope.

        data: What happened: a model, if the contract was made from one and all of its fields can be read; else a dict.

        detail: All of `detail`, decrypted as far as the reader does.

        encrypted: The places of fields that are still encrypted, as JSON pointers into `detail`.

        idempotency_key: Which fact it is, as the producer says; nothing if the contract does not tell.
    """

    contract: EventContract
    id: str
    source: str
    detail_type: str
    account: str
    region: str
    time: datetime
    resources: tuple[str, ...] = ()
    replay_name: str | None = None
    metadata: EventMetadata | None = None
    # Not shown, so that what was decrypted is not in the log when the event is.
    data: Any = field(repr=False)
    detail: Mapping[str, Any] = field(repr=False)
    encrypted: tuple[str, ...] = ()
    idempotency_key: str | None = None

    @property
    def event_id(self) -> str:
        """What its producer calls it; without an envelope, what EventBridge does."""
        return self.id if self.metadata is None else self.metadata.id

    @property
    def correlation_id(self) -> str:
        """Which story it belongs to; it is the first of one if it does not say."""
        return (self.metadata and self.metadata.correlation_id) or self.event_id

    def data_as(self, model: type[Model]) -> Model:
        """Return the data, told to type checkers as what they are.

        Raises:
            EventError: If they are not of that model.
        """
        if not isinstance(self.data, model):
            msg = f"data of {self.contract.name} must be {model.__name__}, got {type(self.data).__name__}"
            raise EventError(msg)
        return self.data
