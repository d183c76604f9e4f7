"""Which event is meant by what somebody wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.errors import QuestionError
from cdk_eventbridge_patterns.testing.builders import BILLING, a_bus, a_topology, an_event
from cdk_eventbridge_patterns.topology.event_named import event_named
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp
from cdk_eventbridge_patterns.topology.topology import Topology


def publishing(*events: EventStamp) -> Topology:
    return a_topology(a_bus(stamp=Stamp(service="orders", publishes=events)))


@pytest.mark.parametrize("text", ["orders/OrderPlaced.v1", "orders/OrderPlaced", "OrderPlaced.v1", "OrderPlaced"])
def test_an_event_is_named_by_as_much_as_tells_it_apart(text: str) -> None:
    assert event_named(publishing(an_event(), an_event("OrderCancelled")), text) == an_event()


def test_two_versions_are_told_apart() -> None:
    topology = publishing(an_event(), an_event(version=2))

    with pytest.raises(QuestionError) as error:
        event_named(topology, "orders/OrderPlaced")

    assert str(error.value) == (
        "event must name one event, such as 'orders/OrderPlaced.v1' or 'orders/OrderPlaced.v2', "
        "got 'orders/OrderPlaced'"
    )
    assert event_named(topology, "OrderPlaced.v2") == an_event(version=2)


def test_an_event_of_two_stages_is_one_event() -> None:
    stamp = Stamp(service="orders", publishes=(an_event(),))
    topology = a_topology(
        a_bus("acme-prod-orders", stamp=stamp), a_bus("acme-test-orders", account=BILLING, stamp=stamp)
    )

    assert event_named(topology, "OrderPlaced") == an_event()


def test_an_event_that_two_stages_publish_by_different_sources_is_two() -> None:
    test = replace(an_event(), source="com.acme.test.orders")
    topology = publishing(an_event(), test)

    with pytest.raises(QuestionError, match=r"of source com\.acme\.orders' or '.* of source com\.acme\.test\.orders'"):
        event_named(topology, "OrderPlaced")


def test_an_unknown_event_is_told_the_nearest() -> None:
    with pytest.raises(QuestionError, match="such as 'orders/OrderPlaced', got 'orders/OrderPlaces'"):
        event_named(publishing(an_event()), "orders/OrderPlaces")


def test_where_no_bus_declares_events_that_is_said() -> None:
    with pytest.raises(QuestionError, match="there is none, got 'OrderPlaced'"):
        event_named(a_topology(a_bus()), "OrderPlaced")
