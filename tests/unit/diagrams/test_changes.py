"""The picture of what differs between two states."""

from __future__ import annotations

from dataclasses import replace

from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.diagrams import Picture, folded, picture_of_changes
from cdk_eventbridge_patterns.diagrams.picture import Change, EdgeKind, Remark
from cdk_eventbridge_patterns.differences import State, differences
from cdk_eventbridge_patterns.testing.builders import BILLING, a_bus, a_bus_policy, a_schema, an_event
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.unit.diagrams.world import (
    BILLING_BUS,
    BILLING_FRAME,
    INVOICES,
    LOST,
    ORDERS_BUS,
    ORDERS_FRAME,
    delivery,
    edge,
    estate,
    node,
    subscription,
)

TAKES = subscription().name


def drawn(base: Topology, head: Topology, *notes: str) -> Picture:
    """The picture of what differs."""
    before, after = State(topology=base), State(topology=head)
    return picture_of_changes(before, after, differences(before, after), notes, title="What differs")


def without_subscription() -> Topology:
    return replace(estate(), rules=(delivery(),))


def test_a_new_flow_is_added_and_what_was_there_is_as_before() -> None:
    picture = drawn(without_subscription(), estate())

    assert node(picture, TAKES).change is Change.ADDED
    assert edge(picture, subscription().arn, BILLING_BUS, EdgeKind.DELIVERS).change is Change.ADDED
    assert node(picture, "acme-prod-orders").change is Change.SAME


def test_a_queue_that_was_there_and_gets_something_now_is_as_before() -> None:
    assert node(drawn(without_subscription(), estate()), "lost").change is Change.SAME


def test_a_flow_that_is_gone_is_still_drawn_as_removed() -> None:
    picture = drawn(estate(), without_subscription())

    assert node(picture, TAKES).change is Change.REMOVED
    assert edge(picture, ORDERS_BUS, subscription().arn, EdgeKind.TAKES).change is Change.REMOVED


def test_what_has_nothing_to_do_with_the_change_is_left_out() -> None:
    picture = drawn(without_subscription(), estate())

    assert INVOICES not in {each.id for each in picture.nodes}


def test_a_rule_whose_event_pattern_changes_has_changed_and_its_neighbours_are_shown() -> None:
    pattern = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"], "detail": {"size": ["big"]}}
    head = replace(estate(), rules=(replace(subscription(), event_pattern=pattern), delivery()))

    picture = drawn(estate(), head)

    assert (node(picture, TAKES).change, node(picture, TAKES).remarks) == (Change.CHANGED, (1,))
    assert {ORDERS_BUS, BILLING_BUS, LOST} < {each.id for each in picture.nodes}


def test_an_arrow_says_which_events_it_got_and_lost() -> None:
    cancelled = EventName("orders", "OrderCancelled", 1)
    changed = replace(subscription(), stamp=Stamp(service="billing", consumes=(cancelled,)))

    picture = drawn(estate(), replace(estate(), rules=(changed, delivery())))

    taken = edge(picture, ORDERS_BUS, subscription().arn, EdgeKind.TAKES)
    assert taken.events == ("+ orders/OrderCancelled.v1", "− orders/OrderPlaced.v1")  # noqa: RUF001
    assert taken.change is Change.CHANGED


def test_a_change_of_an_event_is_remarked_on_where_it_is_published() -> None:
    base, head = (
        estate(a_schema({"type": "object", "properties": properties, "required": list(properties)}))
        for properties in ({"total": {"type": "number"}}, {})
    )

    picture = drawn(base, head)

    published = edge(picture, f"{ORDERS_FRAME}/orders", ORDERS_BUS, EdgeKind.PUBLISHES)
    assert published.change is Change.CHANGED
    assert picture.remarks[published.remarks[0] - 1].says.startswith(
        "event changed: orders/OrderPlaced.v1, detail.total"
    )


def test_what_breaks_is_remarked_on_as_an_error_where_it_breaks() -> None:
    allowed = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"},
        "Action": "events:*",
        "Resource": subscription().arn,
    }

    picture = drawn(estate(a_bus_policy(allowed)), estate())

    (number,) = node(picture, TAKES).remarks
    assert picture.remarks[number - 1].severity == "error"
    assert picture.remarks[number - 1].says.startswith("access withdrawn: acme-prod-orders")


def test_a_note_on_what_was_not_seen_stands_beside_the_picture() -> None:
    assert drawn(estate(), estate(), "not all was read").remarks == [
        Remark(severity="info", says="not all was read", drawn=False)
    ]


def test_where_nothing_differs_nothing_is_drawn() -> None:
    picture = drawn(estate(), estate())

    assert (picture.frames, picture.nodes, picture.edges) == ([], [], [])


def test_a_new_bus_is_drawn_in_the_frame_of_its_account() -> None:
    audit = a_bus("acme-prod-audit", account=BILLING, stamp=Stamp(service="audit", publishes=(an_event("Seen"),)))

    picture = drawn(estate(), estate(audit))

    assert (node(picture, "acme-prod-audit").frame, node(picture, "acme-prod-audit").change) == (
        BILLING_FRAME,
        Change.ADDED,
    )


def test_folded_a_service_in_which_something_changed_has_changed() -> None:
    picture = folded(drawn(without_subscription(), estate()))

    assert {each.id: each.change for each in picture.nodes} == {
        f"{ORDERS_FRAME}/orders": Change.CHANGED,
        f"{BILLING_FRAME}/billing": Change.SAME,
    }
    assert [each.change for each in picture.edges] == [Change.ADDED]
