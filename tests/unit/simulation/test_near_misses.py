"""Rules that ask for such an event, and just not for this one."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.testing.builders import a_rule, a_target
from cdk_eventbridge_patterns.topology.text import unknown
from tests.unit.simulation.world import DELIVERY, ORDER_PATTERN, OWN_QUEUE, OWN_RULE, of, placed


def near(pattern: Any) -> list[str]:
    """Return why a rule with a pattern just misses an order, nothing where it is not near."""
    rule = a_rule(a_target(OWN_QUEUE), name=OWN_RULE.name, event_pattern=pattern)
    (bus,) = placed(of(DELIVERY, rule=rule)).buses()
    return [each.match.reason for each in bus.near_misses]


@pytest.mark.parametrize(
    ("detail", "reason"),
    [
        ({"total": [4]}, "detail.total is 3; asked is [4]"),
        ({"coupon": ["yes"]}, "detail.coupon is not there; asked is ['yes']"),
    ],
)
def test_a_rule_for_the_event_that_asks_for_another_detail_is_a_near_miss(detail: Any, reason: str) -> None:
    assert near({**ORDER_PATTERN, "detail": detail}) == [reason]


def test_all_fields_in_the_way_are_named() -> None:
    (reason,) = near({**ORDER_PATTERN, "detail": {"total": [4], "order_id": [{"prefix": "x-"}]}})

    assert reason == "detail.order_id is 'o-1'; asked is [{'prefix': 'x-'}]; detail.total is 3; asked is [4]"


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["com.acme.billing"], "detail": {"total": [4]}},
        {"detail-type": ["OrderCancelled.v1"]},
        ORDER_PATTERN,
        {"source": [unknown("parameter 'Source'")]},
    ],
)
def test_a_rule_for_other_events_or_for_this_one_is_none(pattern: Any) -> None:
    assert near(pattern) == []


def test_of_alternatives_the_nearest_counts() -> None:
    pattern = {**ORDER_PATTERN, "$or": [{"detail": {"total": [4], "coupon": ["yes"]}}, {"detail": {"total": [5]}}]}

    assert near(pattern) == ["detail.total is 3; asked is [5]"]
