"""What a consumer reads events with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import ContractError, EventError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.runtime.checked_detail import check_detail
from cdk_eventbridge_patterns.runtime.claim_check import ClaimBucket, restored
from cdk_eventbridge_patterns.runtime.delivered import event_in
from cdk_eventbridge_patterns.runtime.encrypted_value import EncryptedValue, is_encrypted, with_sensitive
from cdk_eventbridge_patterns.runtime.field_decrypter import FieldDecrypter
from cdk_eventbridge_patterns.runtime.filled import at, data_in, metadata_in, places_of
from cdk_eventbridge_patterns.runtime.received_event import ReceivedEvent

_REQUIRED = ("id", "source", "account", "region", "time", "detail")


class EventReader:
    """Reads events of given contracts: checks them, decrypts them, and fetches what is kept elsewhere.

    Args:
        contracts: What the consumer handles.

        naming: The convention that source and detail-type follow.

        decrypter: Decrypts sensitive fields. Default: none, so they are left as they are; the data of such a contract
            are then a dict, and `encrypted` tells which fields can't be read. Who needs none of them needs no grant.

        claim_bucket: Where producers keep large fields. Default: none; an event that has fields there is refused, as
            its data would look complete.

    Raises:
        ContractError: If two contracts are the same event, or the envelope of one can't be read.
    """

    def __init__(
        self,
        contracts: Sequence[EventContract],
        *,
        naming: NamingConvention,
        decrypter: FieldDecrypter | None = None,
        claim_bucket: ClaimBucket | None = None,
    ) -> None:
        self._contracts: dict[tuple[str, str], EventContract] = {}
        for contract in contracts:
            places_of(contract)
            event_type = contract.event_type(naming)
            if self._contracts.setdefault(event_type, contract) is not contract:
                msg = f"contracts must be different events, got {contract.name} twice"
                raise ContractError(msg)
        self._decrypter = decrypter
        self._claim_bucket = claim_bucket

    def read(self, delivered: Any) -> ReceivedEvent:  # noqa: ANN401 - whatever a target gets
        """Return the event in what a target was given.

        Args:
            delivered: The event, or a record of SQS, SNS or Kinesis with it.

        Raises:
            EventError: If it is no event, of none of the contracts, or does not fit its contract.
            SensitiveFieldError: If a sensitive field can't be decrypted.
            ClaimCheckError: If what is kept elsewhere can't be had.
        """
        event = event_in(delivered)
        contract = self._contract(event)
        detail = restored(self._claim_bucket, contract, _detail(event, contract))
        encrypted: list[str] = []
        if contract.sensitive_fields:
            detail = self._decrypted(contract, detail, encrypted)
        check_detail(contract, detail, is_encrypted=bool(encrypted))
        return ReceivedEvent(
            contract=contract,
            id=event["id"],
            source=event["source"],
            detail_type=event["detail-type"],
            account=event["account"],
            region=event["region"],
            time=_time(event, contract),
            resources=tuple(event.get("resources", ())),
            replay_name=event.get("replay-name"),
            metadata=metadata_in(contract, detail),
            data=self._data(contract, detail),
            detail=detail,
            encrypted=tuple(encrypted),
            idempotency_key=_idempotency_key(contract, detail),
        )

    def _contract(self, event: Mapping[str, Any]) -> EventContract:
        found = self._contracts.get((str(event.get("source")), str(event.get("detail-type"))))
        if found is None:
            known = ", ".join(f"{source} {detail_type}" for source, detail_type in sorted(self._contracts))
            got = f"{event.get('source')} {event.get('detail-type')}"
            msg = f"event must be of a contract that the reader was made with ({known}), got {got}"
            raise EventError(msg)
        return found

    def _decrypted(self, contract: EventContract, detail: dict[str, Any], encrypted: list[str]) -> dict[str, Any]:
        if self._decrypter is not None:
            return self._decrypter.decrypted(contract, detail)
        return with_sensitive(contract, detail, lambda place, value: _left(place, value, encrypted))

    def _data(self, contract: EventContract, detail: dict[str, Any]) -> Any:  # noqa: ANN401 - a model, or JSON
        data = data_in(contract, detail)
        if contract.model is None or (contract.sensitive_fields and self._decrypter is None):
            return data
        try:
            return contract.model.model_validate(data)
        except ValueError as error:
            # pydantic's own message quotes the values.
            places = [".".join(map(str, fault["loc"])) for fault in error.errors()]  # type: ignore[attr-defined]
            msg = f"data of {contract.name} must fit {contract.model.__name__}, and do not at {', '.join(places)}"
            raise EventError(msg) from None


def _detail(event: Mapping[str, Any], contract: EventContract) -> dict[str, Any]:
    detail = event.get("detail")
    missing = [name for name in _REQUIRED if name not in event]
    if missing or not isinstance(detail, dict):
        msg = f"event {contract.name} must be whole, as without a transformed input, and lacks {missing or ['detail']}"
        raise EventError(msg)
    return detail


def _time(event: Mapping[str, Any], contract: EventContract) -> datetime:
    try:
        return datetime.fromisoformat(str(event["time"]).replace("Z", "+00:00"))
    except ValueError:
        msg = f"time of event {contract.name} must be as 2026-01-01T00:00:00Z, got {event['time']!r}"
        raise EventError(msg) from None


def _left(place: str, value: Any, encrypted: list[str]) -> Any:  # noqa: ANN401 - JSON
    if not is_encrypted(value):
        return value
    encrypted.append(place)
    return EncryptedValue(value)


def _idempotency_key(contract: EventContract, detail: Mapping[str, Any]) -> str | None:
    path = contract.idempotency_key
    value = None if path is None else at({"detail": detail}, path)
    return value if isinstance(value, str) else None
