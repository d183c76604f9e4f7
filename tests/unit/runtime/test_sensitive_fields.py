"""Sensitive fields are read by those with the grant, in their own place of their own event, and by nobody else.

The keys really encrypt: only the network between boto3 and KMS is missing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.contracts.field_encryption import encryption_context
from cdk_eventbridge_patterns.errors import ContractError, EventError, NamingError, SensitiveFieldError
from cdk_eventbridge_patterns.runtime import EventPublisher, EventReader, FieldDecrypter, FieldEncrypter
from cdk_eventbridge_patterns.runtime.encrypted_value import EncryptedValue
from cdk_eventbridge_patterns.runtime.kms_keys import EnvelopeEncryption
from tests.aws_fakes import BILLING_KEY, ORDERS_ALIAS, ORDERS_KEY, FakeBus, FakeKms
from tests.runtime_world import ACME, AN_ORDER, BUS, ORDER_PAID, ORDER_PLACED, OrderPlaced, counted, delivered

PLACED, PAID = "orders/OrderPlaced.v1", "orders/OrderPaid.v1"

Json = dict[str, Any]


@pytest.fixture
def kms() -> FakeKms:
    return FakeKms()


@pytest.fixture
def published(kms: FakeKms) -> Json:
    """The order, as EventBridge delivers it."""
    return an_event(kms, ORDER_PLACED)


def an_event(kms: FakeKms, contract: EventContract, *, key: str = ORDERS_KEY, prefix: str = "first") -> Json:
    new_id = counted()
    publisher = EventPublisher(
        BUS,
        contracts=[ORDER_PLACED, ORDER_PAID],
        naming=ACME,
        encrypter=FieldEncrypter(key, session=kms.session()),
        events=FakeBus(),
        new_id=lambda: f"{prefix}-{new_id()}",
    )
    return delivered(publisher.event(contract, AN_ORDER).entry)


def a_reader(
    kms: FakeKms, *, keys: tuple[str, ...] = (ORDERS_KEY,), decrypts: Any = None, **settings: Any
) -> EventReader:
    decrypter = FieldDecrypter(keys=keys, session=kms.session(decrypts=decrypts), **settings)
    return EventReader([ORDER_PLACED, ORDER_PAID], naming=ACME, decrypter=decrypter)


def changed(event: Json, change: Callable[[Any], None]) -> Json:
    copy: Json = json.loads(json.dumps(event))
    change(copy["detail"])
    return copy


def test_who_has_the_grant_reads_the_event_as_it_was(kms: FakeKms, published: Json) -> None:
    event = a_reader(kms, decrypts=[PLACED]).read(published)

    assert event.data_as(OrderPlaced) == AN_ORDER
    assert event.encrypted == ()


def test_what_was_decrypted_is_not_in_the_text_of_the_event(kms: FakeKms, published: Json) -> None:
    assert "4111" not in repr(a_reader(kms).read(published))


def test_nothing_sensitive_is_published(published: Json) -> None:
    text = json.dumps(published)

    assert "4111" not in text
    assert "gift" not in text
    assert "visa" in text


def test_kms_is_asked_once_for_all_fields_and_only_with_the_context_of_the_event(kms: FakeKms, published: Json) -> None:
    a_reader(kms).read(published)

    assert kms.calls == [("GenerateDataKey", {"event": PLACED}), ("Decrypt", {"event": PLACED})]
    assert encryption_context(ORDER_PLACED.name) == {"event": PLACED}


def test_without_a_cache_kms_is_asked_for_each_field(kms: FakeKms, published: Json) -> None:
    kms.calls.clear()

    a_reader(kms, cache_seconds=0).read(published)

    assert kms.calls == [("Decrypt", {"event": PLACED})] * 4


def test_a_key_is_also_named_by_an_alias(kms: FakeKms) -> None:
    event = an_event(kms, ORDER_PLACED, key=ORDERS_ALIAS)

    assert a_reader(kms).read(event).data == AN_ORDER


def test_keys_are_trusted_by_account(kms: FakeKms, published: Json) -> None:
    def reader(account: str) -> EventReader:
        decrypter = FieldDecrypter(accounts=[account], session=kms.session())
        return EventReader([ORDER_PLACED], naming=ACME, decrypter=decrypter)

    assert reader("111111111111").read(published).data == AN_ORDER
    with pytest.raises(SensitiveFieldError, match="is not trusted here"):
        reader("222222222222").read(published)


def test_without_the_grant_the_error_tells_field_event_key_and_grant(kms: FakeKms, published: Json) -> None:
    with pytest.raises(SensitiveFieldError) as refused:
        a_reader(kms, decrypts=[PAID]).read(published)

    assert str(refused.value) == (
        f"detail.data.cards.0.number of {PLACED} can't be decrypted: key {ORDERS_KEY}: AccessDeniedException "
        f"(the grant is kms:Decrypt with the encryption context {{'event': '{PLACED}'}})"
    )


def test_what_a_stranger_encrypted_is_not_decrypted_whatever_the_function_may(kms: FakeKms) -> None:
    event = an_event(kms, ORDER_PLACED, key=BILLING_KEY)
    kms.calls.clear()

    with pytest.raises(SensitiveFieldError, match=f"key {BILLING_KEY} is not trusted here"):
        a_reader(kms).read(event)

    assert kms.calls == []


def swap_numbers(detail: Any) -> None:
    first, second = detail["data"]["cards"]
    first["number"], second["number"] = second["number"], first["number"]


def move_note_to_number(detail: Any) -> None:
    detail["data"]["cards"][0]["number"] = detail["data"]["lines"][0]["note"]


def rename(detail: Any) -> None:
    detail["metadata"]["id"] = "another"


@pytest.mark.parametrize("change", [swap_numbers, move_note_to_number, rename])
def test_a_value_in_another_place_or_event_is_refused(kms: FakeKms, published: Json, change: Any) -> None:
    with pytest.raises(SensitiveFieldError, match="for another place or another event"):
        a_reader(kms).read(changed(published, change))


def test_a_value_of_another_event_of_the_same_contract_is_refused(kms: FakeKms, published: Json) -> None:
    other = an_event(kms, ORDER_PLACED, prefix="other")

    def take_over(detail: Any) -> None:
        detail["data"]["cards"][0]["number"] = other["detail"]["data"]["cards"][0]["number"]

    with pytest.raises(SensitiveFieldError, match="for another place or another event"):
        a_reader(kms).read(changed(published, take_over))


def test_what_something_else_encrypted_in_place_of_a_value_is_refused(kms: FakeKms, published: Json) -> None:
    sdk = EnvelopeEncryption(session=kms.session(), cache_seconds=0, encrypts_under=ORDERS_KEY)
    message = sdk.encrypted(b'"4111"', encryption_context(ORDER_PLACED.name))

    def take_over(detail: Any) -> None:
        detail["data"]["cards"][0]["number"] = EncryptedValue.of(message)

    with pytest.raises(SensitiveFieldError, match="it was not encrypted by a FieldEncrypter"):
        a_reader(kms).read(changed(published, take_over))


def test_a_value_of_another_contract_is_refused_by_its_context(kms: FakeKms, published: Json) -> None:
    paid = an_event(kms, ORDER_PAID)

    def take_over(detail: Any) -> None:
        detail["data"]["cards"] = paid["detail"]["data"]["cards"]

    with pytest.raises(SensitiveFieldError, match=r"with the context {'event': 'orders/OrderPaid\.v1'}"):
        a_reader(kms).read(changed(published, take_over))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("4111", "it is not encrypted"),
        ("encrypted:v1:?", "it is not encrypted"),
        ("encrypted:v1:AAAA", "can't be decrypted"),
    ],
)
def test_a_value_that_is_not_encrypted_is_refused(kms: FakeKms, published: Json, value: str, told: str) -> None:
    def put_plain(detail: Any) -> None:
        detail["data"]["cards"][0]["number"] = value

    with pytest.raises(SensitiveFieldError, match=told):
        a_reader(kms).read(changed(published, put_plain))


def test_a_value_that_was_changed_is_refused(kms: FakeKms, published: Json) -> None:
    def flip(detail: Any) -> None:
        value = detail["data"]["cards"][0]["number"]
        detail["data"]["cards"][0]["number"] = value[:-8] + ("A" if value[-8] != "A" else "B") + value[-7:]

    with pytest.raises(SensitiveFieldError, match="it was changed"):
        a_reader(kms).read(changed(published, flip))


def test_who_needs_no_sensitive_field_reads_the_rest(published: Json) -> None:
    event = EventReader([ORDER_PLACED], naming=ACME).read(published)

    assert event.data["order_id"] == "o-1"
    assert event.data["cards"][0]["brand"] == "visa"
    assert event.encrypted == (
        "/data/cards/0/number",
        "/data/cards/1/number",
        "/data/lines/0/note",
        "/data/lines/1/note",
    )


def test_what_is_not_encrypted_is_still_held_to_the_contract(published: Json) -> None:
    def spoil(detail: Any) -> None:
        detail["data"]["cards"][0]["brand"] = 7

    with pytest.raises(EventError, match=r"detail\.data\.cards\[0\]\.brand does not fit 'type'"):
        EventReader([ORDER_PLACED], naming=ACME).read(changed(published, spoil))


@pytest.mark.parametrize(
    "around",
    [
        lambda marked: marked,
        lambda marked: {"anyOf": [marked, {"type": "null"}]},
        lambda marked: {"oneOf": [{"type": "integer"}, marked]},
        lambda marked: {"allOf": [marked, {"required": ["number"]}]},
        lambda marked: {"type": "array", "items": marked},
    ],
    ids=["plain", "optional", "one of", "all of", "an array"],
)
def test_a_reader_without_keys_takes_an_encrypted_value_for_any(kms: FakeKms, around: Callable[[Json], Json]) -> None:
    card = {"type": "object", "properties": {"number": {"type": "string"}}, "required": ["number"], "x-sensitive": True}
    detail = {
        "type": "object",
        "properties": {"card": around(card)},
        "not": {"properties": {"card": {"const": 0}}, "required": ["card"]},
        "oneOf": [{"properties": {"card": {"type": kind}}} for kind in (["object", "array"], "boolean")],
        "if": {"properties": {"card": {"const": 0}}},
        "then": {"required": ["cash"]},
    }
    contract = EventContract(service="orders", event="OrderPaid", detail=detail)
    value: Any = [{"number": "4111"}] if "items" in detail["properties"]["card"] else {"number": "4111"}  # type: ignore[index]
    publisher = EventPublisher(
        BUS, contracts=[contract], naming=ACME, encrypter=FieldEncrypter(ORDERS_KEY, session=kms.session())
    )
    event = delivered(publisher.event(contract, {"card": value}).entry)

    unread = EventReader([contract], naming=ACME).read(event)
    decrypter = FieldDecrypter(keys=[ORDERS_KEY], session=kms.session())
    read = EventReader([contract], naming=ACME, decrypter=decrypter).read(event)

    assert unread.encrypted == ("/card",)
    assert read.data == {"card": value}


def test_a_field_with_a_dot_in_its_name_is_encrypted(kms: FakeKms) -> None:
    detail = {"type": "object", "properties": {"a.b": {"x-sensitive": True}, "a": {"properties": {"b": {}}}}}
    contract = EventContract(service="orders", event="OrderPaid", detail=detail)

    encrypted = FieldEncrypter(ORDERS_KEY, session=kms.session()).encrypted(contract, {"a.b": 1, "a": {"b": 1}})

    assert encrypted["a.b"] != 1
    assert encrypted["a"] == {"b": 1}


def test_fields_that_a_pattern_may_mean_are_encrypted(kms: FakeKms) -> None:
    detail = {
        "type": "object",
        "properties": {"a.b": {"x-sensitive": True}},
        "patternProperties": {"/": {"x-sensitive": True}},
    }
    contract = EventContract(service="orders", event="OrderPaid", detail=detail)
    data = {"a.b": 1, "s/~x": None}

    encrypted = FieldEncrypter(ORDERS_KEY, session=kms.session()).encrypted(contract, data)

    assert all(encrypted[name] != value for name, value in data.items())
    assert FieldDecrypter(keys=[ORDERS_KEY], session=kms.session()).decrypted(contract, encrypted) == data


def test_a_producer_without_the_grant_publishes_nothing(kms: FakeKms) -> None:
    bus = FakeBus()
    encrypter = FieldEncrypter(ORDERS_KEY, session=kms.session(encrypts=False))
    publisher = EventPublisher(BUS, contracts=[ORDER_PLACED], naming=ACME, encrypter=encrypter, events=bus)

    with pytest.raises(EventError, match=f"can't be encrypted with {ORDERS_KEY}.*AccessDeniedException"):
        publisher.publish(ORDER_PLACED, AN_ORDER)

    assert bus.calls == []


def test_a_detail_that_is_sensitive_as_a_whole_is_refused(kms: FakeKms) -> None:
    contract = EventContract(service="orders", event="OrderPaid", detail={"type": "object", "x-sensitive": True})

    with pytest.raises(ContractError, match="mark its fields"):
        FieldEncrypter(ORDERS_KEY, session=kms.session()).encrypted(contract, {})


@pytest.mark.parametrize(
    "key", ["alias/acme", ORDERS_KEY.replace("kms", "s3"), "arn:aws:kms:eu-west-1:111111111111:key/"]
)
def test_a_key_that_is_no_arn_of_one_is_refused(key: str) -> None:
    with pytest.raises(NamingError, match="key must be"):
        FieldEncrypter(key)


@pytest.mark.parametrize("trusted", [{}, {"keys": [ORDERS_ALIAS]}, {"accounts": ["billing"]}])
def test_a_decrypter_that_trusts_nobody_or_anybody_is_refused(trusted: Json) -> None:
    with pytest.raises(NamingError):
        FieldDecrypter(**trusted)
