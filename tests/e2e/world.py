"""Orders, which publishes, and who consumes from it: acme's, each service in an account of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_cdk import App

from cdk_eventbridge_patterns import ArchiveSettings, EventContract, MultiBusTopology, NamingConvention, Service
from cdk_eventbridge_patterns.local import Deployment, Message

REGION = "eu-west-1"
ACME = NamingConvention(organization="acme", stage="prod")
ORDERS, BILLING, SHIPPING = "111111111111", "222222222222", "333333333333"
BUS = "acme-prod-orders"
BUS_ARN = f"arn:aws:events:{REGION}:{ORDERS}:event-bus/{BUS}"
INVOICES = "acme-prod-billing--orders-order-placed-v1"
DETAIL = {"type": "object", "properties": {"order_id": {"type": "string"}}, "required": ["order_id"]}


def order_placed(version: int = 1) -> EventContract:
    """Return the contract of the event."""
    return EventContract(service="orders", event="OrderPlaced", version=version, detail=DETAIL)


def the_shop(
    folder: Path, *, consumers: Mapping[str, str] | None = None, version: int = 1, retention_days: int = 30
) -> App:
    """Return an app of orders and its consumers, by service and account; by default billing."""
    event = order_placed(version)
    archive = ArchiveSettings(retention_days=retention_days)
    app = App(outdir=str(folder))
    who = {"billing": BILLING} if consumers is None else consumers
    MultiBusTopology(
        app,
        "Shop",
        region=REGION,
        convention=ACME,
        services=[
            Service("orders", ORDERS, publishes=[event], archive=archive),
            *(Service(service, account, consumes=[event]) for service, account in who.items()),
        ],
    )
    return app


def place_order(deployment: Deployment, *, version: int = 1, **detail: Any) -> None:
    """Publish the event."""
    entry = {
        "EventBusName": BUS,
        "Source": "com.acme.orders",
        "DetailType": f"OrderPlaced.v{version}",
        "Detail": json.dumps({"order_id": "o-1", **detail}),
    }
    deployment.session(ORDERS).client("events").put_events(Entries=[entry])


def places(messages: list[Message]) -> list[tuple[str, str]]:
    """Return the account and the queue of each message."""
    return [(each.account, each.queue) for each in messages]
