"""A picture with less in it: each service one box, or just what somebody asks for."""

from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.diagrams import folded, narrowed, picture_of
from cdk_eventbridge_patterns.diagrams.picture import Edge, EdgeKind, NodeKind
from cdk_eventbridge_patterns.errors import DiagramError
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, a_bus, a_location, a_rule, a_target, queue_arn
from cdk_eventbridge_patterns.topology.stamp import Stamp
from tests.unit.diagrams.world import (
    BILLING_FRAME,
    BILLINGS,
    INVOICES,
    LOST,
    ORDERS_BUS,
    ORDERS_FRAME,
    a_finding,
    delivery,
    estate,
    node,
    subscription,
)

AUDIT = a_bus("acme-prod-audit", account="333333333333", stamp=Stamp(service="audit"))


def test_folded_each_service_is_one_box_that_counts_what_it_has() -> None:
    picture = folded(picture_of(estate()))

    orders, billing = picture.nodes
    assert (orders.name, orders.kind, orders.says) == (
        "orders",
        NodeKind.SERVICE,
        (f"{ORDERS} · eu-west-1", "1 bus, 1 rule"),
    )
    assert billing.says == (f"{BILLING} · eu-west-1", "1 bus, 1 rule, 2 queues")


def test_folded_what_goes_from_one_to_the_other_remains_with_its_events() -> None:
    picture = folded(picture_of(estate()))

    assert picture.edges == [
        Edge(
            start=f"{ORDERS_FRAME}/orders",
            end=f"{BILLING_FRAME}/billing",
            kind=EdgeKind.TAKES,
            events=("orders/OrderPlaced.v1",),
            service="orders",
        )
    ]


def test_folded_remarks_are_on_the_box_they_are_in_and_on_what_leaves_it() -> None:
    inside, leaving = a_finding(a_location("Deliver")), a_finding(a_location("Take").at("Targets.0"))

    picture = folded(picture_of(estate(), [inside, leaving]))

    assert {each.id: each.remarks for each in picture.nodes} == {
        f"{ORDERS_FRAME}/orders": (),
        f"{BILLING_FRAME}/billing": (1,),
    }
    assert [edge.remarks for edge in picture.edges] == [(2,)]


def test_of_an_event_its_whole_way_is_shown_and_where_it_is_put_when_it_fails() -> None:
    picture = narrowed(picture_of(estate(AUDIT)), ["orders/OrderPlaced.v1"])

    assert {each.id for each in picture.nodes} == {
        f"{ORDERS_FRAME}/orders",
        ORDERS_BUS,
        subscription().arn,
        subscription().known_targets[0].arn,
        delivery().arn,
        INVOICES,
        LOST,
    }


def test_of_a_service_what_it_has_and_the_whole_way_of_its_events_are_shown() -> None:
    picture = narrowed(picture_of(estate(AUDIT)), ["orders"])

    assert INVOICES in {each.id for each in picture.nodes}
    assert {frame.account for frame in picture.frames} == {ORDERS, BILLING}


def test_of_an_account_what_is_in_it_and_next_to_it_is_shown() -> None:
    picture = narrowed(picture_of(estate(AUDIT)), [BILLING])

    assert {each.id for each in picture.nodes} > {INVOICES, LOST, subscription().arn}
    assert ORDERS_BUS not in {each.id for each in picture.nodes}


def test_several_names_show_what_has_to_do_with_any_of_them() -> None:
    picture = narrowed(picture_of(estate(AUDIT)), ["audit", "invoices"])

    assert {each.name for each in picture.nodes} == {
        "acme-prod-audit",
        "invoices",
        "acme-prod-billing--orders-order-placed-v1",
    }


def test_remarks_on_what_is_left_out_are_left_out_and_the_others_numbered_anew() -> None:
    findings = [a_finding(a_location("Take"), "left out"), a_finding(a_location("Deliver"), "kept")]

    picture = narrowed(picture_of(estate(), findings), ["invoices"])

    assert [remark.says for remark in picture.remarks] == ["DLV001: kept"]
    assert node(picture, "acme-prod-billing--orders-order-placed-v1").remarks == (1,)


def test_a_name_that_is_nobodys_is_refused_with_the_one_that_may_be_meant() -> None:
    with pytest.raises(DiagramError, match=r"such as 'acme-prod-orders', got 'acme-prod-order'"):
        narrowed(picture_of(estate()), ["acme-prod-order"])


def test_folded_services_that_share_an_account_are_a_box_each() -> None:
    rule = a_rule(
        a_target(queue_arn("parcels", account=ORDERS)),
        name="acme-prod-shop--order-placed-v1",
        stamp=Stamp(service="shop", consumes=BILLINGS.consumes),
    )

    picture = folded(picture_of(estate(a_bus("acme-prod-shop", stamp=Stamp(service="shop")), rule)))

    says = {each.id: each.says[1] for each in picture.nodes}
    assert says[f"{ORDERS_FRAME}/orders"] == "1 bus, 2 rules"
    assert says[f"{ORDERS_FRAME}/shop"] == "1 bus, 1 queue"
    assert (f"{ORDERS_FRAME}/orders", f"{ORDERS_FRAME}/shop") in {(each.start, each.end) for each in picture.edges}


def test_folded_what_is_of_no_known_service_is_in_a_box_of_its_account() -> None:
    rule = a_rule(a_target(queue_arn("audit", account="333333333333")), name="audit")

    picture = folded(picture_of(estate(rule)))

    assert [each.id for each in picture.nodes if not each.sure] == ["333333333333/eu-west-1"]
