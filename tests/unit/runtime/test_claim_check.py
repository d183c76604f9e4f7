"""Large fields are kept in S3; what is left of the event still fits its contract."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import CloudEvent, EventContract, StandardEnvelope
from cdk_eventbridge_patterns.errors import ClaimCheckError, ContractError, EventError
from cdk_eventbridge_patterns.runtime import (
    ClaimBucket,
    ClaimCheck,
    EventPublisher,
    EventReader,
    FieldDecrypter,
    FieldEncrypter,
)
from tests.aws_fakes import ORDERS_KEY, FakeBus, FakeKms, FakeS3
from tests.runtime_world import (
    ACME,
    AN_ORDER,
    BUS,
    ORDER_NOTED,
    ORDER_PLACED,
    ORDER_SHIPPED,
    PARCEL_LOST,
    counted,
    delivered,
)

OWNER = "111111111111"
PARCELS = [f"p-{number}" for number in range(100)]

Json = dict[str, Any]


def a_bucket(s3: FakeS3, **settings: Any) -> ClaimBucket:
    return ClaimBucket("acme-claims", owner=OWNER, prefix="events/", s3=s3, **settings)


def a_shipment(s3: FakeS3, *, threshold_bytes: int = 300, bus: FakeBus | None = None) -> Json:
    """Return the event of a shipment, as it is delivered."""
    check = ClaimCheck(a_bucket(s3), fields={ORDER_SHIPPED: ["parcels"]}, threshold_bytes=threshold_bytes)
    publisher = EventPublisher(
        BUS, contracts=[ORDER_SHIPPED], naming=ACME, claim_check=check, events=bus or FakeBus(), new_id=counted()
    )
    return delivered(publisher.event(ORDER_SHIPPED, {"order_id": "o-1", "parcels": PARCELS}).entry)


def a_reader(s3: FakeS3) -> EventReader:
    return EventReader([ORDER_SHIPPED], naming=ACME, claim_bucket=a_bucket(s3))


def test_a_large_field_is_kept_and_comes_back() -> None:
    s3 = FakeS3()

    event = a_shipment(s3)

    ((bucket, key),) = s3.objects
    assert event["detail"]["data"] == {"order_id": "o-1"}
    assert event["detail"]["metadata"]["claimCheck"] == f"s3://{bucket}/{key}"
    assert a_reader(s3).read(event).data.parcels == PARCELS


def test_the_key_is_the_event_and_the_digest_of_the_data() -> None:
    s3 = FakeS3()

    a_shipment(s3)

    (((_, key), content),) = s3.objects.items()
    assert key == f"events/orders/OrderShipped.v2/{hashlib.sha256(content).hexdigest()}.json"
    assert json.loads(content) == {"parcels": PARCELS}


def test_what_is_left_fits_the_contract_for_readers_that_know_nothing_of_the_bucket() -> None:
    event = a_shipment(FakeS3())

    assert list(ORDER_SHIPPED.event_schema(ACME).faults(event)) == []


def test_a_small_event_is_left_whole() -> None:
    s3 = FakeS3()

    event = a_shipment(s3, threshold_bytes=10_000)

    assert event["detail"]["data"]["parcels"] == PARCELS
    assert s3.objects == {}


def test_a_reader_without_the_bucket_refuses_what_would_look_complete() -> None:
    event = a_shipment(FakeS3())

    with pytest.raises(ClaimCheckError, match="give the reader claim_bucket="):
        EventReader([ORDER_SHIPPED], naming=ACME).read(event)


def test_data_that_were_changed_are_refused() -> None:
    s3 = FakeS3()
    event = a_shipment(s3)
    s3.objects = dict.fromkeys(s3.objects, b'{"parcels": []}')

    with pytest.raises(ClaimCheckError, match="must be those that were kept"):
        a_reader(s3).read(event)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "s3://acme-secrets/events/orders/OrderShipped.v2/" + "0" * 64 + ".json",
        "s3://acme-claims/events/orders/OrderPlaced.v1/" + "0" * 64 + ".json",
        "s3://acme-claims/events/orders/OrderShipped.v2/../../secrets.json",
        "https://acme.example",
        {"bucket": "acme-secrets"},
    ],
    ids=["another bucket", "another event", "a folder above", "the web", "no text"],
)
def test_a_reference_that_leads_elsewhere_is_refused_unread(elsewhere: Any) -> None:
    s3 = FakeS3()
    event = a_shipment(s3)
    event["detail"]["metadata"]["claimCheck"] = elsewhere
    s3.requests.clear()

    with pytest.raises(ClaimCheckError, match=r"must lead to s3://acme-claims/events/orders/OrderShipped\.v2/"):
        a_reader(s3).read(event)

    assert s3.requests == []


def test_data_that_are_gone_are_told() -> None:
    s3 = FakeS3()
    event = a_shipment(s3)
    s3.objects.clear()

    with pytest.raises(ClaimCheckError, match=r"can't be had from s3://acme-claims.*NoSuchKey"):
        a_reader(s3).read(event)


def test_a_bucket_of_somebody_else_gets_nothing_and_nothing_is_sent() -> None:
    bus = FakeBus()

    with pytest.raises(ClaimCheckError, match="can't be kept in acme-claims: AccessDenied"):
        a_shipment(FakeS3(owner="222222222222"), bus=bus)

    assert bus.calls == []


def test_a_bucket_of_somebody_else_is_not_read() -> None:
    s3 = FakeS3()
    event = a_shipment(s3)
    taken_over = FakeS3(owner="222222222222")
    taken_over.objects = s3.objects

    with pytest.raises(ClaimCheckError, match="AccessDenied"):
        EventReader(
            [ORDER_SHIPPED],
            naming=ACME,
            claim_bucket=ClaimBucket("acme-claims", owner="333333333333", prefix="events/", s3=taken_over),
        ).read(event)


def test_s3_is_told_the_key_and_the_digest() -> None:
    s3 = FakeS3()

    ClaimBucket("acme-claims", owner=OWNER, kms_key=ORDERS_KEY, s3=s3).keep(ORDER_SHIPPED, {"parcels": []})

    (request,) = s3.requests
    assert (request["ServerSideEncryption"], request["SSEKMSKeyId"]) == ("aws:kms", ORDERS_KEY)
    assert base64.b64decode(request["ChecksumSHA256"]) == hashlib.sha256(request["Body"]).digest()


def test_sensitive_fields_are_kept_encrypted() -> None:
    s3, kms = FakeS3(), FakeKms()
    check = ClaimCheck(a_bucket(s3), fields={ORDER_PLACED: ["lines", "cards"]}, threshold_bytes=300)
    encrypter = FieldEncrypter(ORDERS_KEY, session=kms.session())
    publisher = EventPublisher(BUS, contracts=[ORDER_PLACED], naming=ACME, encrypter=encrypter, claim_check=check)

    event = delivered(publisher.event(ORDER_PLACED, AN_ORDER).entry)

    decrypter = FieldDecrypter(keys=[ORDERS_KEY], session=kms.session())
    reader = EventReader([ORDER_PLACED], naming=ACME, decrypter=decrypter, claim_bucket=a_bucket(s3))
    (content,) = s3.objects.values()
    assert b"4111" not in content
    assert reader.read(event).data == AN_ORDER


def test_fields_are_taken_out_in_their_order_and_no_more_than_needed() -> None:
    s3 = FakeS3()
    fields: Json = {"properties": {name: {} for name in ("first", "second", "third")}}
    contract = EventContract(
        service="orders",
        event="OrderPaid",
        detail={"type": "object", "properties": {"inner": {"type": "object", **fields}}},
        envelope=CloudEvent(source="/acme", type="paid"),
    )
    check = ClaimCheck(
        a_bucket(s3), fields={contract: ["inner.none", "inner.first", "inner.second"]}, threshold_bytes=2_000
    )
    publisher = EventPublisher(BUS, contracts=[contract], naming=ACME, claim_check=check)
    data = {"inner": {"first": "1" * 2_000, "second": "2" * 500, "third": None}}

    event = delivered(publisher.event(contract, data).entry)

    assert event["detail"]["data"] == {"inner": {"second": "2" * 500, "third": None}}
    assert event["detail"]["claimcheck"].startswith("s3://acme-claims/events/orders/OrderPaid.v1/")
    assert EventReader([contract], naming=ACME, claim_bucket=a_bucket(s3)).read(event).data == data


def test_a_field_that_must_be_there_can_not_be_kept_elsewhere() -> None:
    with pytest.raises(ContractError, match=r"must be optional to be kept elsewhere, got 'parcel'"):
        ClaimCheck(a_bucket(FakeS3()), fields={PARCEL_LOST: ["parcel"]})


def test_what_is_left_must_fit_the_contract_or_nothing_is_kept() -> None:
    s3 = FakeS3()
    detail = {"type": "object", "properties": {"lines": {"type": "string"}}, "minProperties": 1}
    contract = EventContract(service="orders", event="OrderPaid", detail=detail, envelope=StandardEnvelope())
    check = ClaimCheck(a_bucket(s3), fields={contract: ["lines"]}, threshold_bytes=300)
    publisher = EventPublisher(BUS, contracts=[contract], naming=ACME, claim_check=check)

    with pytest.raises(EventError, match=r"detail\.data does not fit 'minProperties'"):
        publisher.event(contract, {"lines": "x" * 300})

    assert s3.objects == {}


def test_a_reference_needs_an_envelope() -> None:
    with pytest.raises(ContractError, match="need an envelope"):
        ClaimCheck(a_bucket(FakeS3()), fields={ORDER_NOTED: ["order_id"]})


def test_an_event_that_stays_too_large_is_refused() -> None:
    check = ClaimCheck(a_bucket(FakeS3()), fields={ORDER_SHIPPED: ["parcels"]})
    publisher = EventPublisher(BUS, contracts=[ORDER_SHIPPED], naming=ACME, claim_check=check)

    with pytest.raises(EventError, match="must be less than 1000000 bytes"):
        publisher.event(ORDER_SHIPPED, {"order_id": "o" * 1_000_000, "parcels": PARCELS})
