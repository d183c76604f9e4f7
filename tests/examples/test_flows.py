"""What comes where in the examples: the whole table, by tracing an event of each contract, and nothing besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.matching.analysis.common_event import common_event
from cdk_eventbridge_patterns.matching.analysis.verdict import Live
from cdk_eventbridge_patterns.simulation import trace
from cdk_eventbridge_patterns.simulation.flow import declared_flows
from cdk_eventbridge_patterns.simulation.proof import proof_of
from cdk_eventbridge_patterns.simulation.trace import Arrival
from cdk_eventbridge_patterns.testing import assert_delivers, assert_not_delivered, topology_in
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology

# By example: event and bus, then the targets that are no buses.
FLOWS: Mapping[str, Mapping[str, set[str]]] = {
    "reference": {
        "blue/Event1.v1 on acme-prod-blue": {"sqs:acme-prod-purple--blue-event1-v1"},
        "purple/Event2.v1 on acme-prod-purple": {
            "sqs:acme-prod-blue--purple-event2-v1",
            "sqs:acme-prod-orange--purple-event2-v1",
        },
        "orange/Event3.v1 on acme-prod-orange": {"sqs:acme-prod-purple--orange-event3-v1"},
    },
    "single_bus": {
        "blue/Event1.v1 on acme-prod-devops": {"sqs:acme-prod-purple--blue-event1-v1"},
        "purple/Event2.v1 on acme-prod-devops": {
            "sqs:acme-prod-blue--purple-event2-v1",
            "sqs:acme-prod-orange--purple-event2-v1",
        },
        "orange/Event3.v1 on acme-prod-devops": {"sqs:acme-prod-purple--orange-event3-v1"},
    },
    "shop": {
        f"{event} on teashop-{stage}-{event.partition('/')[0]}": {each.format(stage=stage) for each in targets}
        for stage in ("test", "prod")
        for event, targets in {
            "orders/OrderPlaced.v1": {"sqs:teashop-{stage}-payments--orders-order-placed-v1", "kinesis"},
            "orders/OrderCancelled.v1": {"sns", "kinesis"},
            "orders/RefundRequested.v1": {"sqs:teashop-{stage}-payments--refunds", "kinesis"},
            "payments/PaymentTaken.v1": {"sns", "kinesis"},
            "payments/PaymentFailed.v1": {"sqs:teashop-{stage}-orders--payments-payment-failed-v1", "kinesis"},
            "fulfilment/ParcelShipped.v1": {"sqs:teashop-{stage}-orders--fulfilment-parcel-shipped-v1", "kinesis"},
        }.items()
    },
    "pipeline": {
        # The one that is traced is not for one of the countries that shipping asks for.
        "orders/OrderPlaced.v1 on acme-prod-orders": {"sqs:acme-prod-billing--orders-order-placed-v1"},
        "billing/InvoiceIssued.v1 on acme-prod-billing": {"sqs:acme-prod-shipping--billing-invoice-issued-v1"},
        "shipping/ParcelShipped.v1 on acme-prod-shipping": {"sqs:acme-prod-orders--shipping-parcel-shipped-v1"},
    },
    "two_apps": {
        "orders/OrderPlaced.v1 on acme-prod-orders": {"sqs:acme-prod-billing--orders-order-placed-v1"},
        "billing/InvoiceIssued.v1 on acme-prod-billing": {"sqs:acme-prod-orders--billing-invoice-issued-v1"},
    },
    "direct_targets": {
        "orders/OrderPlaced.v1 on acme-prod-orders": {
            "sqs:acme-prod-billing--invoices",
            "sns:parcels",
            "kinesis:stream/order-facts",
        },
    },
    "idempotent_consumer": {
        f"orders/{event}.v1 on acme-prod-orders": {"sqs:acme-prod-billing--invoices"}
        for event in ("OrderPlaced", "OrderAmended")
    },
    "cross_region": {
        f"orders/OrderPlaced.v1 on acme-prod-orders in {region}": {
            "sqs:acme-prod-billing--orders-order-placed-v1",
            "sqs:acme-prod-audit--orders-order-placed-v1",
        }
        for region in ("eu-west-1", "eu-central-1")
    },
}
ASSEMBLIES = {
    "reference": ["reference"],
    "single_bus": ["single_bus"],
    "shop": ["shop"],
    "pipeline": ["pipeline/assembly-Pipeline-Prod"],  # what the pipeline deploys, without the pipeline
    "two_apps": ["orders", "billing"],
    "direct_targets": ["direct_targets"],
    "idempotent_consumer": ["idempotent_consumer"],
    "cross_region": ["cross_region"],
}


@pytest.fixture(scope="session")
def topologies(assemblies: Path) -> dict[str, Topology]:
    """The topology of each example."""
    return {name: topology_in(*(assemblies / each for each in folders)) for name, folders in ASSEMBLIES.items()}


@pytest.mark.parametrize("example", FLOWS)
def test_every_event_comes_to_its_consumers_and_to_nothing_else(topologies: dict[str, Topology], example: str) -> None:
    topology = topologies[example]

    received = {
        f"{event.name} on {_place(topology, bus)}": {_called(each) for each in _arrivals(topology, bus.arn, event)}
        for bus in topology.buses
        if bus.stamp is not None
        for event in bus.stamp.publishes
    }

    assert received == FLOWS[example]


@pytest.mark.parametrize("example", FLOWS)
def test_every_declared_flow_is_proved_to_arrive(topologies: dict[str, Topology], example: str) -> None:
    topology = topologies[example]

    proofs = [proof_of(topology, flow) for flow in declared_flows(topology)]

    assert proofs
    assert [str(each.flow) for each in proofs if each.arrives is not True] == []


def test_a_filter_of_the_shop_keeps_out_what_costs_nothing(assemblies: Path) -> None:
    order = {"source": "com.teashop.orders", "detail-type": "OrderPlaced.v1"}
    payments = "teashop-test-payments--orders-order-placed-v1"

    free = {**order, "detail": {"order_id": "o-1", "total": "0"}}
    paid = {**order, "detail": {"order_id": "o-1", "total": "3.00"}}

    assert_delivers(assemblies / "shop", paid, to=payments, bus="teashop-test-orders")
    assert_not_delivered(
        assemblies / "shop", free, to=payments, bus="teashop-test-orders", because="detail.total is '0'"
    )


def test_a_function_of_another_account_gets_large_orders_only(assemblies: Path) -> None:
    order = {"source": "com.acme.orders", "detail-type": "OrderPlaced.v1"}
    small, large = ({**order, "detail": {"order_id": "o-1", "total": total}} for total in (1000, 1001))
    function = "arn:aws:lambda:eu-west-1:222222222222:function:fraud-check"

    assert_delivers(assemblies / "direct_targets", large, to=function, bus="acme-prod-orders")
    assert_not_delivered(
        assemblies / "direct_targets", small, to=function, bus="acme-prod-orders", because="detail.total is 1000"
    )


def test_what_is_published_in_one_stage_never_comes_to_another(topologies: dict[str, Topology]) -> None:
    order = {"source": "com.teashop.orders", "detail-type": "OrderCancelled.v1", "detail": {"order_id": "o-1"}}

    found = trace(topologies["shop"], order, bus="arn:aws:events:eu-west-1:111111111111:event-bus/teashop-test-orders")

    accounts = {each.target_arn.split(":")[4] for each in found.arrivals()}
    assert accounts == {"333333333333", "444444444444"}


def _arrivals(topology: Topology, bus_arn: str, event: EventStamp) -> Iterator[Arrival]:
    (registered, *_) = topology.schemas_of(event.source, event.detail_type)
    assert isinstance(registered.schema, EventSchema)
    found = common_event([], registered.schema)
    assert isinstance(found, Live)
    witness = {key: found.witness[key] for key in ("source", "detail-type", "detail")}
    for each in trace(topology, witness, bus=bus_arn).arrivals():
        if each.arrives is True and not each.last.target.is_bus:
            yield each


def _place(topology: Topology, bus: Bus) -> str:
    """Return the name of a bus, with its Region where another has the same name."""
    namesakes = [each for each in topology.buses if each.name == bus.name]
    return bus.name if len(namesakes) == 1 else f"{bus.name} in {bus.region}"


def _called(arrival: Arrival) -> str:
    """Return the service of a target, with its name where the convention gives it one."""
    parts = arrival.target_arn.split(":", 5)
    return parts[2] if "«" in parts[5] else f"{parts[2]}:{parts[5]}"
