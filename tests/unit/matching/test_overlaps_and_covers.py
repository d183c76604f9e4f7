"""Two event patterns side by side."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.matching.analysis import covers, overlaps
from cdk_eventbridge_patterns.undecided import Undecided

Pattern = dict[str, Any]

APART: list[tuple[Pattern, Pattern]] = [
    ({"source": ["a"]}, {"source": ["b"]}),
    ({"source": [{"prefix": "a"}]}, {"source": [{"prefix": "b"}]}),
    ({"source": [{"prefix": "com.acme."}]}, {"source": [{"wildcard": "org.*"}]}),
    ({"source": ["a"], "detail-type": ["X"]}, {"$or": [{"source": ["b"]}, {"detail-type": ["Y"]}]}),
    ({"account": ["111111111111"]}, {"account": [{"anything-but": "111111111111"}]}),
    ({"detail": {"a": [{"exists": False}]}}, {"other": ["x"]}),
]


@pytest.mark.parametrize(("one", "other"), APART, ids=str)
def test_no_event_matches_both(one: Pattern, other: Pattern) -> None:
    assert overlaps(EventPattern.parse(one), EventPattern.parse(other)) is False


TOGETHER: list[tuple[Pattern, Pattern]] = [
    ({"source": ["a", "b"]}, {"source": ["b", "c"]}),
    ({"source": [{"prefix": "a"}]}, {"source": [{"suffix": "b"}]}),
    ({"source": ["a"]}, {"detail-type": ["X"]}),
    # A field may be an array that holds both.
    ({"detail": {"a": ["x"]}}, {"detail": {"a": ["y"]}}),
    ({"detail": {"a": {"b": [1]}}}, {"detail": {"a": [2]}}),
]


@pytest.mark.parametrize(("one", "other"), TOGETHER, ids=str)
def test_some_event_matches_both(one: Pattern, other: Pattern) -> None:
    assert overlaps(EventPattern.parse(one), EventPattern.parse(other)) is True


def test_a_contract_says_which_fields_are_no_arrays() -> None:
    contract = EventContract(
        service="orders", event="OrderPlaced", detail={"type": "object", "properties": {"a": {"type": "string"}}}
    )
    one, other = (EventPattern.parse({"detail": {"a": [value]}}) for value in "xy")

    assert overlaps(one, other) is True
    assert overlaps(one, other, contract) is False


COVERED: list[tuple[Pattern, Pattern]] = [
    ({"source": [{"prefix": "a"}]}, {"source": ["ab", "ac"]}),
    ({"source": ["a", "b"]}, {"source": ["a"], "detail": {"x": [1]}}),
    ({"detail": {"x": [{"numeric": [">", 1]}]}}, {"detail": {"x": [{"numeric": [">", 1, "<", 3]}]}}),
    ({"detail": {"x": [{"numeric": [">=", 1]}]}}, {"detail": {"x": [1, 2]}}),
    ({"source": [{"anything-but": "x"}]}, {"source": [{"prefix": "y"}]}),
    ({"source": [{"anything-but": ["x"]}]}, {"source": [{"anything-but": ["x", "y"]}]}),
    ({"source": [{"wildcard": "a*c"}]}, {"source": [{"wildcard": "ab*bc"}]}),
    ({"source": [{"prefix": "a"}, {"prefix": "b"}]}, {"source": [{"wildcard": "a*"}, "bc"]}),
    ({"source": [{"equals-ignore-case": "AB"}]}, {"source": ["aB"]}),
    ({"detail": {"x": [{"exists": True}]}}, {"detail": {"x": [{"anything-but": {"prefix": "u"}}]}}),
    ({"detail": {"x": [{"cidr": "10.0.0.0/8"}]}}, {"detail": {"x": [{"cidr": "10.1.0.0/16"}]}}),
    ({"source": ["a", "b"]}, {"$or": [{"source": ["a"]}, {"source": ["b"]}]}),
    ({"detail": {"x": [{"exists": False}]}}, {"detail": {"x": [{"exists": False}]}}),
]


@pytest.mark.parametrize(("wider", "narrower"), COVERED, ids=str)
def test_all_that_the_narrower_matches_the_wider_does(wider: Pattern, narrower: Pattern) -> None:
    assert covers(EventPattern.parse(wider), EventPattern.parse(narrower)) is True


NOT_COVERED: list[tuple[Pattern, Pattern]] = [
    ({"source": ["ab"]}, {"source": [{"prefix": "a"}]}),
    ({"source": ["a"], "detail": {"x": [1]}}, {"source": ["a"]}),
    ({"detail": {"x": [{"numeric": [">", 1, "<", 3]}]}}, {"detail": {"x": [{"numeric": [">", 1]}]}}),
    ({"source": [{"anything-but": ["x", "y"]}]}, {"source": [{"anything-but": ["x"]}]}),
    ({"source": ["a"]}, {"$or": [{"source": ["a"]}, {"source": ["b"]}]}),
    ({"detail": {"x": [{"exists": True}]}}, {"detail": {"x": [{"exists": False}]}}),
]


@pytest.mark.parametrize(("wider", "narrower"), NOT_COVERED, ids=str)
def test_some_event_matches_the_narrower_alone(wider: Pattern, narrower: Pattern) -> None:
    assert covers(EventPattern.parse(wider), EventPattern.parse(narrower)) is False


def test_what_only_several_alternatives_cover_together_is_undecided() -> None:
    wider = EventPattern.parse({"$or": [{"detail": {"x": [{"exists": True}]}}, {"detail": {"x": [{"exists": False}]}}]})

    assert isinstance(covers(wider, EventPattern.parse({"source": ["a"]})), Undecided)
