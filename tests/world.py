"""The small world of the tests: acme's orders, in one account, and billing, in another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aws_cdk import App, Environment, Stack
from aws_cdk import aws_lambda as lambda_

from cdk_eventbridge_patterns import BusReference, EventContract, NamingConvention, use_convention

REGION = "eu-west-1"
ORDERS, BILLING = "111111111111", "222222222222"

ACME = NamingConvention(organization="acme", stage="prod")

ORDERS_BUS = f"arn:aws:events:{REGION}:{ORDERS}:event-bus/acme-prod-orders"
BILLING_BUS = f"arn:aws:events:{REGION}:{BILLING}:event-bus/acme-prod-billing"

_DETAIL = {"type": "object"}
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail=_DETAIL)
ORDER_CANCELLED = EventContract(service="orders", event="OrderCancelled", detail=_DETAIL)
INVOICE_ISSUED = EventContract(service="billing", event="InvoiceIssued", detail=_DETAIL)

ON_ORDERS = BusReference.of("orders", account=ORDERS)
ON_BILLING = BusReference.of("billing", account=BILLING)


def an_app(outdir: Path) -> App:
    """An app of acme's, synthesized to *outdir*."""
    app = App(outdir=str(outdir))
    use_convention(app, ACME)
    return app


def a_stack(app: App, id: str, account: str) -> Stack:
    """A stack in *account*."""
    return Stack(app, id, env=Environment(account=account, region=REGION))


def a_function(stack: Stack, id: str = "Function", **options: Any) -> lambda_.Function:
    """A function in *stack* that does nothing."""
    return lambda_.Function(
        stack,
        id,
        runtime=lambda_.Runtime.PYTHON_3_14,
        handler="index.handler",
        code=lambda_.Code.from_inline("def handler(event, context): ..."),
        **options,
    )
