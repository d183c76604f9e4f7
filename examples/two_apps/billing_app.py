"""The billing team's app: of orders it knows the service's name and the account, nothing else."""

from __future__ import annotations

from aws_cdk import App, Environment

from cdk_eventbridge_patterns import BusReference, Consumer, Consumes, ServiceStack, SubscriptionStack, use_convention
from examples.two_apps.contracts import CONVENTION, INVOICE_ISSUED, ORDER_PLACED

ENV = Environment(account="222222222222", region="eu-west-1")
ORDERS = "111111111111"


def build(app: App) -> None:
    """Put the team's two stacks into *app*."""
    use_convention(app, CONVENTION)
    billing = ServiceStack(
        app,
        "Billing",
        env=ENV,
        service="billing",
        owner="team-billing",
        publishes=[INVOICE_ISSUED],
        consumers=[Consumer("orders", account=ORDERS, events=[INVOICE_ISSUED])],
        consumes=[ORDER_PLACED],
    )
    # Deployed once orders's bus is there: `cdk deploy BillingSubscriptions`.
    subscriptions = SubscriptionStack(
        app,
        "BillingSubscriptions",
        env=ENV,
        service="billing",
        owner="team-billing",
        consumes=[Consumes(ORDER_PLACED, on=BusReference.of("orders", account=ORDERS))],
    )
    subscriptions.add_stack_dependency(billing)


if __name__ == "__main__":
    team_app = App()
    build(team_app)
    team_app.synth()
