"""What a producer publishes fits its contract, has its envelope, and is never lost unnoticed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import CloudEvent, EnvelopePlaces, EventContract, StandardEnvelope
from cdk_eventbridge_patterns.errors import ContractError, EventError, NamingError
from cdk_eventbridge_patterns.runtime import EventPublisher, EventReader, OutgoingEvent
from tests.aws_fakes import FakeBus
from tests.runtime_world import (
    ACME,
    BUS,
    NOON,
    ORDER_NOTED,
    ORDER_PLACED,
    ORDER_SHIPPED,
    PARCEL_LOST,
    OrderShipped,
    counted,
    delivered,
)

CONTRACTS = (ORDER_SHIPPED, PARCEL_LOST, ORDER_NOTED)


def a_publisher(bus: FakeBus | None = None, *, contracts: Any = CONTRACTS, **settings: Any) -> EventPublisher:
    return EventPublisher(
        BUS,
        contracts=contracts,
        naming=ACME,
        events=bus or FakeBus(),
        now=lambda: NOON,
        new_id=counted(),
        sleep=lambda _: None,
        **settings,
    )


def detail_of(event: OutgoingEvent) -> Any:
    return json.loads(event.entry["Detail"])


def test_an_event_is_published_with_the_names_of_the_convention() -> None:
    bus = FakeBus()

    sent = a_publisher(bus).publish(ORDER_SHIPPED, OrderShipped(order_id="o-1"))

    ((entry,),) = bus.calls
    assert (entry["EventBusName"], entry["Source"], entry["DetailType"]) == (BUS, "com.acme.orders", "OrderShipped.v2")
    assert (sent.event_id, sent.event.id) == ("e-0", "id-1")


def test_the_standard_envelope_is_filled() -> None:
    event = a_publisher().event(ORDER_SHIPPED, {"order_id": "o-1"})

    assert detail_of(event) == {
        "metadata": {
            "id": "id-1",
            "time": "2026-01-01T12:00:00Z",
            "version": 2,
            "correlationId": "id-1",
            "idempotencyKey": "id-1",
        },
        "data": {"order_id": "o-1"},
    }


def test_a_given_idempotency_key_and_story_are_said() -> None:
    event = a_publisher().event(
        ORDER_SHIPPED,
        {"order_id": "o-1"},
        idempotency_key="o-1-shipped",
        correlation_id="story-7",
        attributes={"tenant": "north"},
    )

    metadata = detail_of(event)["metadata"]
    assert event.idempotency_key == "o-1-shipped"
    assert (metadata["idempotencyKey"], metadata["correlationId"], metadata["tenant"]) == (
        "o-1-shipped",
        "story-7",
        "north",
    )


def test_an_event_goes_on_with_the_story_of_the_one_that_led_to_it() -> None:
    publisher = a_publisher()
    first = publisher.event(ORDER_SHIPPED, {"order_id": "o-1"}, correlation_id="story-7")
    cause = EventReader([ORDER_SHIPPED], naming=ACME).read(delivered(first.entry))

    metadata = detail_of(publisher.event(ORDER_SHIPPED, {"order_id": "o-2"}, caused_by=cause))["metadata"]

    assert (metadata["correlationId"], metadata["causationId"]) == ("story-7", "id-1")


def test_a_cloud_event_is_filled_and_its_id_is_the_idempotency_key() -> None:
    event = a_publisher().event(
        PARCEL_LOST, {"parcel": "p-1"}, idempotency_key="p-1-lost", attributes={"subject": "p-1"}
    )

    assert detail_of(event) == {
        "specversion": "1.0",
        "source": "/acme/orders",
        "type": "com.acme.orders.parcel-lost",
        "id": "p-1-lost",
        "time": "2026-01-01T12:00:00Z",
        "correlationid": "p-1-lost",
        "subject": "p-1",
        "data": {"parcel": "p-1"},
    }
    assert (event.id, event.idempotency_key) == ("p-1-lost", "p-1-lost")


def test_a_cloud_event_without_its_source_says_what_is_missing() -> None:
    lost = EventContract(service="orders", event="ParcelLost", detail={"type": "object"}, envelope=CloudEvent())

    with pytest.raises(EventError, match=r"detail does not fit 'required'"):
        a_publisher(contracts=[lost]).event(lost, {})


def test_without_an_envelope_the_data_are_the_detail() -> None:
    event = a_publisher().event(ORDER_NOTED, {"order_id": "o-1"})

    assert detail_of(event) == {"order_id": "o-1"}
    assert (event.id, event.idempotency_key) == (None, None)


@pytest.mark.parametrize(
    "said", [{"idempotency_key": "k"}, {"correlation_id": "c"}, {"attributes": {"tenant": "north"}}]
)
def test_what_needs_an_envelope_is_refused_without_one(said: dict[str, Any]) -> None:
    with pytest.raises(EventError, match="need an envelope"):
        a_publisher().event(ORDER_NOTED, {"order_id": "o-1"}, **said)


def test_an_attribute_does_not_replace_what_the_envelope_says() -> None:
    with pytest.raises(EventError, match="got 'version'"):
        a_publisher().event(ORDER_SHIPPED, {"order_id": "o-1"}, attributes={"version": 1})


def test_data_that_do_not_fit_the_contract_are_refused_and_not_quoted() -> None:
    bus = FakeBus()

    with pytest.raises(EventError, match=r"detail\.data\.order_id does not fit 'type'") as refused:
        a_publisher(bus).publish(ORDER_SHIPPED, {"order_id": 4111})

    assert "4111" not in str(refused.value)
    assert bus.calls == []


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"order_id": float("nan")}, "must be JSON"),
        ({"order_id": NOON}, "must be JSON"),
        ({"order_id": "o-1", "n": 2**63}, r"between -2\^63 and 2\^63 - 1"),
        ({"order_id": "\ud800"}, "must be JSON that EventBridge takes: surrogates not allowed"),
        ([], "must be a pydantic model or a mapping, got list"),
    ],
    ids=["nan", "a date", "a large number", "half a character", "a list"],
)
def test_data_that_json_has_no_words_for_are_refused(data: Any, told: str) -> None:
    with pytest.raises(EventError, match=told):
        a_publisher().event(ORDER_SHIPPED, data)


def test_a_time_is_said_inside_and_outside() -> None:
    event = a_publisher().event(
        ORDER_SHIPPED, {"order_id": "o-1"}, time=datetime.fromisoformat("2025-12-31T23:30:00+01:00")
    )

    assert detail_of(event)["metadata"]["time"] == "2025-12-31T22:30:00Z"
    assert event.entry["Time"].isoformat() == "2025-12-31T23:30:00+01:00"


def test_a_time_without_a_timezone_is_refused() -> None:
    with pytest.raises(EventError, match="time must have a timezone"):
        a_publisher().event(ORDER_SHIPPED, {"order_id": "o-1"}, time=NOON.replace(tzinfo=None))


def test_the_trace_of_the_invocation_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    publisher = a_publisher()
    untraced = publisher.event(ORDER_SHIPPED, {"order_id": "o-1"})
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793")

    traced = publisher.event(ORDER_SHIPPED, {"order_id": "o-1"})

    assert "TraceHeader" not in untraced.entry
    assert traced.entry["TraceHeader"] == "Root=1-5759e988-bd862e3fe1be46a994272793"


def test_the_size_is_counted_as_eventbridge_counts_it() -> None:
    event = a_publisher().event(ORDER_NOTED, {"order_id": "ö"}, time=NOON, resources=["arn:aws:s3:::acme"])

    parts = ["com.acme.orders", "OrderNoted.v1", '{"order_id":"ö"}', "arn:aws:s3:::acme"]
    assert event.size == 14 + sum(len(part.encode()) for part in parts)


def test_an_event_that_is_too_large_is_refused_before_anything_is_sent() -> None:
    bus = FakeBus()

    with pytest.raises(EventError, match="must be less than 1000000 bytes"):
        a_publisher(bus).publish(ORDER_SHIPPED, {"order_id": "o" * 1_000_000})

    assert bus.calls == []


def test_a_global_endpoint_is_named_in_the_call() -> None:
    bus = FakeBus()

    a_publisher(bus, endpoint_id="abcde.veo").publish(ORDER_SHIPPED, {"order_id": "o-1"})

    assert bus.requests[0]["EndpointId"] == "abcde.veo"


def test_a_contract_that_was_not_named_is_refused() -> None:
    with pytest.raises(ContractError, match=r"got orders/OrderNoted\.v1"):
        a_publisher(contracts=[ORDER_SHIPPED]).event(ORDER_NOTED, {"order_id": "o-1"})


def test_sensitive_fields_need_an_encrypter() -> None:
    with pytest.raises(ContractError, match=r"detail\.data\.cards\.number of orders/OrderPlaced\.v1 is sensitive"):
        a_publisher(contracts=[ORDER_PLACED])


def test_an_envelope_that_does_not_say_where_its_fields_are_is_refused() -> None:
    class OwnEnvelope:
        idempotency_key = None

        def wrap(self, data: Any, *, version: int) -> dict[str, Any]:
            return StandardEnvelope().wrap(data, version=version)

    own = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"}, envelope=OwnEnvelope())

    with pytest.raises(ContractError, match="must say where its fields are"):
        a_publisher(contracts=[own])


def test_an_envelope_that_says_where_its_fields_are_is_filled_and_read() -> None:
    class OwnEnvelope:
        idempotency_key = "detail.head.key"
        places = EnvelopePlaces(id="head.id", idempotency_key="head.key", data="body.event", fixed={"head.by": "acme"})

        def wrap(self, data: Any, *, version: int) -> dict[str, Any]:  # noqa: ARG002 - as an envelope does
            return {"type": "object", "properties": {"body": {"properties": {"event": data}}}, "required": ["body"]}

    own = EventContract(service="orders", event="OrderPlaced", detail=OrderShipped, envelope=OwnEnvelope())

    event = a_publisher(contracts=[own]).event(
        own, {"order_id": "o-1"}, idempotency_key="k", attributes={"tenant": "n"}
    )
    read = EventReader([own], naming=ACME).read(delivered(event.entry))

    assert detail_of(event) == {
        "head": {"by": "acme", "id": "id-1", "key": "k", "tenant": "n"},
        "body": {"event": {"order_id": "o-1"}},
    }
    assert (read.data, read.idempotency_key) == (OrderShipped(order_id="o-1"), "k")


@pytest.mark.parametrize("bus", ["no bus", "arn:aws", "arn:aws:sqs:eu-west-1:111111111111:orders"])
def test_a_bus_is_a_name_or_an_arn(bus: str) -> None:
    with pytest.raises(NamingError):
        EventPublisher(bus, contracts=CONTRACTS, naming=ACME)
