"""Encryption of an event's sensitive fields, by its producer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.field_encryption import encryption_context
from cdk_eventbridge_patterns.errors import EventError
from cdk_eventbridge_patterns.runtime.clients import Session
from cdk_eventbridge_patterns.runtime.encrypted_value import EncryptedValue, with_sensitive
from cdk_eventbridge_patterns.runtime.filled import metadata_in
from cdk_eventbridge_patterns.runtime.json_data import json_text
from cdk_eventbridge_patterns.runtime.kms_keys import EnvelopeEncryption, check_key

CACHE_SECONDS = 300


class FieldEncrypter:
    """Encrypts the fields that a contract marks as sensitive, with the AWS Encryption SDK.

    The value of a field, whatever it is, becomes one text in its place. With it are encrypted its place and the id of
    the event, so that nobody can put it elsewhere. The encryption context, which key policies decide by, is that of
    the event: `{"event": "orders/OrderPlaced.v1"}`.

    Args:
        key: The KMS key to encrypt under, by the ARN of the key or of an alias. The function needs
            `kms:GenerateDataKey` with it.

        session: The session of boto3 that makes the client of KMS. Default: a new one.

        cache_seconds: How long one data key is used for the events of a contract. Zero asks KMS for each field.
            Default: five minutes.

    Raises:
        NamingError: If the key is not an ARN.
    """

    def __init__(self, key: str, *, session: Session | None = None, cache_seconds: float = CACHE_SECONDS) -> None:
        self.key = check_key(key, "key", kinds=("key", "alias"))
        self._sdk = EnvelopeEncryption(session=session, cache_seconds=cache_seconds, encrypts_under=key)

    def encrypted(self, contract: EventContract, detail: Mapping[str, Any]) -> dict[str, Any]:
        """Return the `detail` of an event with its sensitive fields encrypted; the rest is as it was.

        Raises:
            EventError: If KMS gives no data key.
        """
        context = encryption_context(contract.name)
        metadata = metadata_in(contract, detail)
        event_id = None if metadata is None else metadata.id

        def encrypted(place: str, value: Any) -> str:  # noqa: ANN401 - JSON
            plaintext = json_text({"at": place, "id": event_id, "value": value}).encode()
            try:
                return EncryptedValue.of(self._sdk.encrypted(plaintext, context))
            except EventError as error:
                msg = f"sensitive fields of {contract.name} can't be encrypted with {self.key}: {error}"
                raise EventError(msg) from error

        return with_sensitive(contract, detail, encrypted)
