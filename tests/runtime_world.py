"""What orders publishes and billing reads, in tests of what runs in functions: no CDK in it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Annotated, Any

from pydantic import BaseModel

from cdk_eventbridge_patterns.contracts import CloudEvent, EventContract, Sensitive, StandardEnvelope
from cdk_eventbridge_patterns.naming import NamingConvention

ACME = NamingConvention(organization="acme", stage="prod")
BUS = "acme-prod-orders"
NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)


class Card(BaseModel):
    number: Annotated[str, Sensitive()]
    brand: str


class Line(BaseModel):
    sku: str
    note: Annotated[dict[str, Any] | None, Sensitive()] = None


class OrderPlaced(BaseModel):
    order_id: str
    cards: list[Card] = []
    lines: list[Line] = []


class OrderShipped(BaseModel):
    order_id: str
    parcels: list[str] = []


ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail=OrderPlaced, envelope=StandardEnvelope())
ORDER_PAID = EventContract(service="orders", event="OrderPaid", detail=OrderPlaced, envelope=StandardEnvelope())
ORDER_SHIPPED = EventContract(
    service="orders", event="OrderShipped", version=2, detail=OrderShipped, envelope=StandardEnvelope()
)
PARCEL_LOST = EventContract(
    service="orders",
    event="ParcelLost",
    detail={"type": "object", "properties": {"parcel": {"type": "string"}}, "required": ["parcel"]},
    envelope=CloudEvent(source="/acme/orders", type="com.acme.orders.parcel-lost"),
)
ORDER_NOTED = EventContract(
    service="orders",
    event="OrderNoted",
    detail={"type": "object", "properties": {"order_id": {"type": "string"}}, "required": ["order_id"]},
)

AN_ORDER = OrderPlaced(
    order_id="o-1",
    cards=[Card(number="4111", brand="visa"), Card(number="5500", brand="mastercard")],
    lines=[Line(sku="s-1", note={"gift": True}), Line(sku="s-2")],
)


def counted() -> Callable[[], str]:
    """Return ids that can be told: `id-1`, `id-2`."""
    numbers = itertools.count(1)
    return lambda: f"id-{next(numbers)}"


def delivered(entry: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the event that EventBridge makes of an entry of PutEvents."""
    event = {
        "version": "0",
        "id": "eb-1",
        "source": entry["Source"],
        "detail-type": entry["DetailType"],
        "account": "111111111111",
        "time": "2026-01-01T12:00:01Z",
        "region": "eu-west-1",
        "resources": list(entry.get("Resources", ())),
        "detail": json.loads(entry["Detail"]),
    }
    return event | changes
