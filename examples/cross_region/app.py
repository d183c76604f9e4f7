"""Orders in Ireland, with a standby in Frankfurt, billing in Virginia, audit in an account of its own.

Billing subscribes across Regions; orders routes what is to be audited; a global endpoint leads to the standby while
Ireland is not healthy. Billing and audit take events from both buses, so they miss none whichever took it in.
"""

from __future__ import annotations

from aws_cdk import App, Environment

from cdk_eventbridge_patterns import (
    BusReference,
    Consumer,
    Consumes,
    Disabled,
    EventContract,
    GlobalEndpoint,
    NamingConvention,
    ServiceStack,
    SubscriptionStack,
    use_convention,
)

ORDERS, BILLING, AUDIT = "111111111111", "222222222222", "333333333333"
IRELAND, FRANKFURT, VIRGINIA = "eu-west-1", "eu-central-1", "us-east-1"

ORDER_PLACED = EventContract(
    service="orders",
    event="OrderPlaced",
    owner="team-orders",
    detail={"type": "object", "properties": {"order_id": {"type": "string"}}, "required": ["order_id"]},
)


# What is replicated has moved from bus to bus, and whether it could move once more, to billing's, is not documented.
NOT_REPLICATED = Disabled("every consumer takes events from the buses of both Regions")


def build(app: App) -> None:
    """Put all stacks into *app*."""
    use_convention(app, NamingConvention(organization="acme", stage="prod"))
    billing = ServiceStack(
        app,
        "Billing",
        env=Environment(account=BILLING, region=VIRGINIA),
        service="billing",
        owner="team-billing",
        consumes=[ORDER_PLACED],
    )
    audit = ServiceStack(
        app,
        "Audit",
        env=Environment(account=AUDIT, region=IRELAND),
        service="audit",
        owner="team-audit",
        consumes=[ORDER_PLACED],
    )
    orders, standby = (orders_in(app, region) for region in (IRELAND, FRANKFURT))
    GlobalEndpoint(orders, "Endpoint", bus=orders.inbox, secondary=standby.inbox, replication=NOT_REPLICATED)

    for region, producer in ((IRELAND, orders), (FRANKFURT, standby)):
        # Audit lets in what orders sends, then orders sends: until it is let in, it waits in a dead-letter queue.
        audit.inbox.accept_route(ORDER_PLACED, on=BusReference.of("orders", account=ORDERS, region=region))
        producer.inbox.route(ORDER_PLACED, to=BusReference.of("audit", account=AUDIT, region=IRELAND))
        producer.add_stack_dependency(audit)
        subscriptions = billing_in(app, region)
        subscriptions.add_stack_dependency(billing)
        subscriptions.add_stack_dependency(producer)


def orders_in(app: App, region: str) -> ServiceStack:
    """Return the stack of orders in one Region: the same bus, by the same name, in each."""
    return ServiceStack(
        app,
        f"Orders-{region}",
        env=Environment(account=ORDERS, region=region),
        service="orders",
        owner="team-orders",
        publishes=[ORDER_PLACED],
        consumers=[Consumer("billing", account=BILLING, events=[ORDER_PLACED], region=VIRGINIA)],
    )


def billing_in(app: App, region: str) -> SubscriptionStack:
    """Return billing's rules on the buses of one Region, which bring their events to its bus in Virginia."""
    return SubscriptionStack(
        app,
        f"BillingSubscriptions-{region}",
        env=Environment(account=BILLING, region=region),
        service="billing",
        owner="team-billing",
        consumes=[Consumes(ORDER_PLACED, on=BusReference.of("orders", account=ORDERS))],
        bus_region=VIRGINIA,
    )


if __name__ == "__main__":
    shop = App()
    build(shop)
    shop.synth()
