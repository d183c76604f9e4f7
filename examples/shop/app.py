"""A shop of four services in two stages, every service with an account of its own in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from aws_cdk import App, Stage, Validations
from aws_cdk import aws_iam as iam
from constructs import Construct

from cdk_eventbridge_patterns import (
    ArchiveSettings,
    Consumer,
    Consumes,
    DataClass,
    Encryption,
    EventBridgeChecks,
    FieldEncryptionKey,
    FieldKeyReference,
    MultiBusTopology,
    SchemaDialect,
    SchemaRegistry,
    Service,
)
from cdk_eventbridge_patterns.filters import anything_but, fields_of
from examples.acknowledged import acknowledged
from examples.shop.contracts import (
    CONVENTIONS,
    ORDER_CANCELLED,
    ORDER_PLACED,
    PARCEL_SHIPPED,
    PAYMENT_FAILED,
    PAYMENT_TAKEN,
    REFUND_REQUESTED,
    OrderPlaced,
)
from examples.shop.stacks import OWN_POLICY, AnalyticsStack, FulfilmentStack, PaymentsStack

REGION = "eu-west-1"
ACCOUNTS = {
    "test": {
        "orders": "111111111111",
        "payments": "222222222222",
        "fulfilment": "333333333333",
        "analytics": "444444444444",
    },
    "prod": {
        "orders": "555555555555",
        "payments": "666666666666",
        "fulfilment": "777777777777",
        "analytics": "888888888888",
    },
}

# Gift vouchers pay for an order in full; there is nothing left to take.
HAS_A_PRICE = anything_but(fields_of(OrderPlaced).total, "0", "0.00")

# Who consumes an event may look its schema up; what else is on a bus is discovered before production only.
SCHEMAS = SchemaRegistry(dialect=SchemaDialect.OPEN_API_3, consumers_read=True, discover_in=["test"])

# Where customers want their money is archived for a week, wherever it arrives.
SOONER = {DataClass.RESTRICTED: 7}

# Schemas can't be discovered on an encrypted bus, so test has none.
ENCRYPTION = {"prod": Encryption()}


class ShopStage(Stage):
    """The whole shop, in one stage's accounts."""

    def __init__(self, scope: Construct, stage: str) -> None:
        super().__init__(scope, stage.capitalize())

        accounts = ACCOUNTS[stage]
        shop = MultiBusTopology(
            self,
            "Shop",
            region=REGION,
            convention=CONVENTIONS[stage],
            schema_registry=SCHEMAS,
            encryption=ENCRYPTION.get(stage),
            services=[
                Service(
                    "orders",
                    accounts["orders"],
                    publishes=[ORDER_PLACED, ORDER_CANCELLED, REFUND_REQUESTED],
                    consumes=[PAYMENT_FAILED, PARCEL_SHIPPED],
                    owner="team-orders",
                    separate_inbox=True,
                    archive=ArchiveSettings(by_data_class=SOONER),
                ),
                Service(
                    "payments",
                    accounts["payments"],
                    publishes=[PAYMENT_TAKEN, PAYMENT_FAILED],
                    consumes=[Consumes(ORDER_PLACED, detail=HAS_A_PRICE), REFUND_REQUESTED],
                    owner="team-payments",
                    archive=ArchiveSettings(retention_days=365, by_data_class=SOONER),
                    stack=PaymentsStack,
                ),
                Service(
                    "fulfilment",
                    accounts["fulfilment"],
                    publishes=[PARCEL_SHIPPED],
                    consumes=[PAYMENT_TAKEN, ORDER_CANCELLED],
                    owner="team-fulfilment",
                    stack=FulfilmentStack,
                ),
                Service(
                    "analytics",
                    accounts["analytics"],
                    consumes=[
                        Consumes(ORDER_PLACED, ORDER_CANCELLED, REFUND_REQUESTED, name="order-facts"),
                        Consumes(PAYMENT_TAKEN, PAYMENT_FAILED, name="payment-facts"),
                        Consumes(PARCEL_SHIPPED, name="parcel-facts"),
                    ],
                    owner="team-analytics",
                    archive=ArchiveSettings(by_data_class=SOONER),
                    stack=AnalyticsStack,
                ),
            ],
        )
        _let_payments_read_where_to_pay(shop, accounts)


def _let_payments_read_where_to_pay(shop: MultiBusTopology, accounts: Mapping[str, str]) -> None:
    """Have the accounts of customers encrypted by who publishes them, and readable by who pays, and by nobody else."""
    orders = shop.stacks["orders"]
    payments = Consumer("payments", accounts["payments"], events=[REFUND_REQUESTED])
    key = FieldEncryptionKey(orders, "FieldKey", service="orders", events=[REFUND_REQUESTED], decrypted_by=[payments])
    checkout = iam.Role(orders, "CheckoutRole", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    acknowledged(checkout, OWN_POLICY, "NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy")
    orders.bus.grant_publish(checkout, REFUND_REQUESTED)
    key.grant_encrypt(checkout, REFUND_REQUESTED)
    function = cast("PaymentsStack", shop.stacks["payments"]).refunds_function
    FieldKeyReference.of("orders", account=accounts["orders"]).grant_decrypt(function, REFUND_REQUESTED)
    function.add_environment("ORDERS_ACCOUNT", accounts["orders"])


def build(app: App) -> None:
    """Put both stages into *app*, and hold whatever is in them to the convention of its stage."""
    Validations.of(app).add_plugins(EventBridgeChecks(app))
    for stage in ACCOUNTS:
        ShopStage(app, stage)


if __name__ == "__main__":
    shop = App()
    build(shop)
    shop.synth()
