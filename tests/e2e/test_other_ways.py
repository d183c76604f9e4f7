"""What no example that is deployed has: a route, also to another Region, direct targets, consumers in other Regions."""

from __future__ import annotations

from pathlib import Path

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_sqs as sqs

from cdk_eventbridge_patterns import BusReference, ConsumerBus, MultiBusTopology, ProducerBus, Service, use_convention
from cdk_eventbridge_patterns.local import Deployment
from cdk_eventbridge_patterns.testing import assert_no_findings
from tests.e2e.world import ACME, BILLING, ORDERS, REGION, SHIPPING, order_placed, place_order, places

ELSEWHERE = "us-east-1"


def an_app(folder: Path) -> App:
    """Return an app of acme's."""
    app = App(outdir=str(folder))
    use_convention(app, ACME)
    return app


def a_stack(app: App, name: str, account: str, region: str = REGION) -> Stack:
    """Return a stack in an account."""
    return Stack(app, name, env=Environment(account=account, region=region))


def orders_in(app: App) -> ProducerBus:
    """Return the bus of orders."""
    return ProducerBus(a_stack(app, "Orders", ORDERS), "Bus", service="orders", publishes=[order_placed()])


@pytest.mark.parametrize("region", [REGION, ELSEWHERE])
def test_what_is_routed_comes_to_the_receivers_bus(eventbridge_local: Deployment, tmp_path: Path, region: str) -> None:
    app = an_app(tmp_path)
    audit = ConsumerBus(a_stack(app, "Audit", SHIPPING, region), "Bus", service="audit")
    audit.accept_route(order_placed(), on=BusReference.of("orders", account=ORDERS, region=REGION))
    audit.deliver_to_inbox(order_placed())
    orders_in(app).route(order_placed(), to=BusReference.of("audit", account=SHIPPING, region=region))
    eventbridge_local.deploy(app)

    place_order(eventbridge_local)

    assert received(eventbridge_local, SHIPPING, "acme-prod-audit--orders-order-placed-v1", region)
    assert_no_findings(tmp_path)


def test_what_is_delivered_directly_comes_to_a_queue_of_another_account(
    eventbridge_local: Deployment, tmp_path: Path
) -> None:
    app = an_app(tmp_path)
    invoices = sqs.Queue(a_stack(app, "Billing", BILLING), "Invoices", queue_name="invoices", enforce_ssl=True)
    orders_in(app).deliver(order_placed(), to=invoices)
    eventbridge_local.deploy(app)

    place_order(eventbridge_local)

    assert places(eventbridge_local.queues().received(1)) == [(BILLING, "invoices")]


def test_a_consumer_in_another_region_takes_events_over(eventbridge_local: Deployment, tmp_path: Path) -> None:
    app = an_app(tmp_path)
    services = [
        Service("orders", ORDERS, publishes=[order_placed()]),
        Service("billing", BILLING, consumes=[order_placed()], region=ELSEWHERE),
    ]
    MultiBusTopology(app, "Shop", services=services, region=REGION, convention=ACME)
    eventbridge_local.deploy(app)

    place_order(eventbridge_local)

    assert received(eventbridge_local, BILLING, "acme-prod-billing--orders-order-placed-v1", ELSEWHERE)


def received(deployment: Deployment, account: str, queue: str, region: str) -> bool:
    """Return whether something comes to a queue within ten seconds, in whichever Region."""
    client = deployment.session(account, region).client("sqs")
    url = client.get_queue_url(QueueName=queue)["QueueUrl"]
    return "Messages" in client.receive_message(QueueUrl=url, WaitTimeSeconds=10)
