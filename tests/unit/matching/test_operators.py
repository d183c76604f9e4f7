"""Each operator on single values: what it lets through and what it doesn't."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.matching import EventPattern

ROWS: list[tuple[Any, list[Any], list[Any]]] = [
    ("paid", ["paid"], ["Paid", "paid ", "", 1, True, None]),
    ("", [""], [None, " "]),
    (True, [True], ["true", 1, False, None]),
    (None, [None], ["null", "", False, 0]),
    ("10.0.0.1", ["10.0.0.1", "010.000.000.001"], ["10.0.0.10", "10.0.0", 10]),
    ("::1", ["::1", "0:0:0:0:0:0:0:1"], ["::2", "1"]),
    ("10.0.0.256", ["10.0.0.256"], ["010.0.0.256"]),
    ("1:2", ["1:2"], ["01:2"]),
    ({"exactly": "10.0.0.1"}, ["10.0.0.1"], ["010.0.0.1"]),
    ({"prefix": "pa"}, ["paid", "pa"], ["Paid", "p", 1, None, True]),
    ({"prefix": ""}, ["", "x"], [1, None, False]),
    ({"suffix": "id"}, ["paid", "id"], ["ID", "d", None]),
    ({"equals-ignore-case": "Paid"}, ["paid", "PAID", "pAiD"], ["pai", "paid ", None]),
    ({"equals-ignore-case": "straße"}, ["straße", "STRASSE", "STRAßE"], ["strasse", "STRAẞE"]),
    ({"equals-ignore-case": "k"}, ["k", "K"], ["\N{KELVIN SIGN}"]),
    ({"equals-ignore-case": "\N{KELVIN SIGN}"}, ["\N{KELVIN SIGN}", "k"], ["K"]),
    ({"equals-ignore-case": "😀a"}, ["😀a", "😀A"], ["a"]),
    ({"prefix": {"equals-ignore-case": "str"}}, ["Straße", "STR"], ["st", 1]),
    ({"suffix": {"equals-ignore-case": "ße"}}, ["Straße", "STRASSE"], ["strasse", None]),
    ({"wildcard": "*"}, ["", "x", "a\nb"], [1, None]),
    ({"wildcard": "a*c"}, ["ac", "abc", "a\nc", "abcabc"], ["a", "c", "abcd", "xabc"]),
    ({"wildcard": "a*a"}, ["aa", "aba"], ["a"]),
    ({"wildcard": "*b*b*"}, ["bb", "abcbd"], ["b", "ab"]),
    ({"wildcard": r"a\*\\*"}, ["a*\\", "a*\\x"], ["ab\\", "a*"]),
    ({"wildcard": "a?[b]"}, ["a?[b]"], ["axb"]),
    ({"anything-but": "paid"}, ["open", "", 1, True, None], ["paid"]),
    ({"anything-but": ["paid", "open"]}, ["sent", 1], ["paid", "open"]),
    ({"anything-but": [1, 2]}, [3, "1", None], [1, 1.0, 2]),
    ({"anything-but": {"prefix": ["p", "o"]}}, ["sent", 1, None], ["paid", "open"]),
    ({"anything-but": {"suffix": "d"}}, ["open", False], ["paid"]),
    ({"anything-but": {"equals-ignore-case": ["paid"]}}, ["open", 1], ["paid", "PAID"]),
    ({"anything-but": {"wildcard": "p*d"}}, ["pay", 1], ["paid", "pd"]),
    ({"numeric": ["=", 3]}, [3, 3.0], [4, "3", None, True]),
    ({"numeric": ["<", 3]}, [2, -1e300], [3, "2"]),
    ({"numeric": ["<=", 3]}, [3], [3.5]),
    ({"numeric": [">", 3]}, [3.5], [3]),
    ({"numeric": [">=", 3, "<", 5]}, [3, 4.9], [2.9, 5]),
    ({"cidr": "10.0.0.7/24"}, ["10.0.0.0", "10.0.0.255", "010.0.0.1"], ["10.0.1.0", "::a00:0", "x", 1]),
    ({"cidr": "0.0.0.0/0"}, ["10.0.0.1", "::ffff:a00:1"], ["::1"]),
    ({"cidr": "2001:db8::/32"}, ["2001:db8::1", "2001:DB8:0:0::1"], ["2001:db9::1", "10.0.0.1"]),
    ({"exists": True}, ["", 0, None, False, ["x"], [None]], [{}, [], [{}], {"a": 1}]),
    ({"exists": False}, [{}, [], [[]], {"a": 1}], ["", 0, None, [None]]),
]


@pytest.mark.parametrize(("value", "fitting", "others"), [pytest.param(*row, id=json.dumps(row[0])) for row in ROWS])
def test_an_operator_lets_through_what_fits_and_nothing_else(value: Any, fitting: list[Any], others: list[Any]) -> None:
    pattern = EventPattern.parse({"detail": {"field": [value]}})

    assert [each for each in fitting if not pattern.matches({"detail": {"field": each}})] == []
    assert [each for each in others if pattern.matches({"detail": {"field": each}})] == []


@pytest.mark.parametrize("value", [row[0] for row in ROWS if row[0] != {"exists": False}], ids=json.dumps)
def test_a_field_that_is_missing_satisfies_only_its_absence(value: object) -> None:
    assert not EventPattern.parse({"detail": {"field": [value]}}).matches({"detail": {"another": 1}})


def test_a_field_that_is_missing_may_be_asked_to_be_missing() -> None:
    pattern = EventPattern.parse({"detail": {"coupon": [{"exists": False}, "none"]}})

    assert pattern.matches({"detail": {}})
    assert pattern.matches({"detail": {"coupon": "none"}})
    assert not pattern.matches({"detail": {"coupon": "ten"}})


def test_anything_but_is_satisfied_by_one_other_value_of_an_array() -> None:
    assert EventPattern.parse({"tags": [{"anything-but": "gift"}]}).matches({"tags": ["gift", "new"]})
    assert not EventPattern.parse({"tags": [{"anything-but": ["gift", "new"]}]}).matches({"tags": ["gift", "new"]})


def test_each_alternative_keeps_its_matchers_by_path() -> None:
    pattern = EventPattern.parse({"source": ["a"], "detail": {"$or": [{"vip": [True]}, {"order": {"id": [1]}}]}})

    assert [list(alternative) for alternative in pattern.alternatives] == [
        ["detail.vip", "source"],
        ["detail.order.id", "source"],
    ]
    assert all(matcher.matches("a") for matcher in pattern.alternatives[0]["source"])


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"path": [{"wildcard": "orders/*"}]}, True),
        ({"path": [{"anything-but": {"wildcard": "orders/*"}}]}, True),
        ({"$or": [{"path": ["orders"]}, {"path": [{"wildcard": "*/orders"}]}]}, True),
        ({"wildcard": ["orders/*"]}, False),
        ({"path": [{"prefix": "orders/*"}]}, False),
    ],
)
def test_an_event_pattern_says_whether_it_has_wildcards(pattern: dict[str, Any], expected: bool) -> None:
    assert EventPattern.parse(pattern).has_wildcards is expected
