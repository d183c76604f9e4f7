"""Patterns that differ only in spelling are equal; those that differ in more are not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.matching import EventPattern

Pattern = str | dict[str, Any]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"a": ["1"], "b": ["2"]}, {"b": ["2"], "a": ["1"]}, id="order of fields"),
        pytest.param({"a": ["1", "2"]}, {"a": ["2", "1", "2"]}, id="order of values"),
        pytest.param({"a": {"b": ["1"]}}, {"a.b": ["1"]}, id="dots"),
        pytest.param('{"a": [3, 1e400]}', '{"a": [1e400, 3.0]}', id="numbers"),
        pytest.param({"a": ["10.0.0.1"]}, {"a": ["010.0.0.001"]}, id="addresses"),
        pytest.param({"a": ["::1"]}, {"a": ["0:0:0:0:0:0:0:1"]}, id="IPv6 addresses"),
        pytest.param({"a": [{"cidr": "10.0.0.0/24"}]}, {"a": [{"cidr": "10.0.0.9/24"}]}, id="networks"),
        pytest.param({"a": [{"numeric": ["=", 3]}]}, {"a": [3]}, id="equal numbers"),
        pytest.param({"a": [{"exactly": "x"}]}, {"a": ["x"]}, id="exactly"),
        pytest.param({"a": [{"anything-but": "x"}]}, {"a": [{"anything-but": ["x", "x"]}]}, id="anything but one"),
        pytest.param(
            {"a": [{"anything-but": {"prefix": ["x", "y"]}}]},
            {"a": [{"anything-but": {"prefix": ["y", "x"]}}]},
            id="anything but prefixes",
        ),
        pytest.param(
            {"s": ["x"], "$or": [{"a": ["1"]}, {"b": ["2"]}]},
            {"$or": [{"b": ["2"], "s": ["x"]}, {"s": ["x"], "a": ["1"]}]},
            id="alternatives",
        ),
        pytest.param({"a": ["1"], "$or": [{"b": ["2"]}, {"b": ["2"]}]}, {"b": ["2"], "a": ["1"]}, id="the same twice"),
        pytest.param('{"a": ["1"], "a": ["2"]}', {"a": ["2"]}, id="keys that occur twice"),
    ],
)
def test_what_differs_only_in_spelling_is_equal(one: Pattern, other: Pattern) -> None:
    first, second = EventPattern.parse(one), EventPattern.parse(other)

    assert first == second
    assert len({first, second}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"a": ["3"]}, {"a": [3]}, id="text and number"),
        pytest.param({"a": [None]}, {"a": ["null"]}, id="text and null"),
        pytest.param({"a": [{"exactly": "10.0.0.1"}]}, {"a": ["10.0.0.1"]}, id="text and address"),
        pytest.param({"a": [{"numeric": [">", 3]}]}, {"a": [{"numeric": [">=", 3]}]}, id="bounds"),
        pytest.param({"a": ["1"]}, {"$or": [{"a": ["1"]}, {"b": ["2"]}]}, id="another alternative"),
        pytest.param({"a": [{"exists": True}]}, {"a": [{"exists": False}]}, id="exists"),
    ],
)
def test_what_matches_otherwise_is_not_equal(one: Pattern, other: Pattern) -> None:
    assert EventPattern.parse(one) != EventPattern.parse(other)


def test_the_canonical_form_is_an_event_pattern_with_dotted_paths_in_order() -> None:
    pattern = EventPattern.parse({"source": ["b", "a"], "detail": {"total": [{"numeric": [">=", 1.50, "<", 1e20]}]}})

    assert pattern.canonical() == '{"detail.total":[{"numeric":[">=",1.5,"<",1e+20]}],"source":["a","b"]}'


def test_a_field_named_like_an_operator_stays_outside_of_or() -> None:
    pattern = EventPattern.parse({"prefix": ["a"], "$or": [{"b": ["1"]}, {"c": ["2"]}]})

    assert json.loads(pattern.canonical()) == {"prefix": ["a"], "$or": [{"b": ["1"]}, {"c": ["2"]}]}
    assert EventPattern.parse(pattern.canonical()) == pattern


def test_a_field_named_or_stays_a_field() -> None:
    pattern = EventPattern.parse({"$or": {"a": ["1"]}})

    assert EventPattern.parse(pattern.canonical()).matches({"$or": {"a": "1"}})


def test_a_pattern_equals_nothing_else_and_shows_itself() -> None:
    pattern = EventPattern.parse({"a": ["1"]})

    assert pattern != '{"a":["1"]}'
    assert repr(pattern) == 'EventPattern({"a":["1"]})'
