"""An event is read from whatever a target gets, and held to its contract."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timezone
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import ContractError, EventError
from cdk_eventbridge_patterns.runtime import EventMetadata, EventPublisher, EventReader
from tests.runtime_world import (
    ACME,
    BUS,
    NOON,
    ORDER_NOTED,
    ORDER_SHIPPED,
    PARCEL_LOST,
    OrderPlaced,
    OrderShipped,
    counted,
    delivered,
)

CONTRACTS = (ORDER_SHIPPED, PARCEL_LOST, ORDER_NOTED)
READER = EventReader(CONTRACTS, naming=ACME)


def an_event(contract: EventContract = ORDER_SHIPPED, **data: Any) -> dict[str, Any]:
    publisher = EventPublisher(BUS, contracts=CONTRACTS, naming=ACME, new_id=counted(), now=lambda: NOON)
    return delivered(publisher.event(contract, data or {"order_id": "o-1"}).entry)


EVENT = an_event()
TEXT = json.dumps(EVENT)
NOTIFICATION = json.dumps({"Type": "Notification", "TopicArn": "arn:aws:sns:…", "Message": TEXT})


@pytest.mark.parametrize(
    "given",
    [
        EVENT,
        TEXT,
        TEXT.encode(),
        {"messageId": "1", "body": TEXT, "eventSource": "aws:sqs"},
        {"MessageId": "1", "Body": TEXT},
        {"messageId": "1", "body": NOTIFICATION},
        {"EventSource": "aws:sns", "Sns": {"Message": TEXT}},
        {"eventSource": "aws:kinesis", "kinesis": {"data": base64.b64encode(TEXT.encode()).decode()}},
        SQSRecord({"messageId": "1", "body": TEXT}),
    ],
    ids=["event", "text", "bytes", "sqs", "boto3", "sns in sqs", "sns", "kinesis", "powertools"],
)
def test_an_event_is_found_in_whatever_a_target_gets(given: Any) -> None:
    assert READER.read(given).data == OrderShipped(order_id="o-1")


def test_what_eventbridge_says_and_what_the_producer_says_are_told_apart() -> None:
    event = READER.read(an_event() | {"replay-name": "again", "resources": ["arn:aws:s3:::acme"]})

    assert (event.contract, event.id, event.event_id) == (ORDER_SHIPPED, "eb-1", "id-1")
    assert event.time == datetime(2026, 1, 1, 12, 0, 1, tzinfo=timezone.utc)
    assert event.metadata == EventMetadata(
        id="id-1", time="2026-01-01T12:00:00Z", version=2, correlation_id="id-1", idempotency_key="id-1"
    )
    assert (event.source, event.detail_type, event.account, event.region) == (
        "com.acme.orders",
        "OrderShipped.v2",
        "111111111111",
        "eu-west-1",
    )
    assert (event.replay_name, event.resources) == ("again", ("arn:aws:s3:::acme",))


@pytest.mark.parametrize(
    ("contract", "data", "key"),
    [
        (ORDER_SHIPPED, {"order_id": "o-1"}, "id-1"),
        (PARCEL_LOST, {"parcel": "p-1"}, "id-1"),
        (ORDER_NOTED, {"order_id": "o-1"}, None),
    ],
)
def test_the_idempotency_key_is_the_producers_or_none(
    contract: EventContract, data: dict[str, Any], key: str | None
) -> None:
    assert READER.read(an_event(contract, **data)).idempotency_key == key


def test_an_event_without_an_envelope_is_the_first_of_its_story() -> None:
    event = READER.read(an_event(ORDER_NOTED))

    assert event.metadata is None
    assert event.correlation_id == "eb-1"


def test_data_without_a_model_are_a_dict() -> None:
    assert READER.read(an_event(PARCEL_LOST, parcel="p-1")).data == {"parcel": "p-1"}


def test_data_are_told_as_their_model() -> None:
    event = READER.read(EVENT)

    assert event.data_as(OrderShipped).order_id == "o-1"
    with pytest.raises(EventError, match="must be OrderPlaced, got OrderShipped"):
        event.data_as(OrderPlaced)


def test_an_event_that_does_not_fit_is_refused() -> None:
    event = an_event() | {"detail": {**EVENT["detail"], "data": {"order_id": 7}}}

    with pytest.raises(EventError, match=r"detail\.data\.order_id does not fit 'type': 'string'"):
        READER.read(event)


def test_what_only_the_model_knows_is_refused_and_not_quoted() -> None:
    from pydantic import BaseModel, field_validator  # noqa: PLC0415 - here only

    class Note(BaseModel):
        text: str

        @field_validator("text")
        @classmethod
        def short(cls, text: str) -> str:
            raise ValueError(text)

    noted = EventContract(service="orders", event="OrderNoted", detail=Note)
    event = delivered(EventPublisher(BUS, contracts=[noted], naming=ACME).event(noted, {"text": "secret"}).entry)

    with pytest.raises(EventError, match="must fit Note, and do not at text") as refused:
        EventReader([noted], naming=ACME).read(event)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (EVENT | {"detail-type": "OrderShipped.v3"}, r"got com\.acme\.orders OrderShipped\.v3"),
        ({"Records": []}, "all records at once; read them one by one"),
        ({"order_id": "o-1"}, r"got fields \['order_id'\]"),
        ("no JSON", "can't be read as JSON"),
        ("7", "got int"),
        ({name: EVENT[name] for name in EVENT if name != "id"}, r"must be whole.*lacks \['id'\]"),
        (EVENT | {"detail": "text"}, r"lacks \['detail'\]"),
        (EVENT | {"time": "today"}, "time of event .* must be as 2026-01-01T00:00:00Z, got 'today'"),
        ({"kinesis": {"data": "{}"}}, "data is base64, and can't be read as that"),
    ],
    ids=[
        *("another version", "all records", "transformed", "no JSON", "a number"),
        *("no id", "no object", "no time", "no base64"),
    ],
)
def test_what_is_no_event_of_the_contracts_is_refused(given: Any, told: str) -> None:
    with pytest.raises(EventError, match=told):
        READER.read(given)


def test_one_event_has_one_contract() -> None:
    again = EventContract(service="orders", event="OrderNoted", detail={"type": "object"})

    with pytest.raises(ContractError, match=r"got orders/OrderNoted\.v1 twice"):
        EventReader([ORDER_NOTED, again], naming=ACME)
