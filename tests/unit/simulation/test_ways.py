"""The ways that a kind of event may take, as far as source and detail-type say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.simulation.ways import Way, ways_of
from cdk_eventbridge_patterns.testing.builders import BILLING, a_rule, a_target, a_topology, bus_arn, queue_arn
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Answer, Undecided
from tests.flows import INVOICES, ON_BILLING, ON_ORDERS, ORDER_CONFIRMED, ORDER_PLACED, a_delivery, a_mover, pattern_of

STAGE = unknown("parameter 'Stage'")
GIVEN = Undecided("parameter 'Stage' is known at deployment only")


def ways(*elements: Element) -> list[Way]:
    return list(ways_of(a_topology(*elements), ORDER_PLACED, ON_ORDERS))


def ends(found: Iterable[Way]) -> dict[str, Answer]:
    return {way.target.arn: way.open for way in found}


def test_an_event_goes_along_a_rule_and_by_one_move_along_another() -> None:
    mover, delivery = a_mover(), a_delivery()

    assert [way.rules for way in ways(mover, delivery)] == [(mover,), (mover, delivery)]
    assert ends(ways(mover, delivery)) == {ON_BILLING: True, INVOICES: True}


def test_it_is_not_moved_to_a_third_bus() -> None:
    onward = a_rule(a_target(bus_arn("acme-prod-shipping")), on=ON_BILLING)

    assert ends(ways(a_mover(), onward)) == {ON_BILLING: True}


def test_a_rule_that_puts_it_back_on_its_own_bus_leads_nowhere() -> None:
    back = a_rule(a_target(ON_ORDERS), a_target(INVOICES))

    assert [way.target.arn for way in ways(back)] == [ON_ORDERS, INVOICES]


@pytest.mark.parametrize(
    "shut",
    [
        {"event_pattern": pattern_of(ORDER_CONFIRMED)},
        {"event_pattern": None},
        {"event_pattern": "{no JSON"},
        {"event_pattern": {"source": "com.acme.orders"}},
        {"enabled": False},
    ],
)
def test_a_rule_that_surely_does_not_take_it_is_no_way(shut: dict[str, Any]) -> None:
    assert ways(a_mover(**shut), a_delivery()) == []


@pytest.mark.parametrize(
    "unsure",
    [
        {"event_pattern": {"source": [f"com.{STAGE}.orders"]}},
        {"event_pattern": GIVEN},
        {"enabled": GIVEN},
        {"conditional": GIVEN},
    ],
)
def test_a_rule_of_which_nobody_can_say_whether_it_takes_it_is_a_way_that_may_be_open(unsure: dict[str, Any]) -> None:
    assert ends(ways(a_mover(**unsure), a_delivery())) == {ON_BILLING: GIVEN, INVOICES: GIVEN}
    assert ends(ways(a_mover(), a_delivery(**unsure))) == {ON_BILLING: True, INVOICES: GIVEN}


def test_what_is_asked_of_the_detail_is_not_looked_at() -> None:
    asking = a_rule(a_target(INVOICES), event_pattern=pattern_of(ORDER_PLACED, status=["open"]))

    assert ends(ways(asking)) == {INVOICES: True}


def test_a_subscriber_without_a_filter_is_a_way_for_everything() -> None:
    ledger = replace(a_rule(a_target(INVOICES), event_pattern=None), kind=BusKind.V2)

    assert ends(ways(ledger)) == {INVOICES: True}


def test_of_many_rules_those_are_found_that_ask_for_it() -> None:
    others = [
        a_rule(a_target(queue_arn(f"queue-{n}")), name=f"rule-{n}", event_pattern={"source": [f"com.acme.s{n}"]})
        for n in range(10)
    ]
    wide = a_rule(a_target(queue_arn("audit")), name="audit", event_pattern={"source": [{"prefix": "com.acme."}]})

    assert ends(ways(*others, wide, a_mover(), a_delivery())) == {
        queue_arn("audit", account=BILLING): True,
        ON_BILLING: True,
        INVOICES: True,
    }
