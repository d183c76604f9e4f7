"""Dead letters of a bus that encrypts with a customer-managed key."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.errors import EventError
from cdk_eventbridge_patterns.runtime.clients import Session
from cdk_eventbridge_patterns.runtime.delivered import event_in
from cdk_eventbridge_patterns.runtime.kms_keys import EnvelopeEncryption, NotDecryptedError, TrustedKeys

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq-decrypt.html
_SOURCE, _DETAIL_TYPE = "aws.events", "Encrypted Events"
_BUS, _PAYLOAD = "event-bus-arn", "encrypted-payload"

# The guide on keys has the first; the message in the guide on dead letters has the second.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
_CONTEXTS = ("aws:events:event-bus:arn", "aws:events:event-bus")


class DeadLetterDecrypter:
    """Gives back the event of a dead letter that EventBridge could not decrypt, or could not deliver, itself.

    Args:
        keys: The KMS keys of the buses, by the ARNs of the keys. Default: none.

        accounts: The accounts that own the buses; whichever key of theirs is asked for. Default: none. Keys or accounts
            must be given.

        session: The session of boto3 that makes the clients of KMS. Default: a new one.

    Raises:
        NamingError: If neither keys nor accounts are given, or one is not of the right form.
    """

    def __init__(
        self, *, keys: Sequence[str] = (), accounts: Sequence[str] = (), session: Session | None = None
    ) -> None:
        trusts = TrustedKeys(keys=tuple(keys), accounts=tuple(accounts))
        self._sdk = EnvelopeEncryption(session=session, cache_seconds=0, trusts=trusts)

    def event(self, letter: Any, *, bus_arn: str | None = None) -> dict[str, Any]:  # noqa: ANN401 - whatever a target gets
        """Return the event in a dead letter; one that is not encrypted is returned as it is.

        Args:
            letter: The body of the message, or the record of SQS.

            bus_arn: The bus whose encryption context the event must have. Default: the one the letter names.

        Raises:
            EventError: If it can't be decrypted, or was encrypted for another bus.
        """
        event = event_in(letter)
        if (event.get("source"), event.get("detail-type")) != (_SOURCE, _DETAIL_TYPE):
            return dict(event)
        detail = event.get("detail")
        if not isinstance(detail, Mapping) or not isinstance(detail.get(_PAYLOAD), str):
            msg = f"letter must have {_PAYLOAD!r} in its detail, got {sorted(detail or ())}"
            raise EventError(msg)
        bus = bus_arn or str(detail.get(_BUS))
        try:
            plaintext, context = self._sdk.decrypted(base64.b64decode(detail[_PAYLOAD]))
        except (NotDecryptedError, binascii.Error) as error:
            msg = f"dead letter of {bus} can't be decrypted: {error}"
            raise EventError(msg) from error
        if bus not in (context.get(name) for name in _CONTEXTS):
            msg = f"dead letter of {bus} must have been encrypted for that bus, got the context {context}"
            raise EventError(msg)
        return dict(event_in(plaintext))
