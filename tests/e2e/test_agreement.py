"""The trace and the emulator say the same of an event; where they differ, it is a fault that we know of.

What each contract's own event does is compared with the examples.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.local import Deployment, Emulator
from cdk_eventbridge_patterns.local.stacks import stacks_of
from cdk_eventbridge_patterns.simulation import trace
from cdk_eventbridge_patterns.testing import topology_in
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.e2e.functions import playable
from tests.e2e.receivers import Receivers, called

ORDERS, PAYMENTS, STRANGER = "111111111111", "222222222222", "999999999999"
REGION = "eu-west-1"

ORDER = {
    "order_id": "o-1",
    "customer_id": "c-7",
    "lines": [{"article": "teapot", "quantity": 1}],
    "total": "31.50",
    "placed_at": "2026-11-23T09:30:00Z",
}


def placed(**changed: Any) -> dict[str, Any]:
    """Return an order, as an entry of PutEvents."""
    return {"source": "com.teashop.orders", "detail-type": "OrderPlaced.v1", "detail": {**ORDER, **changed}}


# By what is special about it: the event, who publishes it and to which bus of the shop.
EVENTS: Mapping[str, tuple[dict[str, Any], str, str]] = {
    "an order": (placed(), ORDERS, "orders"),
    "an order that costs nothing": (placed(total="0.00"), ORDERS, "orders"),
    "an order whose total is a number": (placed(total=0), ORDERS, "orders"),
    "an order without a total": ({**placed(), "detail": {"order_id": "o-1"}}, ORDERS, "orders"),
    "an order of another version": ({**placed(), "detail-type": "OrderPlaced.v2"}, ORDERS, "orders"),
    "an order of another stage's source": ({**placed(), "source": "com.teashop.order"}, ORDERS, "orders"),
    "an order on the bus of who consumes it": (placed(), PAYMENTS, "payments"),
    "an order of a stranger": (placed(), STRANGER, "orders"),
}

# What differs, and why; each is among the shortcomings that docs/local.md lists.
FAULTS = {"an order of a stranger": "PutEvents is not held to the policy of the bus"}


@pytest.fixture(scope="module")
def shop(assemblies: Path, eventbridge_emulator: Emulator) -> Iterator[Deployment]:
    deployment = Deployment(eventbridge_emulator)
    assembly = playable(assemblies / "shop")
    names = [each.name for each in stacks_of(assembly) if each.name.startswith("teashop-test-")]
    deployment.deploy(assembly, stacks=names)
    yield deployment
    deployment.remove()


@pytest.fixture(scope="module")
def topology(assemblies: Path) -> Topology:
    return topology_in(assemblies / "shop")


@pytest.mark.parametrize("name", EVENTS)
def test_the_emulator_delivers_what_is_traced_to_arrive(shop: Deployment, topology: Topology, name: str) -> None:
    event, publisher, service = EVENTS[name]
    owner = PAYMENTS if service == "payments" else ORDERS
    bus = f"arn:aws:events:{REGION}:{owner}:event-bus/teashop-test-{service}"
    traced = {
        called(each.target_arn)
        for each in trace(topology, event, bus=bus, publisher=publisher).arrivals()
        if each.arrives is True and not each.last.target.is_bus
    }

    with closing(Receivers(shop)) as receivers:
        _publish(shop, event, bus, publisher)
        received = receivers.received(len(traced))

    assert (received != traced) == (name in FAULTS)


def _publish(shop: Deployment, event: Mapping[str, Any], bus: str, publisher: str) -> None:
    entry = {
        "EventBusName": bus,
        "Source": event["source"],
        "DetailType": event["detail-type"],
        "Detail": json.dumps(event["detail"]),
    }
    shop.session(publisher).client("events").put_events(Entries=[entry])
