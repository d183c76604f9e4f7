"""Decryption of an event's sensitive fields, by those consumers who may."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.field_encryption import encryption_context
from cdk_eventbridge_patterns.errors import SensitiveFieldError
from cdk_eventbridge_patterns.runtime.clients import Session
from cdk_eventbridge_patterns.runtime.encrypted_value import is_encrypted, message_in, with_sensitive
from cdk_eventbridge_patterns.runtime.field_encrypter import CACHE_SECONDS
from cdk_eventbridge_patterns.runtime.filled import metadata_in
from cdk_eventbridge_patterns.runtime.kms_keys import EnvelopeEncryption, NotDecryptedError, TrustedKeys


class FieldDecrypter:
    """Decrypts the fields that a contract marks as sensitive.

    Args:
        keys: The KMS keys that producers encrypt under, by the ARNs of the keys. Default: none.

        accounts: The accounts of producers; whichever key of theirs a field is under is asked for. Default: none. Keys
            or accounts must be given: a function must not decrypt what strangers encrypted for it.

        session: The session of boto3 that makes the clients of KMS. Default: a new one.

        cache_seconds: How long a data key is kept, and so how long a function reads on after it lost the grant. Zero
            asks KMS for each field. Default: five minutes.

    Raises:
        NamingError: If neither keys nor accounts are given, or one is not of the right form.
    """

    def __init__(
        self,
        *,
        keys: Sequence[str] = (),
        accounts: Sequence[str] = (),
        session: Session | None = None,
        cache_seconds: float = CACHE_SECONDS,
    ) -> None:
        trusts = TrustedKeys(keys=tuple(keys), accounts=tuple(accounts))
        self._sdk = EnvelopeEncryption(session=session, cache_seconds=cache_seconds, trusts=trusts)

    def decrypted(self, contract: EventContract, detail: Mapping[str, Any]) -> dict[str, Any]:
        """Return the `detail` of an event with its sensitive fields decrypted; the rest is as it was.

        Raises:
            SensitiveFieldError: If a field is not encrypted, was encrypted for another place, event or contract, or
                may not be decrypted.
        """
        metadata = metadata_in(contract, detail)
        event_id = None if metadata is None else metadata.id
        return with_sensitive(contract, detail, lambda place, value: self._value(contract, event_id, place, value))

    def _value(self, contract: EventContract, event_id: str | None, place: str, value: Any) -> Any:  # noqa: ANN401 - JSON
        message = message_in(value) if is_encrypted(value) else None
        if message is None:
            raise _fault(contract, place, "it is not encrypted")
        expected = encryption_context(contract.name)
        try:
            plaintext, context = self._sdk.decrypted(message)
        except NotDecryptedError as error:
            grant = f"the grant is kms:Decrypt with the encryption context {expected}"
            raise _fault(contract, place, f"{error} ({grant})") from error
        if context != expected:
            raise _fault(contract, place, f"it was encrypted with the context {context}, not {expected}")
        said = _said(plaintext)
        if said is None:
            raise _fault(contract, place, "it was not encrypted by a FieldEncrypter")
        if said["at"] != place or said["id"] != event_id:
            raise _fault(contract, place, "it was encrypted for another place or another event")
        return said["value"]


def _said(plaintext: bytes) -> Mapping[str, Any] | None:
    """Return what a plaintext says, nothing where it says something else than a `FieldEncrypter` does."""
    try:
        said = json.loads(plaintext)
    except ValueError:
        return None
    return said if isinstance(said, dict) and said.keys() >= {"at", "id", "value"} else None


def _fault(contract: EventContract, place: str, reason: str) -> SensitiveFieldError:
    return SensitiveFieldError(f"detail{place.replace('/', '.')} of {contract.name} can't be decrypted: {reason}")
