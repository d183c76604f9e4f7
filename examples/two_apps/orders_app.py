"""The orders team's app: of billing it knows the service's name and the account, nothing else."""

from __future__ import annotations

from aws_cdk import App, Environment

from cdk_eventbridge_patterns import BusReference, Consumer, Consumes, ServiceStack, SubscriptionStack, use_convention
from examples.two_apps.contracts import CONVENTION, INVOICE_ISSUED, ORDER_PLACED

ENV = Environment(account="111111111111", region="eu-west-1")
BILLING = "222222222222"


def build(app: App) -> None:
    """Put the team's two stacks into *app*."""
    use_convention(app, CONVENTION)
    orders = ServiceStack(
        app,
        "Orders",
        env=ENV,
        service="orders",
        owner="team-orders",
        publishes=[ORDER_PLACED],
        consumers=[Consumer("billing", account=BILLING, events=[ORDER_PLACED])],
        consumes=[INVOICE_ISSUED],
    )
    # Deployed once billing's bus is there: `cdk deploy OrdersSubscriptions`.
    subscriptions = SubscriptionStack(
        app,
        "OrdersSubscriptions",
        env=ENV,
        service="orders",
        owner="team-orders",
        consumes=[Consumes(INVOICE_ISSUED, on=BusReference.of("billing", account=BILLING))],
    )
    subscriptions.add_stack_dependency(orders)


if __name__ == "__main__":
    team_app = App()
    build(team_app)
    team_app.synth()
