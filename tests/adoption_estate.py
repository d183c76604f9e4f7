"""An estate as teams wrote it in plain CDK before they came over: orders and billing, each in its account."""

from __future__ import annotations

from pathlib import Path

from aws_cdk import App, Environment, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs

from tests.world import BILLING, ORDERS, REGION

HUB = f"arn:aws:events:{REGION}:{ORDERS}:event-bus/orders-hub"
BILLING_BUS_NAME = "billing-in"


class PlainOrders(Stack):
    """The stack of orders: a bus with a policy and an archive, and a rule to a queue, all named by the team."""

    def __init__(self, app: App, id: str = "Orders") -> None:
        super().__init__(app, id, env=Environment(account=ORDERS, region=REGION))
        bus = events.EventBus(self, "Bus", event_bus_name="orders-hub")
        for sid, action, resource in (
            ("BillingPublishes", "events:PutEvents", HUB),
            ("BillingSubscribes", "events:*Rule", f"arn:aws:events:{REGION}:{ORDERS}:rule/orders-hub/*"),
            ("BillingTargets", "events:*Targets*", f"arn:aws:events:{REGION}:{ORDERS}:rule/orders-hub/*"),
        ):
            bus.add_to_resource_policy(
                iam.PolicyStatement(
                    sid=sid, principals=[iam.AccountPrincipal(BILLING)], actions=[action], resources=[resource]
                )
            )
        bus.archive("Archive", archive_name="orders-archive", event_pattern=events.EventPattern(account=[ORDERS]))
        events.Rule(
            self,
            "Ship",
            rule_name="ship-orders",
            event_bus=bus,
            event_pattern=events.EventPattern(
                source=["orders.web"], detail_type=["Order Placed"], detail={"order": {"status": ["paid"]}}
            ),
            targets=[targets.SqsQueue(invoices_queue(self))],
        )


class PlainBilling(Stack):
    """The stack of billing: its bus, and a rule on the bus of orders that brings events there."""

    def __init__(self, app: App, id: str = "Billing") -> None:
        super().__init__(app, id, env=Environment(account=BILLING, region=REGION))
        bus = events.CfnEventBus(self, "Bus", name=BILLING_BUS_NAME)
        bus_arn = f"arn:aws:events:{REGION}:{BILLING}:event-bus/{BILLING_BUS_NAME}"
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("events.amazonaws.com"))
        role.add_to_policy(iam.PolicyStatement(actions=["events:PutEvents"], resources=[bus_arn]))
        rule = events.CfnRule(
            self,
            "Orders",
            name="billing-orders",
            event_bus_name=HUB,
            event_pattern={"source": ["orders.web"], "detail-type": ["Order Placed"]},
            targets=[events.CfnRule.TargetProperty(id="billing", arn=bus_arn, role_arn=role.role_arn)],
        )
        rule.add_resource_dependency(bus)


def invoices_queue(stack: Stack) -> sqs.Queue:
    """The queue that the team of orders keeps, before and after."""
    return sqs.Queue(stack, "Invoices", queue_name="invoices", enforce_ssl=True)


def plain_estate(folder: Path) -> Path:
    """Synthesize both stacks, and return the assembly."""
    app = App(outdir=str(folder))
    PlainOrders(app)
    PlainBilling(app)
    return Path(app.synth().directory)
