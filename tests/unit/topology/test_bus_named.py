"""Which bus is meant by what somebody wrote."""

from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.errors import QuestionError
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_rule,
    a_topology,
    bus_arn,
)
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.bus_named import bus_named

WORLD = a_topology(a_bus("acme-prod-orders"), a_bus("acme-prod-billing", account=BILLING))


@pytest.mark.parametrize(
    "text",
    ["acme-prod-orders", bus_arn(), "orders", "prod-orders", f"{ORDERS}:event-bus/acme-prod-orders"],
)
def test_a_bus_is_named_by_its_name_its_arn_or_a_tail_of_them(text: str) -> None:
    assert bus_named(WORLD, text) == bus_arn()


def test_a_tail_begins_where_a_word_does() -> None:
    with pytest.raises(QuestionError, match="got 'ders'"):
        bus_named(WORLD, "ders")


def test_a_whole_name_goes_before_a_tail() -> None:
    topology = a_topology(a_bus("orders"), a_bus("acme-prod-orders"))

    assert bus_named(topology, "orders") == bus_arn("orders")


def test_two_buses_of_one_name_are_told_apart_by_the_account() -> None:
    topology = a_topology(a_bus("orders", account=ORDERS), a_bus("orders", account=BILLING))

    with pytest.raises(QuestionError) as error:
        bus_named(topology, "orders")

    theirs = f"arn:aws:events:{REGION}:{{}}:event-bus/orders"
    assert str(error.value) == (
        f"BUS must name one bus, such as '{theirs.format(ORDERS)}' or '{theirs.format(BILLING)}', got 'orders'"
    )
    assert bus_named(topology, f"{BILLING}:event-bus/orders") == theirs.format(BILLING)


def test_a_newer_bus_is_named_without_its_id() -> None:
    newer = f"arn:aws:events:{REGION}:{ORDERS}:event-busv2/orders-v2/abcdefghijklmnopqrstuvwxy"
    topology = a_topology(a_rule(kind=BusKind.V2, on=newer))

    assert bus_named(topology, "orders-v2") == newer


def test_a_bus_that_is_only_spoken_of_can_be_asked_about() -> None:
    on_foreign = a_rule(on=bus_arn("legacy", account="333333333333"), account=BILLING)

    assert bus_named(a_topology(on_foreign), "legacy") == bus_arn("legacy", account="333333333333")


def test_every_account_that_was_read_has_a_default_bus() -> None:
    assert bus_named(WORLD, f"{ORDERS}:event-bus/default") == bus_arn("default")


def test_a_name_that_cloudformation_makes_up_is_named_by_its_construct() -> None:
    generated = a_bus("«name of Orders/Bus»")

    assert bus_named(a_topology(generated), "Orders/Bus") == generated.arn
    assert bus_named(a_topology(generated), generated.arn) == generated.arn


def test_an_unknown_bus_is_told_the_nearest_name() -> None:
    with pytest.raises(QuestionError) as error:
        bus_named(WORLD, "acme-prod-order")

    assert str(error.value) == (
        "BUS must be the name or the ARN of a bus that was read, such as 'acme-prod-orders', got 'acme-prod-order'"
    )


def test_where_there_is_no_bus_that_is_said() -> None:
    with pytest.raises(QuestionError, match=r"there is none, got 'orders'"):
        bus_named(a_topology(), "orders")
