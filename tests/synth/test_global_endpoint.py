"""Global endpoints, as they are deployed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from aws_cdk import App, Environment, Stack

from cdk_eventbridge_patterns import BusReference, Disabled, GlobalEndpoint, ProducerBus, ServiceBus
from cdk_eventbridge_patterns.errors import DeclarationError
from tests.templates import synthesize
from tests.world import ORDER_PLACED, ORDERS, REGION

VIRGINIA = "us-east-1"
FAR = BusReference.of("orders", account=ORDERS, region=VIRGINIA)
HEALTH_CHECK = "arn:aws:route53:::healthcheck/01234567-89ab-cdef-0123-456789abcdef"


@pytest.fixture
def bus(orders_stack: Stack) -> ProducerBus:
    """The primary bus."""
    return ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED])


@pytest.fixture
def standby(app: App) -> ProducerBus:
    """The same bus in another Region."""
    stack = Stack(app, "Standby", env=Environment(account=ORDERS, region=VIRGINIA))
    return ProducerBus(stack, "Bus", service="orders", publishes=[ORDER_PLACED])


def test_the_stack_of_the_endpoint_waits_for_that_of_the_secondary_bus(
    app: App, orders_stack: Stack, bus: ProducerBus, standby: ProducerBus
) -> None:
    endpoint = GlobalEndpoint(orders_stack, "Endpoint", bus=bus, secondary=standby)

    orders = synthesize(app)["Orders"]
    assert "Standby" in orders.dependencies
    assert orders.resources["OrdersEndpoint"]["DependsOn"] == ["OrdersBus", "OrdersEndpointReplicationRole"]
    assert (endpoint.primary, endpoint.secondary) == (bus.address, standby.address)


def test_endpoint_alarm_and_role_can_be_had_as_typed_constructs(orders_stack: Stack, bus: ProducerBus) -> None:
    endpoint = GlobalEndpoint(orders_stack, "Endpoint", bus=bus, secondary=FAR)

    assert endpoint.cfn_endpoint.name == endpoint.endpoint_name == "acme-prod-orders"
    assert endpoint.endpoint_arn == f"arn:aws:events:{REGION}:{ORDERS}:endpoint/acme-prod-orders"
    assert endpoint.cfn_alarm is not None
    assert endpoint.cfn_alarm.alarm_name == "acme-prod-orders--ingestion-latency"
    assert endpoint.cfn_role is not None
    assert endpoint.endpoint_id == endpoint.cfn_endpoint.attr_endpoint_id


def test_what_is_not_made_is_not_there(orders_stack: Stack, bus: ProducerBus) -> None:
    off = Disabled("nothing in the other Region consumes")
    endpoint = GlobalEndpoint(
        orders_stack, "Endpoint", bus=bus, secondary=FAR, health_check_arn=HEALTH_CHECK, replication=off
    )

    assert (endpoint.cfn_alarm, endpoint.cfn_role) == (None, None)


def test_an_imported_bus_may_have_an_endpoint(app: App, orders_stack: Stack) -> None:
    arn = f"arn:aws:events:{REGION}:{ORDERS}:event-bus/acme-prod-orders"
    bus = ServiceBus.from_event_bus_arn(orders_stack, "Bus", arn, service="orders")
    GlobalEndpoint(orders_stack, "Endpoint", bus=bus, secondary=FAR)

    buses = synthesize(app)["Orders"].properties("OrdersEndpoint")["EventBuses"]
    assert buses == [{"EventBusArn": arn}, {"EventBusArn": arn.replace(REGION, VIRGINIA)}]


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (
            lambda stack, bus, _: GlobalEndpoint(stack, "Endpoint", bus="orders", secondary=bus),  # type: ignore[arg-type]
            "bus must be a bus made here or imported",
        ),
        (
            lambda stack, bus, _: GlobalEndpoint(stack, "Endpoint", bus=bus, secondary=VIRGINIA),  # type: ignore[arg-type]
            "secondary must be a bus or a reference to it",
        ),
        (
            lambda stack, bus, standby: GlobalEndpoint(stack, "Endpoint", bus=standby, secondary=bus),
            f"bus must be in the account and Region of the stack, {ORDERS} and {REGION}",
        ),
        (
            lambda stack, bus, _: GlobalEndpoint(stack, "Endpoint", bus=bus, secondary=bus),
            "secondary must be in another Region",
        ),
    ],
)
def test_bad_input_is_refused_and_leaves_the_stack_as_it_was(
    orders_stack: Stack,
    bus: ProducerBus,
    standby: ProducerBus,
    refused: Callable[[Stack, ProducerBus, ProducerBus], object],
    message: str,
) -> None:
    with pytest.raises(DeclarationError, match=message):
        refused(orders_stack, bus, standby)

    assert orders_stack.node.try_find_child("Endpoint") is None
