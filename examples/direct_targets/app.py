"""The bus of orders delivers directly to a queue, a function, a topic and a stream of two other accounts."""

from __future__ import annotations

from aws_cdk import App, Environment, Validations

from cdk_eventbridge_patterns import EventBridgeChecks, ServiceBus, ServiceStack, TargetInput, use_convention
from examples.direct_targets.contracts import CONVENTION, ORDER_PLACED
from examples.direct_targets.targets import BillingStack, WarehouseStack

REGION = "eu-west-1"
ORDERS, BILLING, WAREHOUSE = "111111111111", "222222222222", "333333333333"


def build(app: App) -> None:
    """Put the three accounts' stacks into *app*: each target's own statement comes into the stack it is in."""
    use_convention(app, CONVENTION)
    Validations.of(app).add_plugins(EventBridgeChecks(app))
    billing = BillingStack(app, "Billing", env=Environment(account=BILLING, region=REGION))
    warehouse = WarehouseStack(app, "Warehouse", env=Environment(account=WAREHOUSE, region=REGION))
    orders = ServiceStack(
        app,
        "Orders",
        env=Environment(account=ORDERS, region=REGION),
        service="orders",
        owner="team-orders",
        publishes=[ORDER_PLACED],
    )
    deliver(orders.inbox, billing, warehouse)


def deliver(bus: ServiceBus, billing: BillingStack, warehouse: WarehouseStack) -> None:
    """Declare who gets what: these rules are orders', whoever owns the target."""
    bus.deliver(ORDER_PLACED, to=billing.invoices, name="invoices")
    large = {"total": [{"numeric": [">", 1000]}]}
    bus.deliver(ORDER_PLACED, to=billing.fraud_check, name="fraud-check", detail=large)
    bus.deliver(ORDER_PLACED, to=warehouse.parcels, name="parcels")
    bus.deliver(ORDER_PLACED, to=warehouse.facts, name="facts", input=TargetInput.from_path("$.detail"))


if __name__ == "__main__":
    direct_app = App()
    build(direct_app)
    direct_app.synth()
