from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.checks.contracts.rule_matches_nothing_published import RuleMatchesNothingPublished
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    a_bus,
    a_rule,
    a_target,
    an_event,
    bus_arn,
)
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

CHECK = RuleMatchesNothingPublished()
ORDERS_BUS = a_bus(stamp=Stamp(service="orders", publishes=[an_event(), an_event("OrderCancelled")]))
BILLING_BUS = bus_arn("acme-prod-billing", account=BILLING)
FOR_ORDER_PLACED = Stamp(service="billing", consumes=[EventName("orders", "OrderPlaced", 1)])


def waits_for(source: object = "com.acme.orders", detail_type: object = "OrderPlaced.v1", **rule: Any) -> Rule:
    return a_rule(**{"name": "ship", "event_pattern": {"source": [source], "detail-type": [detail_type]}, **rule})


# -- by what is published on the bus


def test_a_misspelt_detail_type_is_found_with_the_nearest_that_is_published() -> None:
    (line,) = judged(CHECK, ORDERS_BUS, waits_for(detail_type="OrderPlcaed.v1"))

    assert line == (
        "error at Ruleship EventPattern: rule 'ship' matches nothing that bus 'acme-prod-orders' publishes; "
        "the nearest is OrderPlaced.v1 of com.acme.orders"
    )


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["com.acme.order"], "detail-type": ["OrderPlaced.v1"]},
        {"source": [{"prefix": "com.acme.billing"}]},
        {"detail-type": [{"suffix": ".v2"}]},
        {"$or": [{"source": ["com.acme.shop"]}, {"detail-type": ["OrderShipped.v1"]}]},
        {"source": [{"exists": False}]},
    ],
)
def test_operators_are_understood(pattern: Mapping[str, Any]) -> None:
    (line,) = judged(CHECK, ORDERS_BUS, a_rule(name="ship", event_pattern=pattern))

    assert line.startswith("error at Ruleship EventPattern: rule 'ship' matches nothing")


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1", "OrderShipped.v1"]},
        {"detail-type": [{"prefix": "Order"}], "detail": {"status": ["paid"]}},
        {"detail": {"status": ["paid"]}},
        {"$or": [{"source": ["com.acme.shop"]}, {"detail": {"status": ["paid"]}}]},
        {"source": ["com.acme.shop"], "detail-type": []},
    ],
)
def test_a_rule_that_may_match_is_fine_and_so_is_one_that_another_check_refuses(pattern: Mapping[str, Any]) -> None:
    assert judged(CHECK, ORDERS_BUS, a_rule(event_pattern=pattern)) == []


def test_of_a_bus_without_contracts_nothing_is_known() -> None:
    assert judged(CHECK, a_bus(), waits_for("com.acme.shop")) == []
    assert judged(CHECK, a_bus(stamp=Stamp(service="orders")), waits_for("com.acme.shop")) == []
    assert judged(CHECK, waits_for("com.acme.shop")) == []


def brings(source: str, to: str = ORDERS_BUS.arn) -> Rule:
    return a_rule(a_target(to), on=BILLING_BUS, name="bring", event_pattern={"source": [source]})


def test_what_another_bus_brings_counts_too() -> None:
    waiting = waits_for("com.acme.billing", "InvoiceIssued.v1")

    assert judged(CHECK, ORDERS_BUS, waiting, brings("com.acme.billing")) == []
    (line,) = judged(CHECK, ORDERS_BUS, waiting, brings("com.acme.shop"))
    assert line.startswith("error at Ruleship EventPattern")


@pytest.mark.parametrize(
    "bringing",
    [
        brings("com.acme.billing", bus_arn("«parameter 'Bus'»")),
        replace(brings("com.acme.billing"), targets=Undecided("parameter 'Bus' is known at deployment only")),
    ],
)
def test_what_may_be_brought_is_undecided(bringing: Rule) -> None:
    (line,) = judged(CHECK, ORDERS_BUS, waits_for("com.acme.billing", "InvoiceIssued.v1"), bringing)

    assert line == (
        "undecided at Ruleship EventPattern: whether rule 'ship' matches anything that comes to bus 'acme-prod-orders' "
        "is undecided: parameter 'Bus' is known at deployment only"
    )


@pytest.mark.parametrize("unknown", ["«parameter 'Source'»", {"prefix": Undecided("parameter 'Source'")}])
def test_an_unknown_source_is_undecided_where_it_may_be_the_right_one(unknown: object) -> None:
    (line,) = judged(CHECK, ORDERS_BUS, waits_for(unknown))

    assert line.startswith("undecided at Ruleship EventPattern: whether rule 'ship' matches anything")
    assert judged(CHECK, ORDERS_BUS, waits_for(unknown, "OrderShipped.v1"))[0].startswith("error")
    known_too = {"source": [unknown, "com.acme.orders"]}
    assert judged(CHECK, ORDERS_BUS, a_rule(event_pattern=known_too)) == []


def test_events_of_aws_are_another_checks() -> None:
    assert judged(CHECK, ORDERS_BUS, waits_for("aws.s3", "Object Created")) == []


# -- by what the rule says it is for


def consumer_bus() -> Bus:
    return a_bus("acme-prod-billing", account=BILLING, stamp=Stamp(service="billing"))


def test_a_rule_that_does_not_match_what_it_is_for_is_found_on_any_bus() -> None:
    delivery = waits_for(detail_type="OrderPlcaed.v1", on=BILLING_BUS, stamp=FOR_ORDER_PLACED)

    (line,) = judged(CHECK, ORDERS_BUS, consumer_bus(), delivery)

    assert line == (
        "error at Ruleship EventPattern: rule 'ship' is for OrderPlaced.v1 of com.acme.orders, and does not match it"
    )
    assert judged(CHECK, ORDERS_BUS, consumer_bus(), waits_for(on=BILLING_BUS, stamp=FOR_ORDER_PLACED)) == []


def test_a_rule_for_two_events_must_match_both() -> None:
    events = [EventName("orders", "OrderPlaced", 1), EventName("orders", "OrderCancelled", 1)]
    both = Stamp(service="billing", consumes=events)

    (line,) = judged(CHECK, ORDERS_BUS, waits_for(stamp=both))

    assert "is for OrderCancelled.v1 of com.acme.orders, and does not match it" in line


def test_whether_it_matches_what_it_is_for_may_be_undecided() -> None:
    (line,) = judged(CHECK, ORDERS_BUS, waits_for("«parameter 'Source'»", stamp=FOR_ORDER_PLACED))

    assert line == (
        "undecided at Ruleship EventPattern: whether rule 'ship' matches OrderPlaced.v1 of com.acme.orders "
        "is undecided: parameter 'Source' is known at deployment only"
    )


def test_what_its_producer_does_not_publish_is_another_checks() -> None:
    gone = Stamp(service="billing", consumes=[EventName("orders", "OrderShipped", 1)])

    assert judged(CHECK, ORDERS_BUS, waits_for(detail_type="OrderShipped.v1", stamp=gone)) == []


def test_an_event_of_a_producer_whose_templates_were_not_read_may_come_from_anywhere() -> None:
    unread = Stamp(service="orders", consumes=[EventName("shop", "BasketFilled", 1)])

    assert judged(CHECK, ORDERS_BUS, waits_for("com.acme.shop", "BasketFilled.v1", stamp=unread)) == []
