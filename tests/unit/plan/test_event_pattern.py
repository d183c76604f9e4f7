from __future__ import annotations

import json
import re
from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.plan.event_pattern import event_pattern, titles

ACME = NamingConvention(organization="acme", stage="prod")
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})
ORDER_CANCELLED = EventContract(service="orders", event="OrderCancelled", detail={"type": "object"})
LEGACY = EventContract(
    service="orders", event="OrderReturned", detail={"type": "object"}, source="shop.legacy", detail_type="returned"
)


def test_a_pattern_names_source_and_detail_type_and_nothing_else() -> None:
    assert event_pattern([ORDER_PLACED], ACME, None) == {
        "source": ["com.acme.orders"],
        "detail-type": ["OrderPlaced.v1"],
    }


def test_every_source_and_detail_type_stands_there_once_in_order() -> None:
    pattern = event_pattern([LEGACY, ORDER_PLACED, ORDER_CANCELLED], ACME, None)

    assert pattern == {
        "source": ["com.acme.orders", "shop.legacy"],
        "detail-type": ["OrderCancelled.v1", "OrderPlaced.v1", "returned"],
    }


@pytest.mark.parametrize(
    "detail",
    [
        {"status": ["paid"]},
        {"order": {"total": [{"numeric": [">", 100]}]}},
        {"coupon": [None, ""]},
        {"$or": [{"vip": [True]}, {"total": [{"numeric": [">", 100]}]}]},
    ],
)
def test_a_filter_is_passed_on_as_it_is(detail: dict[str, Any]) -> None:
    assert event_pattern([ORDER_PLACED], ACME, detail)["detail"] == detail


