"""Loops through code: what comes to a function, and what it may publish that leads back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from cdk_eventbridge_patterns.simulation.loop import loops
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_location,
    a_queue,
    a_receiver,
    a_role,
    a_rule,
    a_target,
    a_topology,
    an_event,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.feed import Feed
from cdk_eventbridge_patterns.topology.receiver import Receiver
from cdk_eventbridge_patterns.topology.security import Role
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided
from tests.flows import ON_BILLING, ON_ORDERS, ORDER_CONFIRMED, ORDER_PLACED, a_mover, pattern_of

INVOICE_ISSUED = an_event("InvoiceIssued", service="billing")
CONFIRM = f"arn:aws:lambda:eu-west-1:{ORDERS}:function:confirm"
CHARGE = f"arn:aws:lambda:eu-west-1:{BILLING}:function:charge"
STAGE = unknown("parameter 'Stage'")
GIVEN = Undecided("parameter 'Stage' is known at deployment only")
bus = a_bus(stamp=Stamp(service="orders", publishes=(ORDER_PLACED, ORDER_CONFIRMED)))


def named(*events: EventStamp) -> dict[str, Any]:
    """Return the condition that holds a role to *events*."""
    sources, detail_types = [each.source for each in events], [each.detail_type for each in events]
    return {"StringEquals": {"events:source": sources, "events:detail-type": detail_types}}


def publish(on: str, condition: Mapping[str, Any] | None) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": on}
    return statement if condition is None else {**statement, "Condition": condition}


def a_function(arn: str = CONFIRM, **properties: Any) -> Receiver:
    """Return a function, whose role has its name."""
    name, account = arn.rpartition(":")[2], arn.split(":")[4]
    return a_receiver(arn, "AWS::Lambda::Function", role_arn=role_arn(name, account=account), **properties)


def a_publisher(*events: EventStamp, name: str = "confirm", on: str = ON_ORDERS, account: str = ORDERS) -> Role:
    return a_role(name, publish(on, named(*events)), account=account)


def a_feed(source: str, to: str) -> Feed:
    return Feed(source_arn=source, to_arn=to, account=ORDERS, region="eu-west-1", location=a_location("Mapping"))


def found(*elements: Element) -> list[str]:
    return [f"{turn.code.name} by {turn.publishes.event}: {answer}" for turn, answer in loops(a_topology(*elements))]


to_function = a_rule(a_target(CONFIRM))


def test_a_function_that_may_publish_what_it_gets_is_a_loop() -> None:
    assert found(bus, to_function, a_function(), a_publisher(ORDER_PLACED)) == ["function:confirm by OrderPlaced: True"]


def test_a_function_that_publishes_another_event_is_none() -> None:
    assert found(bus, to_function, a_function(), a_publisher(ORDER_CONFIRMED)) == []


def test_of_several_events_that_one_counts_which_comes_back() -> None:
    publisher = a_publisher(ORDER_PLACED, ORDER_CONFIRMED)

    assert found(bus, to_function, a_function(), publisher) == ["function:confirm by OrderPlaced: True"]


def test_a_role_that_may_publish_anything_says_nothing() -> None:
    wide = a_role("confirm", publish("*", None), account=ORDERS)

    assert found(bus, to_function, a_function(), wide) == []


def test_that_the_policy_of_a_bus_holds_an_account_to_some_events_says_nothing_of_a_role() -> None:
    charge = a_rule(a_target(ON_BILLING, role_arn=role_arn()), account=BILLING)
    delivery = a_rule(a_target(CHARGE), name="charge", on=ON_BILLING, account=BILLING)
    let_in = {**publish(ON_ORDERS, named(ORDER_PLACED)), "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"}}
    wide = a_role("charge", publish("*", None))
    held = a_publisher(ORDER_PLACED, name="charge", account=BILLING)

    others = [bus, charge, delivery, a_function(CHARGE), a_bus_policy(let_in)]

    assert found(*others, wide) == []
    assert found(*others, held) == ["function:charge by OrderPlaced: True"]


def test_a_role_that_the_bus_of_another_account_refuses_makes_no_loop() -> None:
    delivery = a_rule(a_target(CHARGE), name="charge", on=ON_BILLING, account=BILLING)
    held = a_publisher(ORDER_PLACED, name="charge", account=BILLING)

    assert found(bus, a_mover(), delivery, a_function(CHARGE), held) == []


def test_a_denial_ends_a_loop() -> None:
    deny = {**publish(ON_ORDERS, None), "Effect": "Deny"}
    denied = a_role("confirm", publish(ON_ORDERS, named(ORDER_PLACED)), deny, account=ORDERS)

    assert found(bus, to_function, a_function(), denied) == []


@pytest.mark.parametrize("alias", ["", ":live", ":7"])
def test_a_queue_and_an_event_source_mapping_lead_to_a_function_or_an_alias_of_it(alias: str) -> None:
    queue = a_queue("confirmations", account=ORDERS)
    elements = [a_rule(a_target(queue.arn)), queue, a_feed(queue.arn, CONFIRM + alias), a_function()]

    assert found(bus, *elements, a_publisher(ORDER_PLACED)) == ["function:confirm by OrderPlaced: True"]


def test_a_topic_a_queue_and_an_event_source_mapping_lead_to_a_function() -> None:
    topic, queue = f"arn:aws:sns:eu-west-1:{ORDERS}:orders", queue_arn("confirmations", account=ORDERS)
    feeds = [a_feed(topic, queue), a_feed(queue, CONFIRM)]

    elements = [bus, a_rule(a_target(topic)), *feeds, a_function(), a_publisher(ORDER_PLACED)]

    assert found(*elements) == ["function:confirm by OrderPlaced: True"]


def test_queues_that_feed_each_other_are_followed_once() -> None:
    one, other = queue_arn("one", account=ORDERS), queue_arn("other", account=ORDERS)
    feeds = [a_feed(one, other), a_feed(other, one), a_feed(other, CONFIRM)]

    elements = [bus, a_rule(a_target(one)), *feeds, a_function(), a_publisher(ORDER_PLACED)]

    assert found(*elements) == ["function:confirm by OrderPlaced: True"]


def two_functions(**of_charge: Any) -> Iterable[Element]:
    """Return a loop of two turns: OrderPlaced to charge, InvoiceIssued to confirm, OrderPlaced again."""
    to_orders = a_rule(
        a_target(ON_ORDERS, role_arn=role_arn("from-billing", account=ORDERS)),
        name="invoice-issued-v1",
        on=ON_BILLING,
        event_pattern=pattern_of(INVOICE_ISSUED),
    )
    return (
        bus,
        a_bus("acme-prod-billing", account=BILLING, stamp=Stamp(service="billing", publishes=(INVOICE_ISSUED,))),
        a_mover(),
        a_rule(a_target(CHARGE), name="charge", **{"on": ON_BILLING, "account": BILLING, **of_charge}),
        to_orders,
        a_rule(a_target(CONFIRM), name="confirm", event_pattern=pattern_of(INVOICE_ISSUED)),
        a_function(CHARGE),
        a_function(CONFIRM),
        a_publisher(INVOICE_ISSUED, name="charge", on=ON_BILLING, account=BILLING),
    )


def test_a_loop_through_two_functions_is_found_at_both() -> None:
    assert found(*two_functions(), a_publisher(ORDER_PLACED)) == [
        "function:charge by InvoiceIssued: True",
        "function:confirm by OrderPlaced: True",
    ]


def test_where_the_second_function_publishes_another_event_there_is_none() -> None:
    assert found(*two_functions(), a_publisher(ORDER_CONFIRMED)) == []


def test_a_turn_of_which_nobody_can_say_whether_it_is_open_leaves_the_whole_loop_undecided() -> None:
    assert found(*two_functions(conditional=GIVEN), a_publisher(ORDER_PLACED)) == [
        f"function:charge by InvoiceIssued: {GIVEN}",
        f"function:confirm by OrderPlaced: {GIVEN}",
    ]


def test_another_way_that_is_surely_open_decides() -> None:
    perhaps = a_rule(a_target(CONFIRM), name="perhaps", conditional=GIVEN)

    assert found(bus, perhaps, to_function, a_function(), a_publisher(ORDER_PLACED)) == [
        f"function:confirm by OrderPlaced: {GIVEN}",
        "function:confirm by OrderPlaced: True",
    ]


def test_an_event_in_a_permission_that_is_known_at_deployment_only_leaves_it_undecided() -> None:
    condition = {"StringEquals": {"events:source": ORDER_PLACED.source, "events:detail-type": f"Order{STAGE}.v1"}}
    role = a_role("confirm", publish(ON_ORDERS, condition), account=ORDERS)

    assert found(bus, to_function, a_function(), role) == [f"function:confirm by OrderPlaced: {GIVEN}"]


def test_the_role_of_a_function_is_asked_by_its_own_policies_without_regard_to_case() -> None:
    condition = {"StringEqualsIgnoreCase": {"events:detail-type": "orderplaced.V1"}}
    role = a_role("confirm", publish(ON_ORDERS, condition), account=ORDERS)

    assert found(bus, to_function, a_function(), role) == ["function:confirm by OrderPlaced: True"]
