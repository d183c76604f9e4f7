"""A question that several checks ask is answered once for each topology."""

from __future__ import annotations

from cdk_eventbridge_patterns.testing.builders import a_bus, a_topology
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.once import once
from cdk_eventbridge_patterns.topology.topology import Topology

ASKED: list[str] = []


@once
def name_of(topology: Topology, bus: Bus, suffix: str) -> str:
    ASKED.append(bus.name)
    return f"{bus.name}{suffix} of {len(topology.buses)}"


def test_what_was_asked_before_is_not_asked_again() -> None:
    orders = a_bus()
    topology = a_topology(orders)
    ASKED.clear()

    assert name_of(topology, orders, "!") == name_of(topology, orders, "!") == "acme-prod-orders! of 1"
    assert ASKED == ["acme-prod-orders"]


def test_elements_texts_and_topologies_are_told_apart() -> None:
    orders, billing = a_bus(), a_bus("acme-prod-billing")
    topology = a_topology(orders, billing)

    assert name_of(topology, orders, "!") == "acme-prod-orders! of 2"
    assert name_of(topology, orders, "?") == "acme-prod-orders? of 2"
    assert name_of(topology, billing, "!") == "acme-prod-billing! of 2"
    assert name_of(a_topology(orders), orders, "!") == "acme-prod-orders! of 1"
