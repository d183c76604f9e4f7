"""A consumer deployed, with the handler of the example: all but Lambda is the emulator's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Duration, Environment, Stack
from aws_cdk import aws_lambda as lambda_

from cdk_eventbridge_patterns import (
    BusReference,
    Consumer,
    ConsumerBus,
    EventContract,
    IdempotentConsumer,
    ProducerBus,
    StandardEnvelope,
    use_convention,
)
from cdk_eventbridge_patterns.local import Deployment
from tests.consumer_function import Context, loaded
from tests.e2e.functions import EventSourceMapping, functions_in, without_functions
from tests.e2e.world import ACME, BILLING, BUS, DETAIL, ORDERS, REGION, places

ORDER_PLACED, ORDER_AMENDED = EVENTS = [
    EventContract(service="orders", event=event, detail=DETAIL, envelope=StandardEnvelope())
    for event in ("OrderPlaced", "OrderAmended")
]
RECEIVES = 3
LOST = "acme-prod-billing--invoices-dead-letters"


def the_shop(folder: Path) -> App:
    """Return an app in which billing handles the orders of another account."""
    app = App(outdir=str(folder))
    use_convention(app, ACME)
    orders, billing = (
        Stack(app, name, env=Environment(account=account, region=REGION))
        for name, account in (("Orders", ORDERS), ("Billing", BILLING))
    )
    ProducerBus(
        orders, "Bus", service="orders", publishes=EVENTS, consumers=[Consumer("billing", BILLING, events=EVENTS)]
    )
    bus = ConsumerBus(billing, "Bus", service="billing")
    billing.add_stack_dependency(orders)
    bus.subscribe(*EVENTS, on=BusReference.of("orders", account=ORDERS))
    function = lambda_.Function(
        billing,
        "Function",
        runtime=lambda_.Runtime.PYTHON_3_14,
        handler="index.handler",
        code=lambda_.Code.from_inline("..."),
        timeout=Duration.seconds(20),
    )
    IdempotentConsumer(
        billing, "Invoices", bus=bus, events=EVENTS, function=function, name="invoices", maximum_receives=RECEIVES
    )
    return app


@pytest.fixture
def consumer(eventbridge_local: Deployment, tmp_path: Path) -> Iterator[EventSourceMapping]:
    """Return what hands billing's messages to the handler, which has the environment of the template."""
    assembly = Path(the_shop(tmp_path / "shop").synth().directory)
    eventbridge_local.deploy(without_functions(assembly, tmp_path / "played"))
    ((function, mapping),) = functions_in(assembly)
    with played(eventbridge_local, function, mapping) as found:
        yield found


@contextmanager
def played(deployment: Deployment, function: dict[str, Any], mapping: dict[str, Any]) -> Iterator[EventSourceMapping]:
    """Load the handler, whose table is that of the emulator."""
    with loaded(function, deployment.environment(BILLING)) as module:
        session = deployment.session(BILLING)
        yield EventSourceMapping(session, mapping, lambda event: module.handler(event, Context()))


def publish(deployment: Deployment, key: str, *, event: str = "OrderPlaced", total: int = 3, times: int = 1) -> None:
    """Publish an event, as often as that."""
    metadata = {"id": "m", "version": 1, "time": "2026-01-01T00:00:00Z", "correlationId": "c", "idempotencyKey": key}
    entry = {
        "EventBusName": BUS,
        "Source": "com.acme.orders",
        "DetailType": f"{event}.v1",
        "Detail": json.dumps({"metadata": metadata, "data": {"order_id": key, "total": total}}),
    }
    deployment.session(ORDERS).client("events").put_events(Entries=[entry] * times)


def invoices(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    """Return what was invoiced, and for which event."""
    written = map(json.loads, capsys.readouterr().out.splitlines())
    return sorted((each["invoice"], each["for"]) for each in written)


def test_an_event_that_is_published_twice_is_handled_once(
    eventbridge_local: Deployment, consumer: EventSourceMapping, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(eventbridge_local, "o-1", times=2)
    publish(eventbridge_local, "o-1", event="OrderAmended")
    publish(eventbridge_local, "o-2")

    failed = consumer.run(messages=4)

    assert failed == []
    assert invoices(capsys) == [("o-1", "OrderAmended.v1"), ("o-1", "OrderPlaced.v1"), ("o-2", "OrderPlaced.v1")]
    assert places(eventbridge_local.queues().received(0)) == []


def test_an_event_that_cannot_be_handled_is_tried_again_and_then_a_dead_letter_of_its_own(
    eventbridge_local: Deployment, consumer: EventSourceMapping, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(eventbridge_local, "o-1", total=0)
    publish(eventbridge_local, "o-2")

    failed = consumer.run(messages=1 + RECEIVES)

    assert len(failed) == RECEIVES
    assert len(set(failed)) == 1
    # The one that is too many takes it to the dead-letter queue, and hands on nothing.
    assert consumer.run(messages=1, seconds=1) == []
    assert invoices(capsys) == [("o-2", "OrderPlaced.v1")]
    (dead,) = eventbridge_local.queues().received(1)
    assert (dead.queue, dead.body["detail"]["data"]["order_id"]) == (LOST, "o-1")
