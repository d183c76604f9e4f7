"""An estate as a team wrote it in plain CDK, before it came over: orders, with a bus of its own and what is on it."""

from __future__ import annotations

from aws_cdk import App, Environment, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs

from tests.world import BILLING, ORDERS, REGION


class PlainOrders(Stack):
    """The stack of orders in the CDK's own L2s, with names of its own."""

    def __init__(self, app: App, id: str = "Orders") -> None:
        super().__init__(app, id, env=Environment(account=ORDERS, region=REGION))
        bus = events.EventBus(self, "Bus", event_bus_name="orders-hub")
        bus.add_to_resource_policy(
            iam.PolicyStatement(
                sid="BillingPublishes",
                principals=[iam.AccountPrincipal(BILLING)],
                actions=["events:PutEvents"],
                resources=[bus.event_bus_arn],
                conditions={"StringEquals": {"events:source": "orders.web"}},
            )
        )
        bus.archive("Archive", archive_name="orders-archive", event_pattern=events.EventPattern(account=[ORDERS]))
        invoices = sqs.Queue(self, "Invoices", queue_name="invoices", enforce_ssl=True)
        events.Rule(
            self,
            "Ship",
            rule_name="ship-orders",
            event_bus=bus,
            event_pattern=events.EventPattern(source=["orders.web"], detail_type=["Order Placed"]),
            targets=[targets.SqsQueue(invoices)],
        )
