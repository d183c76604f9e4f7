"""The events of the shop: what teams share, without any CDK in it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from cdk_eventbridge_patterns import DataClass, EventContract, NamingConvention, Sensitive, StandardEnvelope

CONVENTIONS = {stage: NamingConvention(organization="teashop", stage=stage) for stage in ("test", "prod")}


class Line(BaseModel):
    """One article of an order."""

    article: str
    quantity: int = Field(ge=1)


class OrderPlaced(BaseModel):
    """A customer has ordered and the order is accepted."""

    order_id: str
    customer_id: str
    lines: list[Line] = Field(min_length=1)
    total: Decimal = Field(ge=0, decimal_places=2)
    placed_at: datetime


class OrderCancelled(BaseModel):
    """An order will not be fulfilled."""

    order_id: str
    reason: str


class RefundRequested(BaseModel):
    """A customer has sent something back and is to have the money again, on the account that they named."""

    order_id: str
    amount: Decimal = Field(gt=0, decimal_places=2)
    iban: Annotated[str, Sensitive()]


class PaymentTaken(BaseModel):
    """The money for an order has arrived."""

    order_id: str
    payment_id: str
    amount: Decimal = Field(gt=0, decimal_places=2)


class PaymentFailed(BaseModel):
    """The money for an order could not be taken."""

    order_id: str
    reason: str


class ParcelShipped(BaseModel):
    """A parcel has left the warehouse."""

    order_id: str
    parcel_id: str
    carrier: str


ORDER_PLACED = EventContract(
    service="orders",
    event="OrderPlaced",
    detail=OrderPlaced,
    owner="team-orders",
    description="A customer has ordered and the order is accepted.",
    data_class=DataClass.CONFIDENTIAL,
    examples=[
        {
            "order_id": "o-1",
            "customer_id": "c-7",
            "lines": [{"article": "teapot", "quantity": 1}],
            "total": "31.50",
            "placed_at": "2026-11-23T09:30:00Z",
        }
    ],
)
ORDER_CANCELLED = EventContract(
    service="orders",
    event="OrderCancelled",
    detail=OrderCancelled,
    owner="team-orders",
    description="An order will not be fulfilled.",
    examples=[{"order_id": "o-1", "reason": "customer"}],
)
# Money must not be paid back twice, so the event says which fact it is; and only who pays may read where to.
REFUND_REQUESTED = EventContract(
    service="orders",
    event="RefundRequested",
    detail=RefundRequested,
    envelope=StandardEnvelope(),
    owner="team-orders",
    description="A customer is to have money back.",
    data_class=DataClass.RESTRICTED,
)
PAYMENT_TAKEN = EventContract(
    service="payments",
    event="PaymentTaken",
    detail=PaymentTaken,
    owner="team-payments",
    description="The money for an order has arrived.",
    data_class=DataClass.CONFIDENTIAL,
    examples=[{"order_id": "o-1", "payment_id": "p-3", "amount": "31.50"}],
)
PAYMENT_FAILED = EventContract(
    service="payments",
    event="PaymentFailed",
    detail=PaymentFailed,
    owner="team-payments",
    description="The money for an order could not be taken.",
    examples=[{"order_id": "o-1", "reason": "card declined"}],
)
PARCEL_SHIPPED = EventContract(
    service="fulfilment",
    event="ParcelShipped",
    detail=ParcelShipped,
    owner="team-fulfilment",
    description="A parcel has left the warehouse.",
    examples=[{"order_id": "o-1", "parcel_id": "x-9", "carrier": "Swift"}],
)
