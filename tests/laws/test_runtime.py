"""Laws of what runs in functions: batches lose nothing, encryption changes nothing, what is published fits."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cdk_eventbridge_patterns.contracts import CloudEvent, EventContract, StandardEnvelope
from cdk_eventbridge_patterns.runtime import (
    ClaimBucket,
    ClaimCheck,
    EventPublisher,
    EventReader,
    FieldDecrypter,
    FieldEncrypter,
    OutgoingEvent,
    Retries,
)
from cdk_eventbridge_patterns.runtime.outgoing_event import batches
from cdk_eventbridge_patterns.runtime.sender import Sender
from tests.aws_fakes import ORDERS_KEY, FakeBus, FakeKms, FakeS3
from tests.runtime_world import ACME, BUS, ORDER_NOTED, delivered

LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

KMS = FakeKms()
ENCRYPTER = FieldEncrypter(ORDERS_KEY, session=KMS.session())
DECRYPTER = FieldDecrypter(keys=[ORDERS_KEY], session=KMS.session())

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    SCALARS | TEXTS | st.just("encrypted:v1:AAAA"),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXTS, below, max_size=3),
    max_leaves=8,
)

SECRET = {"x-sensitive": True}
FIELDS = {
    "secret": SECRET,
    "plain": True,
    "some": {"type": "array", "items": SECRET},
    "again": {"$ref": "#/$defs/Node"},
    "each": {"type": "array", "items": {"$ref": "#/$defs/Node"}},
}
NODE = {"type": "object", "properties": FIELDS}
DETAIL = {**NODE, "$defs": {"Node": NODE}}
NODES = st.recursive(
    st.fixed_dictionaries({}, optional={"secret": VALUES, "plain": VALUES, "some": st.lists(VALUES, max_size=2)}),
    lambda below: st.fixed_dictionaries(
        {}, optional={"secret": VALUES, "again": below, "each": st.lists(below, max_size=2)}
    ),
    max_leaves=6,
)
ENVELOPES = st.sampled_from([None, StandardEnvelope(), CloudEvent(source="/acme", type="tried")])


def a_contract(envelope: Any) -> EventContract:
    return EventContract(service="orders", event="OrderTried", detail=DETAIL, envelope=envelope)


CONTRACTS = {
    envelope: a_contract(envelope) for envelope in (None, StandardEnvelope(), CloudEvent(source="/acme", type="tried"))
}


def an_outgoing_event(number: int, size: int) -> OutgoingEvent:
    entry = {"Source": "s", "DetailType": "d", "Detail": json.dumps(number).ljust(size)}
    return OutgoingEvent(contract=ORDER_NOTED, id=None, idempotency_key=None, entry=entry)


SIZES = st.lists(st.integers(0, 20) | st.integers(300_000, 999_997), max_size=40)


@LAW
@given(sizes=SIZES)
def test_batches_hold_each_event_once_in_order_and_fit_a_call(sizes: list[int]) -> None:
    events = [an_outgoing_event(number, size) for number, size in enumerate(sizes)]

    made = list(batches(events))

    assert list(chain.from_iterable(made)) == events
    assert all(1 <= len(batch) <= 10 for batch in made)
    assert all(sum(event.size for event in batch) < 1_000_000 for batch in made)


CODES = st.sampled_from(["ThrottlingException", "InternalFailure", "MalformedDetail"])
ANSWERS = st.lists(
    st.none() | st.just(ConnectionError("cut off")) | st.dictionaries(st.integers(0, 9), CODES, max_size=4), max_size=8
)


@LAW
@given(count=st.integers(0, 25), answers=ANSWERS)
def test_each_event_is_reported_once_and_never_sent_after_it_was_taken(count: int, answers: list[Any]) -> None:
    events = [an_outgoing_event(number, 0) for number in range(count)]
    bus = FakeBus(*answers)

    report = Sender(bus, retries=Retries(attempts=3), sleep=lambda _: None).send(events)

    taken = [
        entry["Detail"]
        for entries, answer in zip(bus.calls, [*answers, *[None] * len(bus.calls)], strict=False)
        for index, entry in enumerate(entries)
        if not isinstance(answer, Exception) and index not in (answer or {})
    ]
    reported = [id(each.event) for each in report.sent] + [id(each.event) for each in report.unsent]
    assert sorted(reported) == sorted(map(id, events))
    assert sorted(taken) == sorted(each.event.entry["Detail"] for each in report.sent)


@LAW
@given(data=NODES, envelope=ENVELOPES)
def test_what_is_published_comes_back_as_it_was(data: dict[str, Any], envelope: Any) -> None:
    contract = CONTRACTS[envelope]
    publisher = EventPublisher(BUS, contracts=[contract], naming=ACME, encrypter=ENCRYPTER)
    entry = publisher.event(contract, data).entry

    event = EventReader([contract], naming=ACME, decrypter=DECRYPTER).read(delivered(entry))

    assert event.data == data
    assert Draft202012Validator(contract.schema).is_valid(event.detail)


@LAW
@given(secret=VALUES, data=NODES)
def test_every_sensitive_value_is_encrypted_and_no_other(secret: Any, data: dict[str, Any]) -> None:
    contract = CONTRACTS[None]
    publisher = EventPublisher(BUS, contracts=[contract], naming=ACME, encrypter=ENCRYPTER)

    wire = delivered(publisher.event(contract, {**data, "secret": secret}).entry)

    unread = EventReader([contract], naming=ACME).read(wire)
    assert set(unread.encrypted) == set(secrets_in({**data, "secret": secret}, ""))


def secrets_in(node: dict[str, Any], at: str) -> list[str]:
    """Return the places of sensitive values, told by their names."""
    found = [f"{at}/{name}" for name in ("secret", "some") if name in node]
    found += secrets_in(node["again"], f"{at}/again") if "again" in node else []
    return found + [
        place for index, each in enumerate(node.get("each", ())) for place in secrets_in(each, f"{at}/each/{index}")
    ]


@LAW
@given(data=NODES, threshold=st.integers(0, 3_000))
def test_a_claim_check_changes_nothing_for_who_has_the_bucket_and_fits_for_who_has_not(
    data: dict[str, Any], threshold: int
) -> None:
    contract = CONTRACTS[StandardEnvelope()]
    bucket = ClaimBucket("acme-claims", owner="111111111111", s3=FakeS3())
    check = ClaimCheck(bucket, fields={contract: ["each", "again.secret", "plain"]}, threshold_bytes=threshold)
    publisher = EventPublisher(BUS, contracts=[contract], naming=ACME, encrypter=ENCRYPTER, claim_check=check)

    wire = delivered(publisher.event(contract, data).entry)

    event = EventReader([contract], naming=ACME, decrypter=DECRYPTER, claim_bucket=bucket).read(wire)
    assert event.data == data
    assert {**wire["detail"]["data"], **data} == data
