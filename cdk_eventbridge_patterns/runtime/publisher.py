"""What a producer publishes with."""

from __future__ import annotations

import os
import time as clocks
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import ContractError, EventError, NamingError
from cdk_eventbridge_patterns.naming.arn import Arn
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.runtime.checked_detail import check_detail
from cdk_eventbridge_patterns.runtime.claim_check import ClaimCheck
from cdk_eventbridge_patterns.runtime.clients import EventsClient, events_client
from cdk_eventbridge_patterns.runtime.field_encrypter import FieldEncrypter
from cdk_eventbridge_patterns.runtime.filled import EventMetadata, filled, metadata_in, places_of
from cdk_eventbridge_patterns.runtime.json_data import json_data, json_text
from cdk_eventbridge_patterns.runtime.outgoing_event import TOO_LARGE, OutgoingEvent, entry_size
from cdk_eventbridge_patterns.runtime.publish_report import PublishReport, SentEvent
from cdk_eventbridge_patterns.runtime.received_event import ReceivedEvent
from cdk_eventbridge_patterns.runtime.sender import Retries, Sender

if TYPE_CHECKING:
    from pydantic import BaseModel

# Lambda sets it for each invocation.
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
_TRACE = "_X_AMZN_TRACE_ID"


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _new_id() -> str:
    return str(uuid4())


