"""Event patterns, parts of which are known at deployment only."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.topology.uncertain_pattern import UncertainPattern
from cdk_eventbridge_patterns.undecided import Answer, Undecided

SOURCE = unknown("parameter 'Source'")
ORDER = {"source": "com.acme.orders", "id": "e-1", "detail": {"total": 3}}


def matches(pattern: dict[str, Any], *unknown_fields: str) -> Answer:
    """Return whether an order matches, as far as is known."""
    read = UncertainPattern.read(pattern, unknown_fields)
    assert read is not None
    if read.surely.matches(ORDER):
        return True
    if read.unknown is not None and read.possibly.matches(ORDER):
        return read.unknown
    return False


def test_a_pattern_that_is_known_is_sure() -> None:
    read = UncertainPattern.read({"source": ["com.acme.orders"]})

    assert read is not None
    assert read.unknown is None
    assert read.surely == read.possibly


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": [SOURCE]},
        {"source": [{"prefix": SOURCE}]},
        {"source": [{"anything-but": [SOURCE]}]},
        {"source": Undecided("parameter 'Source' decides")},
        {"source": [Undecided("parameter 'Source' decides")], "detail": {"total": [3]}},
        {"$or": [{"source": [SOURCE]}, {"source": ["com.acme.billing"]}]},
        {"detail": {"coupon": Undecided("parameter 'Coupon' decides")}},
        {"detail": {"coupon": ["yes", Undecided("parameter 'Coupon' decides")], "total": [3]}},
        {"$or": [{"detail": {"coupon": Undecided("parameter 'Coupon' decides")}}, {"source": ["com.acme.billing"]}]},
    ],
)
def test_what_a_parameter_gives_is_undecided(pattern: dict[str, Any]) -> None:
    assert isinstance(matches(pattern), Undecided)


def test_one_known_value_is_enough_to_match() -> None:
    assert matches({"source": ["com.acme.orders", SOURCE]}) is True
    assert matches({"$or": [{"source": [SOURCE]}, {"detail": {"total": [3]}}]}) is True


def test_one_known_field_is_enough_not_to() -> None:
    assert matches({"source": [SOURCE], "detail": {"total": [4]}}) is False


def test_a_field_of_the_event_that_nobody_knows_is_undecided() -> None:
    assert matches({"id": [{"prefix": "x"}]}) is False
    assert matches({"id": [{"prefix": "x"}]}, "id") == Undecided("the id of the event is not known beforehand")
    assert matches({"source": ["com.acme.orders"]}, "id") is True
    assert isinstance(matches({"$or": [{"id": ["x"]}, {"source": ["com.acme.billing"]}]}, "id"), Undecided)


def test_a_parameter_beside_a_field_that_nobody_knows_is_undecided() -> None:
    assert isinstance(matches({"id": [{"prefix": "e"}], "source": [SOURCE]}, "id"), Undecided)
    assert matches({"id": [{"prefix": "e"}], "source": [SOURCE], "detail": {"total": [4]}}, "id") is False


@pytest.mark.parametrize("pattern", [{"source": "com.acme.orders"}, {"source": [{"near": SOURCE}], "detail": []}])
def test_what_eventbridge_refuses_is_no_pattern(pattern: dict[str, Any]) -> None:
    assert UncertainPattern.read(pattern) is None
