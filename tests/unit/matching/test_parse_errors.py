"""What is wrong with an event pattern, one row each: the pattern, and all that the error says."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.errors import EventBridgePatternsError, EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern

FIELDS = "must be a mapping of fields to lists of values, such as {'status': ['paid']}, got"
VALUES = "must be a list of at least one value or operator, such as ['paid'], got"
OPERATORS = "prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, cidr, exists, exactly"
ONE_OPERATOR = f"must have exactly one operator, of {OPERATORS}, got"
TEXT = "must be text, such as 'order-', got"
NUMERIC = "must be =, <, <=, > or >= and a number, or a lower and then an upper bound, such as ['>', 0, '<=', 5], got"
BOUNDS = "must have an upper bound above its lower bound, such as ['>', 0, '<=', 5], got"
NUMBERS = "must compare with numbers, such as ['>', 0, '<=', 5], got"
EXACT = "must compare with numbers that a double holds exactly, such as 0.1, got"
CIDR = "must be an address and how many of its bits are fixed, 0 to 31 (IPv6: 0 to 127), such as '10.0.0.0/24', got"
ANYTHING_BUT = (
    "must be text, a number that a double holds exactly, a list of either, not mixed, "
    "or one of prefix, suffix, equals-ignore-case, wildcard, got"
)

VALUE = "must be text, a number, true, false, null or an operator, such as {'prefix': 'order-'}, got"

ROWS: list[tuple[Any, str]] = [
    ({}, f"event pattern {FIELDS} {{}}"),
    (["paid"], f"event pattern {FIELDS} ['paid']"),
    ({"status": "paid"}, f"status {VALUES} 'paid'"),
    ({"status": None}, f"status {VALUES} None"),
    ({"status": []}, f"status {VALUES} []"),
    ({"order": {}}, f"order {FIELDS} {{}}"),
    ({"order": {"status": []}}, f"order.status {VALUES} []"),
    ({1: ["paid"]}, "event pattern must have names of fields in text, such as 'status', got 1"),
    ({"status": ["paid", ["open"]]}, f"status[1] {VALUE} ['open']"),
    ({"status": [float("nan")]}, f"status[0] {VALUE} nan"),
    ({"status": [{}]}, f"status[0] {ONE_OPERATOR} {{}}"),
    ({"status": [{"Prefix": "p"}]}, f"status[0] {ONE_OPERATOR} {{'Prefix': 'p'}}"),
    (
        {"status": [{"prefix": "p", "suffix": "d"}]},
        f"status[0] {ONE_OPERATOR} {{'prefix': 'p', 'suffix': 'd'}}",
    ),
    ('{"a": [{"prefix": "p", "prefix": "q"}]}', f"a[0] {ONE_OPERATOR} {{'prefix': 'p', 'prefix': 'q'}}"),
    ({"status": [{"prefix": 1}]}, f"status[0].prefix {TEXT} 1"),
    ({"status": [{"suffix": ["d"]}]}, f"status[0].suffix {TEXT} ['d']"),
    ({"status": [{"exactly": True}]}, f"status[0].exactly {TEXT} True"),
    ({"status": [{"equals-ignore-case": None}]}, f"status[0].equals-ignore-case {TEXT} None"),
    (
        {"status": [{"prefix": {"suffix": "d"}}]},
        "status[0].prefix must have exactly one operator, of equals-ignore-case, got {'suffix': 'd'}",
    ),
    ({"status": [{"suffix": {"equals-ignore-case": 1}}]}, f"status[0].suffix.equals-ignore-case {TEXT} 1"),
    ({"file": [{"wildcard": 1}]}, f"file[0].wildcard {TEXT} 1"),
    ({"file": [{"wildcard": "a**b"}]}, "file[0].wildcard must not have two * side by side, got 'a**b'"),
    ({"file": [{"wildcard": r"a\b"}]}, r"file[0].wildcard must use \ only before * or \, got 'a\\b'"),
    ({"file": [{"wildcard": "a\\"}]}, r"file[0].wildcard must use \ only before * or \, got 'a\\'"),
    (
        {"status": [{"anything-but": {"prefix": [""]}}]},
        "status[0].anything-but.prefix must be non-empty text or a list of it, such as ['order-'], got ['']",
    ),
    (
        {"status": [{"anything-but": {"wildcard": []}}]},
        "status[0].anything-but.wildcard must be text or a list of it, such as ['order-'], got []",
    ),
    (
        {"file": [{"anything-but": {"wildcard": ["a*", "a**"]}}]},
        "file[0].anything-but.wildcard must not have two * side by side, got 'a**'",
    ),
    ({"status": [{"anything-but": ["paid", 1]}]}, f"status[0].anything-but {ANYTHING_BUT} ['paid', 1]"),
    ({"status": [{"anything-but": []}]}, f"status[0].anything-but {ANYTHING_BUT} []"),
    ({"status": [{"anything-but": [True]}]}, f"status[0].anything-but {ANYTHING_BUT} [True]"),
    ({"id": [{"anything-but": 2**53 + 1}]}, f"id[0].anything-but {ANYTHING_BUT} 9007199254740993"),
    ({"total": [{"numeric": 1}]}, f"total[0].numeric {NUMERIC} 1"),
    ({"total": [{"numeric": [">"]}]}, f"total[0].numeric {NUMERIC} ['>']"),
    ({"total": [{"numeric": ["!=", 1]}]}, f"total[0].numeric {NUMERIC} ['!=', 1]"),
    ({"total": [{"numeric": ["<", 5, ">", 1]}]}, f"total[0].numeric {NUMERIC} ['<', 5, '>', 1]"),
    ({"total": [{"numeric": [[], 5]}]}, f"total[0].numeric {NUMERIC} [[], 5]"),
    ({"total": [{"numeric": [">", 5, "<", 5]}]}, f"total[0].numeric {BOUNDS} ['>', 5, '<', 5]"),
    ({"total": [{"numeric": [">", "5"]}]}, f"total[0].numeric {NUMBERS} '5'"),
    ('{"total": [{"numeric": [">", 1e400]}]}', f"total[0].numeric {EXACT} 1e400"),
    ({"ip": [{"cidr": "10.0.0.0"}]}, f"ip[0].cidr {CIDR} '10.0.0.0'"),
    ({"ip": [{"cidr": "10.0.0.0/32"}]}, f"ip[0].cidr {CIDR} '10.0.0.0/32'"),
    ({"ip": [{"cidr": "::/128"}]}, f"ip[0].cidr {CIDR} '::/128'"),
    ({"ip": [{"cidr": "acme.com/16"}]}, f"ip[0].cidr {CIDR} 'acme.com/16'"),
    ({"status": [{"exists": "true"}]}, "status[0].exists must be true or false, got 'true'"),
    ({"$or": [{"vip": [True]}]}, "$or must be a list of at least two alternatives, got [{'vip': [True]}]"),
    ({"$or": [{"vip": [True]}, {}]}, f"$or[1] {FIELDS} {{}}"),
    ({"detail": {"$or": [{"vip": [True]}, {"total": 1}]}}, f"detail.$or[1].total {VALUES} 1"),
    (
        {"$or": [{"order": {"prefix": ["a"]}}, {"vip": [True]}]},
        "$or[0].order must not have a field named like an operator inside $or, got 'prefix'",
    ),
    ("{", "event pattern must be JSON: expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    ('{"a": [NaN]}', "event pattern must be JSON: there is no NaN in JSON"),
    ("[1]", "event pattern must be a JSON object, got [1]"),
]


@pytest.mark.parametrize(("pattern", "message"), ROWS)
def test_an_error_says_where_what_and_what_is_allowed(pattern: Any, message: str) -> None:
    with pytest.raises(EventPatternError) as refused:
        EventPattern.parse(pattern)

    assert str(refused.value) == message
    assert isinstance(refused.value, EventBridgePatternsError | ValueError)


def test_a_long_value_is_shown_by_its_beginning() -> None:
    with pytest.raises(EventPatternError, match=r"got 'x{159}…$"):
        EventPattern.parse({"status": "x" * 500})


@pytest.mark.parametrize("event", ["[1]", "{", "orders", '{"a": Infinity}', {"a": {1, 2}}, {"a": float("inf")}, 7])
def test_an_event_that_is_no_json_object_is_refused(event: Any) -> None:
    with pytest.raises(EventPatternError, match=r"event must be (a )?JSON"):
        EventPattern.parse({"source": ["com.acme.orders"]}).matches(event)