class EventPublisher:
    """Publishes events of given contracts on one bus: each fits its contract, and none is lost unnoticed.

    Make one when the function starts and keep it.

    Args:
        bus: The name or the ARN of the bus.

        contracts: What is published.

        naming: The convention that source and detail-type follow.

        encrypter: Encrypts sensitive fields. Default: none; a contract with such fields is then refused.

        claim_check: Keeps large fields elsewhere. Default: an event that is too large is refused.

        endpoint_id: The id of the global endpoint to send through. boto3 then needs its extra `crt`. Default: none.

        retries: How often an entry is sent again, and after how long. Default: as of `Retries`.

        events: The client of EventBridge. Default: one of boto3, which asks once, as retries are made here.

        now: The time. Default: the clock's.

        sleep: Waits so many seconds. Default: as the clock has them.

        new_id: Another id each time. Default: a random UUID.

    Raises:
        ContractError: If a contract has sensitive fields and there is no encrypter, or its envelope can't be filled.
        NamingError: If the bus is neither a name nor an ARN of one.
    """

    def __init__(
        self,
        bus: str,
        *,
        contracts: Sequence[EventContract],
        naming: NamingConvention,
        encrypter: FieldEncrypter | None = None,
        claim_check: ClaimCheck | None = None,
        endpoint_id: str | None = None,
        retries: Retries | None = None,
        events: EventsClient | None = None,
        now: Callable[[], datetime] = _now,
        sleep: Callable[[float], None] = clocks.sleep,
        new_id: Callable[[], str] = _new_id,
    ) -> None:
        self.bus = _check_bus(bus)
        self.contracts = tuple(contracts)
        for contract in self.contracts:
            _check_contract(contract, encrypter)
        self._naming = naming
        self._encrypter = encrypter
        self._claim_check = claim_check
        self._endpoint_id = endpoint_id
        self._retries = retries or Retries()
        self._events = events
        self._now = now
        self._sleep = sleep
        self._new_id = new_id

    def publish(
        self,
        contract: EventContract,
        data: BaseModel | Mapping[str, Any],
        *,
        idempotency_key: str | None = None,
        caused_by: ReceivedEvent | None = None,
        correlation_id: str | None = None,
        time: datetime | None = None,
        resources: Sequence[str] = (),
        attributes: Mapping[str, Any] | None = None,
    ) -> SentEvent:
        """Publish one event.

        Args:
            contract: As of `event`, and so are all others.

            data: What happened.

            idempotency_key: Which fact it is.

            caused_by: The event that led to it.

            correlation_id: Which story it belongs to.

            time: When it happened.

            resources: The ARNs of what it is about.

            attributes: What else its envelope says.

        Raises:
            EventError: If it does not fit its contract or the bus; nothing was sent then.
            EventsNotSentError: If EventBridge did not take it.
        """
        event = self.event(
            contract,
            data,
            idempotency_key=idempotency_key,
            caused_by=caused_by,
            correlation_id=correlation_id,
            time=time,
            resources=resources,
            attributes=attributes,
        )
        (sent,) = self.publish_all([event]).sent
        return sent

    def event(
        self,
        contract: EventContract,
        data: BaseModel | Mapping[str, Any],
        *,
        idempotency_key: str | None = None,
        caused_by: ReceivedEvent | None = None,
        correlation_id: str | None = None,
        time: datetime | None = None,
        resources: Sequence[str] = (),
        attributes: Mapping[str, Any] | None = None,
    ) -> OutgoingEvent:
        """Return an event that is ready to be sent: it fits its contract, is encrypted and small enough.

        Args:
            contract: What it is promised to be.

            data: What happened, as a pydantic model or a mapping.

            idempotency_key: Which fact it is: the same whenever that is published, such as `order-7-placed`. Give one:
                a function that is run again makes another id, and readers take what has another key for another fact.
                Default: the id of the event.

            caused_by: The event that is being handled, to whose story this one belongs. Default: none.

            correlation_id: Which story it belongs to. Default: that of the event that led to it, or a new one.

            time: When it happened, with a timezone. Default: now.

            resources: The ARNs of what it is about. Default: none.

            attributes: What else its envelope says: fields of the metadata, or attributes of a CloudEvent. Default:
                nothing.

        Raises:
            EventError: If it does not fit its contract, or is too large.
            ClaimCheckError: If its large fields can't be kept.
        """
        if contract not in self.contracts:
            msg = f"contract must be one that the publisher was made with, got {contract.name}"
            raise ContractError(msg)
        plain = json_data(data, str(contract.name))
        story = {"idempotency_key": idempotency_key, "caused_by": caused_by, "correlation_id": correlation_id}
        metadata = self._metadata(contract, story, _check_time(time))
        detail = filled(contract, plain, metadata, json_data(attributes or {}, str(contract.name)))
        check_detail(contract, detail)
        if self._encrypter is not None and contract.sensitive_fields:
            detail = self._encrypter.encrypted(contract, detail)
        entry = self._entry(contract, detail, time, resources)
        return OutgoingEvent(
            contract=contract,
            id=None if metadata_in(contract, detail) is None else metadata.id,
            idempotency_key=metadata.idempotency_key if contract.idempotency_key else None,
            entry=entry,
        )

    def publish_all(self, events: Iterable[OutgoingEvent]) -> PublishReport:
        """Send events that `event` returned, in as few calls as may be.

        Raises:
            EventsNotSentError: If EventBridge did not take one; its `report` tells which, and which it took.
        """
        return self.try_all(events).raise_if_any_failed()

    def try_all(self, events: Iterable[OutgoingEvent]) -> PublishReport:
        """Send events like `publish_all`, but leave it to the caller to look at what was not sent."""
        if self._events is None:
            self._events = events_client()
        sender = Sender(self._events, endpoint_id=self._endpoint_id, retries=self._retries, sleep=self._sleep)
        return sender.send(events)

    def _metadata(self, contract: EventContract, story: Mapping[str, Any], time: datetime | None) -> EventMetadata:
        places = places_of(contract)
        if places is None and (given := [name for name, value in story.items() if value is not None]):
            msg = f"{', '.join(given)} of {contract.name} need an envelope, such as StandardEnvelope()"
            raise EventError(msg)
        cause: ReceivedEvent | None = story["caused_by"]
        event_id = self._new_id()
        if places is not None and places.idempotency_key == places.id:
            event_id = story["idempotency_key"] or event_id
        return EventMetadata(
            id=event_id,
            time=(time or self._now()).astimezone(timezone.utc).isoformat().replace("+00:00", "Z"),
            version=contract.version,
            correlation_id=story["correlation_id"] or (event_id if cause is None else cause.correlation_id),
            causation_id=None if cause is None else cause.event_id,
            idempotency_key=story["idempotency_key"] or event_id,
        )

    def _entry(
        self, contract: EventContract, detail: dict[str, Any], time: datetime | None, resources: Sequence[str]
    ) -> dict[str, Any]:
        """Return what PutEvents is given; large fields are kept elsewhere where that helps."""
        event_type = contract.event_type(self._naming)
        entry: dict[str, Any] = {
            "EventBusName": self.bus,
            "Source": event_type.source,
            "DetailType": event_type.detail_type,
            "Detail": json_text(detail),
        }
        if time is not None:
            entry["Time"] = time
        if resources:
            entry["Resources"] = list(resources)
        if os.environ.get(_TRACE):
            entry["TraceHeader"] = os.environ[_TRACE]
        if self._claim_check is not None and entry_size(entry) > self._claim_check.threshold_bytes:
            excess = entry_size(entry) - self._claim_check.threshold_bytes
            entry["Detail"] = json_text(self._claim_check.lightened(contract, detail, too_large=excess))
        if entry_size(entry) >= TOO_LARGE:
            msg = (
                f"event {contract.name} must be less than {TOO_LARGE} bytes for PutEvents, got {entry_size(entry)}; "
                "keep its large fields elsewhere with claim_check="
            )
            raise EventError(msg)
        return entry


def _check_bus(bus: str) -> str:
    if isinstance(bus, str) and bus.startswith("arn:"):
        arn = Arn.parse(bus, "bus")
        if arn.service != "events" or not arn.resource.startswith("event-bus/"):
            msg = (
                "bus must be a name or the ARN of an event bus, such as "
                f"'arn:aws:events:eu-west-1:111111111111:event-bus/orders', got {bus!r}"
            )
            raise NamingError(msg)
        return bus
    return ResourceKind.BUS.check(bus)


def _check_contract(contract: EventContract, encrypter: FieldEncrypter | None) -> None:
    places_of(contract)
    if contract.sensitive_fields and encrypter is None:
        msg = f"encrypter must be given, as {contract.sensitive_fields[0]} of {contract.name} is sensitive"
        raise ContractError(msg)


def _check_time(time: datetime | None) -> datetime | None:
    if time is not None and time.tzinfo is None:
        msg = f"time must have a timezone, such as datetime.now(timezone.utc), got {time!r}"
        raise EventError(msg)
    return time
