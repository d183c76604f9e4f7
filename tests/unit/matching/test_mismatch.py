"""Why an event pattern does not match an event."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.matching.flatten import flatten
from cdk_eventbridge_patterns.matching.mismatch import mismatches

ORDER = {
    "source": "com.acme.orders",
    "detail": {"total": 3, "lines": [{"sku": "a", "count": 1}, {"sku": "b", "count": 2}]},
}


def why(pattern: dict[str, Any], event: dict[str, Any] | None = None) -> list[str]:
    """Return what keeps an order from matching."""
    return [str(each) for each in mismatches(EventPattern.parse(pattern), flatten(ORDER if event is None else event))]


def test_nothing_keeps_an_event_that_matches() -> None:
    assert why({"source": ["com.acme.orders"], "detail": {"total": [3]}}) == []


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ({"source": ["com.acme.billing"]}, "source is 'com.acme.orders'; asked is ['com.acme.billing']"),
        ({"detail": {"coupon": ["yes"]}}, "detail.coupon is not there; asked is ['yes']"),
        ({"detail": {"total": [{"exists": False}]}}, "detail.total is 3; asked is [{'exists': False}]"),
        ({"detail": {"lines": {"sku": ["c"]}}}, "detail.lines.sku is 'b' and 'a'; asked is ['c']"),
    ],
)
def test_a_field_that_is_not_as_asked_is_named_with_both(pattern: dict[str, Any], reason: str) -> None:
    assert why(pattern) == [reason]


def test_of_many_values_some_are_shown() -> None:
    many = {"detail": {"tags": ["a", "b", "c", "d"]}}

    (reason,) = why({"detail": {"tags": ["x"]}}, many)

    assert reason.endswith(" …; asked is ['x']")


def test_all_fields_that_are_not_as_asked_are_named() -> None:
    assert len(why({"source": ["x"], "detail": {"total": [4], "coupon": ["yes"]}})) == 3


def test_of_alternatives_the_one_with_the_fewest_counts() -> None:
    pattern = {"$or": [{"source": ["x"], "detail": {"total": [4]}}, {"detail": {"total": [5]}}]}

    assert why(pattern) == ["detail.total is 3; asked is [5]"]


def test_what_no_single_element_of_an_array_has_is_no_field() -> None:
    (reason,) = mismatches(EventPattern.parse({"detail": {"lines": {"sku": ["a"], "count": [2]}}}), flatten(ORDER))

    assert (reason.path, str(reason)) == ("", "no single element of the arrays has all that is asked of one")
