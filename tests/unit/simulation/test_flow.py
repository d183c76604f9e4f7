"""Which flows stamps declare, and from which bus of which stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cdk_eventbridge_patterns.simulation.flow import Flow, declared_flows
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_rule,
    a_target,
    a_topology,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided
from tests.flows import (
    INVOICES,
    ON_BILLING,
    ON_ORDERS,
    ORDER_CONFIRMED,
    ORDER_PLACED,
    a_delivery,
    a_mover,
    pattern_of,
    the_flow,
)

PUBLISHES = Stamp(service="orders", publishes=(ORDER_PLACED,))
CONSUMES = Stamp(service="billing", consumes=(ORDER_PLACED.name,))
TO_BILLING = a_target(ON_BILLING, role_arn=role_arn())
STAGE = unknown("parameter 'Stage'")


def flows(elements: Iterable[Element]) -> list[Flow]:
    return list(declared_flows(a_topology(*elements)))


def test_what_is_subscribed_to_and_delivered_is_one_flow_to_its_queue() -> None:
    (flow,) = flows(the_flow())

    assert str(flow) == f"orders/OrderPlaced.v1 from acme-prod-orders to {INVOICES}"
    assert [mover.name for mover in flow.movers] == ["acme-prod-billing--order-placed-v1"]
    assert flow.consumer == "billing"


def test_a_subscription_that_nothing_is_delivered_from_ends_at_the_bus_of_the_consumer() -> None:
    (flow,) = flows(the_flow(delivery=None))

    assert flow.is_direct
    assert flow.target.arn == ON_BILLING


def test_a_rule_on_the_bus_of_the_producer_is_a_flow_that_nothing_needs_to_bring() -> None:
    own = a_rule(a_target(queue_arn("stock", account=ORDERS)), name="stock", stamp=CONSUMES)

    (flow,) = flows([a_bus(stamp=PUBLISHES), own])

    assert list(flow.ways) == [(own,)]


def test_each_event_and_each_target_of_a_rule_is_a_flow() -> None:
    publishes = Stamp(service="orders", publishes=(ORDER_PLACED, ORDER_CONFIRMED))
    consumes = Stamp(service="orders", consumes=(ORDER_PLACED.name, ORDER_CONFIRMED.name))
    targets = [a_target(queue_arn(name, account=ORDERS), id=name) for name in ("stock", "audit")]

    found = flows([a_bus(stamp=publishes), a_rule(*targets, stamp=consumes)])

    assert {(flow.event.event, flow.target.id) for flow in found} == {
        ("OrderPlaced", "stock"),
        ("OrderPlaced", "audit"),
        ("OrderConfirmed", "stock"),
        ("OrderConfirmed", "audit"),
    }


def test_a_rule_that_asks_for_other_events_brings_nothing() -> None:
    (flow,) = flows(the_flow(mover=a_mover(event_pattern=pattern_of(ORDER_CONFIRMED), stamp=None)))

    assert list(flow.ways) == []
    assert flow.perhaps is None


def test_in_several_stages_a_flow_is_from_the_bus_that_a_rule_brings_it_from() -> None:
    of_test = a_bus("acme-test-orders", stamp=PUBLISHES)

    (flow,) = flows([of_test, *the_flow()])

    assert flow.bus.arn == ON_ORDERS


def test_each_stage_has_its_own_flow() -> None:
    bus, inbox = bus_arn("acme-test-orders"), bus_arn("acme-test-billing", account=BILLING)
    of_test = [
        a_bus("acme-test-orders", stamp=PUBLISHES),
        a_bus("acme-test-billing", account=BILLING),
        a_rule(a_target(inbox, role_arn=role_arn()), on=bus, account=BILLING, stamp=CONSUMES),
        a_delivery(on=inbox),
    ]

    found = flows([*of_test, *the_flow()])

    assert [(flow.bus.name, flow.rule.bus_name) for flow in found] == [
        ("acme-test-orders", "acme-test-billing"),
        ("acme-prod-orders", "acme-prod-billing"),
    ]


def test_where_no_rule_brings_it_a_flow_is_from_the_bus_whose_name_is_most_like_that_of_the_consumer() -> None:
    of_test = a_bus("acme-test-orders", stamp=PUBLISHES)

    (flow,) = flows([of_test, *the_flow(mover=None)])

    assert flow.bus.arn == ON_ORDERS
    assert list(flow.ways) == []


def test_an_event_whose_producer_was_not_read_makes_no_flow() -> None:
    assert flows(the_flow(bus=None)) == []


def test_a_rule_without_a_stamp_declares_no_flow() -> None:
    assert flows([a_bus(stamp=PUBLISHES), a_rule(a_target(INVOICES))]) == []


def test_a_rule_whose_targets_are_given_at_deployment_may_bring_it() -> None:
    given = Undecided("parameter 'Targets' is known at deployment only")

    (flow,) = flows(the_flow(mover=replace(a_mover(), targets=given)))

    assert list(flow.ways) == []
    assert flow.perhaps == given


def test_a_rule_to_a_bus_that_is_known_at_deployment_only_may_bring_it() -> None:
    target = a_target(bus_arn(f"acme-{STAGE}-billing", account=BILLING), role_arn=role_arn())

    found = flows(the_flow(mover=replace(a_mover(), targets=(target,))))

    (flow,) = (each for each in found if each.target.arn == INVOICES)
    assert list(flow.ways) == []
    assert flow.perhaps == Undecided("parameter 'Stage' is known at deployment only")


def test_a_rule_on_a_bus_that_is_known_at_deployment_only_may_bring_it() -> None:
    (flow,) = flows(the_flow(mover=a_mover(on=bus_arn(f"acme-{STAGE}-orders"))))

    assert list(flow.ways) == []
    assert flow.perhaps == Undecided("parameter 'Stage' is known at deployment only")


def test_a_delivery_from_a_bus_that_is_known_at_deployment_only_may_be_of_what_is_brought() -> None:
    found = flows(the_flow(delivery=a_delivery(on=bus_arn(f"acme-{STAGE}-billing", account=BILLING))))

    (flow,) = (each for each in found if each.target.arn == INVOICES)
    assert list(flow.ways) == []
    assert flow.perhaps == Undecided("parameter 'Stage' is known at deployment only")


def test_a_rule_of_which_the_event_pattern_is_given_at_deployment_is_one_that_brings_it() -> None:
    mover = a_mover(event_pattern=Undecided("parameter 'Pattern' is known at deployment only"))

    (flow,) = flows(the_flow(mover=mover))

    assert flow.movers == (mover,)


def test_a_subscriber_without_a_filter_brings_everything() -> None:
    newer = ON_ORDERS.replace("event-bus/", "event-busv2/")
    bus = replace(a_bus(stamp=PUBLISHES), arn=newer, kind=BusKind.V2)
    mover = replace(a_mover(on=newer), kind=BusKind.V2, event_pattern=None)

    (flow,) = flows(the_flow(bus=bus, mover=mover))

    assert flow.movers == (mover,)
