"""A shop of four services in two stages, every service with an account of its own in each."""

from __future__ import annotations

from aws_cdk import App, Stage, Validations
from constructs import Construct

from cdk_eventbridge_patterns import (
    ArchiveSettings,
    Consumes,
    EventBridgeChecks,
    MultiBusTopology,
    NamingConvention,
    SchemaDialect,
    SchemaRegistry,
    Service,
)
from cdk_eventbridge_patterns.filters import anything_but, fields_of
from examples.shop.contracts import (
    ORDER_CANCELLED,
    ORDER_PLACED,
    PARCEL_SHIPPED,
    PAYMENT_FAILED,
    PAYMENT_TAKEN,
    OrderPlaced,
)
from examples.shop.stacks import AnalyticsStack, FulfilmentStack

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


class ShopStage(Stage):
    """The whole shop, in one stage's accounts."""

    def __init__(self, scope: Construct, stage: str) -> None:
        super().__init__(scope, stage.capitalize())

        accounts = ACCOUNTS[stage]
        MultiBusTopology(
            self,
            "Shop",
            region=REGION,
            convention=NamingConvention(organization="teashop", stage=stage),
            schema_registry=SCHEMAS,
            services=[
                Service(
                    "orders",
                    accounts["orders"],
                    publishes=[ORDER_PLACED, ORDER_CANCELLED],
                    consumes=[PAYMENT_FAILED, PARCEL_SHIPPED],
                    owner="team-orders",
                    separate_inbox=True,
                ),
                Service(
                    "payments",
                    accounts["payments"],
                    publishes=[PAYMENT_TAKEN, PAYMENT_FAILED],
                    consumes=[Consumes(ORDER_PLACED, detail=HAS_A_PRICE)],
                    owner="team-payments",
                    archive=ArchiveSettings(retention_days=365),
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
                        Consumes(ORDER_PLACED, ORDER_CANCELLED, name="order-facts"),
                        Consumes(PAYMENT_TAKEN, PAYMENT_FAILED, name="payment-facts"),
                        Consumes(PARCEL_SHIPPED, name="parcel-facts"),
                    ],
                    owner="team-analytics",
                    stack=AnalyticsStack,
                ),
            ],
        )


def build(app: App) -> None:
    """Put both stages into *app*, and hold whatever is in them to the convention of its stage."""
    Validations.of(app).add_plugins(EventBridgeChecks(app))
    for stage in ACCOUNTS:
        ShopStage(app, stage)


if __name__ == "__main__":
    shop = App()
    build(shop)
    shop.synth()