@pytest.mark.parametrize(
    ("detail", "message"),
    [
        ({}, r"detail must be a mapping of fields to lists of values, such as \{'status': \['paid'\]\}, got \{\}"),
        ("paid", "detail must be a mapping of fields to lists of values"),
        (
            {"status": []},
            r"detail.status must be a list of at least one value or operator, such as \['paid'\], got \[\]",
        ),
        ({"status": "paid"}, "detail.status must be a list of at least one value or operator"),
        ({"order": {}}, "detail.order must be a mapping of fields to lists of values"),
        ({"order": {"status": None}}, "detail.order.status must be a list of at least one value"),
        ({"$or": [{"vip": [True]}]}, r"detail.\$or must be a list of at least two alternatives"),
        ({"$or": [{"vip": [True]}, {}]}, r"detail.\$or\[1\] must be a mapping of fields"),
        ({"status": [{"paid"}]}, "detail must be JSON, such as"),
        ({"status": [{"prefx": "p"}]}, r"detail.status\[0\] must have exactly one operator, of prefix, suffix,"),
        ({"total": [{"numeric": [">", "100"]}]}, r"detail.total\[0\].numeric must compare with numbers"),
        ({"ip": [{"cidr": "10.0.0.1"}]}, r"detail.ip\[0\].cidr must be an address and how many of its bits"),
        ({"$or": [{"vip": [True]}, {"ip": "x"}]}, r"detail.\$or\[1\].ip must be a list of at least one value"),
        ({"file": [{"wildcard": "*:*:*:*:*:*"}]}, "detail.file must have wildcards .* complexity of at most 10"),
    ],
)
def test_a_filter_that_could_never_match_is_refused_where_it_is_wrong(detail: dict[str, Any], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        event_pattern([ORDER_PLACED], ACME, detail)


ACCOUNT = "${Token[AWS.AccountId.4]}"


@pytest.mark.parametrize(
    "detail",
    [
        {"account": [ACCOUNT]},
        {"role": [{"prefix": f"arn:aws:iam::{ACCOUNT}:"}]},
        {"role": [{"anything-but": [ACCOUNT, "root"]}]},
        {"role": [{"wildcard": f"*:{ACCOUNT}:*:{ACCOUNT}:*:{ACCOUNT}"}]},
        {"role": [{"anything-but": {"wildcard": [f"*{ACCOUNT}*"]}}]},
        {"ip": [{"cidr": ACCOUNT}, {"cidr": f"{ACCOUNT}/24"}]},
        {"total": [{"numeric": [">", -1.8881545897087e289, "<=", -1.8881545897088e289]}]},
    ],
)
def test_a_token_is_passed_on_and_not_judged(detail: dict[str, Any]) -> None:
    assert event_pattern([ORDER_PLACED], ACME, detail)["detail"] == detail


def test_a_pattern_may_be_2048_characters_long_and_not_one_more() -> None:
    empty = len(json.dumps(event_pattern([ORDER_PLACED], ACME, {"id": [""]}), separators=(",", ":")))

    event_pattern([ORDER_PLACED], ACME, {"id": ["x" * (2048 - empty)]})

    with pytest.raises(DeclarationError, match="event pattern must be at most 2048 characters, got 2049; split"):
        event_pattern([ORDER_PLACED], ACME, {"id": ["x" * (2049 - empty)]})


def test_many_events_are_described_by_the_first_three() -> None:
    events = [
        EventContract(service="orders", event="OrderPlaced", version=version, detail={"type": "object"})
        for version in range(1, 6)
    ]

    assert titles(events[:3]) == "OrderPlaced.v1, OrderPlaced.v2, OrderPlaced.v3"
    assert titles(events) == "OrderPlaced.v1, OrderPlaced.v2, OrderPlaced.v3 and 2 more"


PAID = EventContract(
    service="billing",
    event="InvoicePaid",
    detail={
        "type": "object",
        "properties": {
            "status": {"type": "string"},
            "card": {"type": "object", "properties": {"number": {"type": "string", "x-sensitive": True}}},
            "payer": {"type": "object", "x-sensitive": True},
        },
    },
)


@pytest.mark.parametrize(
    ("detail", "path"),
    [
        pytest.param({"card": {"number": ["4111"]}}, "detail.card.number", id="its value"),
        pytest.param({"card.number": [{"prefix": "4"}]}, "detail.card.number", id="a part of it"),
        pytest.param({"$or": [{"status": ["paid"]}, {"payer": ["Ann"]}]}, "detail.payer", id="as one of several"),
        pytest.param({"payer": {"name": ["Ann"]}}, "detail.payer.name", id="a field inside"),
        pytest.param({"payer": {"name": [{"exists": True}]}}, "detail.payer.name", id="whether a field is inside"),
        pytest.param({"card": {"number": [{"exists": False}, "4111"]}}, "detail.card.number", id="its value or none"),
    ],
)
def test_a_filter_on_a_sensitive_field_is_refused(detail: dict[str, Any], path: str) -> None:
    with pytest.raises(DeclarationError, match=f"sensitive field, .*, got '{re.escape(path)}' of InvoicePaid.v1$"):
        event_pattern([PAID], ACME, detail)


@pytest.mark.parametrize(
    "detail",
    [{"card": {"number": [{"exists": True}]}}, {"payer": [{"exists": False}]}, {"status": ["paid"]}],
    ids=["that it is there", "that it is not there", "another field"],
)
def test_whether_a_sensitive_field_is_there_may_be_asked(detail: dict[str, Any]) -> None:
    assert event_pattern([PAID], ACME, detail)["detail"] == detail


ORDER = EventContract(
    service="orders",
    event="OrderShipped",
    detail={
        "type": "object",
        "properties": {"status": {"enum": ["placed", "paid"]}, "total": {"type": "number"}},
        "required": ["status"],
    },
)
OPEN = EventContract(service="orders", event="OrderNoted", detail={"type": "object"})


@pytest.mark.parametrize(
    ("detail", "reason"),
    [
        ({"status": ["payd"]}, "detail.status it is one of ['placed', 'paid'], which can't satisfy ['payd']"),
        ({"statuss": ["paid"]}, "detail.statuss the contract declares no such field; the nearest is 'status'"),
        ({"total": ["12"]}, "detail.total it is a value of type number, which can't satisfy ['12']"),
        ({"status": [{"exists": False}]}, "which can't satisfy [{'exists': False}]"),
    ],
)
def test_a_filter_that_no_event_passes_is_refused_with_what_the_contract_says(
    detail: dict[str, Any], reason: str
) -> None:
    with pytest.raises(DeclarationError, match=re.escape("detail must let some OrderShipped.v1 through")) as refused:
        event_pattern([ORDER], ACME, detail)

    assert reason in str(refused.value)


def test_a_filter_that_one_of_two_events_never_passes_is_refused_for_that_one() -> None:
    with pytest.raises(DeclarationError, match=r"OrderShipped\.v1 through, and can't: .*; filter each event apart"):
        event_pattern([OPEN, ORDER], ACME, {"note": ["x"]})


@pytest.mark.parametrize(
    "detail",
    [
        {"status": ["${Token[TOKEN.7]}"]},
        {"total": [{"numeric": [">", -1.8881545897087626e289]}]},
        {"$or": [{"status": ["${Token[TOKEN.7]}"]}, {"total": [{"prefix": "${Token[TOKEN.8]}"}]}]},
        {"$or": [{"status": ["payd"]}, {"total": [12]}]},
    ],
    ids=str,
)
def test_what_may_let_something_through_is_not_refused(detail: dict[str, Any]) -> None:
    assert event_pattern([ORDER], ACME, detail)["detail"] == detail
