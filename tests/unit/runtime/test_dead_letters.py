"""Dead letters of a bus with a key of its own, made as the user guide shows them."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.errors import EventError
from cdk_eventbridge_patterns.runtime import DeadLetterDecrypter, EventReader
from cdk_eventbridge_patterns.runtime.kms_keys import EnvelopeEncryption
from tests.aws_fakes import BILLING_KEY, ORDERS_KEY, FakeKms
from tests.runtime_world import ACME, ORDER_NOTED

BUS_ARN = "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders"
EVENT: dict[str, Any] = {
    "version": "0",
    "id": "eb-1",
    "detail-type": "OrderNoted.v1",
    "source": "com.acme.orders",
    "account": "111111111111",
    "time": "2026-01-01T12:00:00Z",
    "region": "eu-west-1",
    "resources": [],
    "detail": {"order_id": "o-1"},
}


def a_letter(kms: FakeKms, *, context: dict[str, str], key: str = ORDERS_KEY) -> dict[str, Any]:
    sdk = EnvelopeEncryption(session=kms.session(), cache_seconds=0, encrypts_under=key)
    message = sdk.encrypted(json.dumps(EVENT).encode(), context)
    detail = {
        "event-bus-arn": BUS_ARN,
        "rule-arn": f"{BUS_ARN}/acme-prod-billing--orders",
        "kms-key-arn": key,
        "encrypted-payload": base64.b64encode(message).decode(),
    }
    return EVENT | {"id": "eb-2", "source": "aws.events", "detail-type": "Encrypted Events", "detail": detail}


@pytest.mark.parametrize("name", ["aws:events:event-bus", "aws:events:event-bus:arn"])
def test_the_event_in_an_encrypted_letter_is_given_back(name: str) -> None:
    kms = FakeKms()
    letter = {"messageId": "1", "body": json.dumps(a_letter(kms, context={name: BUS_ARN}))}

    event = DeadLetterDecrypter(keys=[ORDERS_KEY], session=kms.session()).event(letter)

    assert event == EVENT
    assert EventReader([ORDER_NOTED], naming=ACME).read(event).data == {"order_id": "o-1"}


def test_a_letter_in_the_clear_is_given_back_as_it_is() -> None:
    assert DeadLetterDecrypter(keys=[ORDERS_KEY]).event(EVENT) == EVENT


def test_a_letter_of_another_bus_is_refused_unless_that_is_named() -> None:
    kms, other = FakeKms(), BUS_ARN.replace("orders", "billing")
    letter = a_letter(kms, context={"aws:events:event-bus": other})
    decrypter = DeadLetterDecrypter(accounts=["111111111111"], session=kms.session())

    with pytest.raises(EventError, match="must have been encrypted for that bus"):
        decrypter.event(letter)
    assert decrypter.event(letter, bus_arn=other) == EVENT


def test_a_letter_under_another_key_is_not_decrypted() -> None:
    kms = FakeKms()
    letter = a_letter(kms, context={"aws:events:event-bus": BUS_ARN}, key=BILLING_KEY)

    with pytest.raises(EventError, match=f"key {BILLING_KEY} is not trusted here"):
        DeadLetterDecrypter(keys=[ORDERS_KEY], session=kms.session()).event(letter)


@pytest.mark.parametrize(
    ("detail", "told"),
    [({}, "must have 'encrypted-payload'"), ({"encrypted-payload": "?"}, "can't be decrypted")],
)
def test_a_letter_without_a_message_is_refused(detail: dict[str, str], told: str) -> None:
    letter = EVENT | {"source": "aws.events", "detail-type": "Encrypted Events", "detail": detail}

    with pytest.raises(EventError, match=told):
        DeadLetterDecrypter(keys=[ORDERS_KEY]).event(letter)
