"""Orders and invoices in place of the events for which answers of TestEventPattern, the service itself, are on record.

Patterns and events are our own; what they ask is what the service was asked. The records: the event pattern tests of
localstack/localstack.
"""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern

EVENT = {
    "version": "0",
    "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "source": "com.acme.orders",
    "detail-type": "OrderPlaced.v1",
    "account": "111111111111",
    "time": "2026-11-23T12:00:00Z",
    "region": "eu-west-1",
    "resources": [],
    "detail": {
        "status": "paid",
        "total": 12.5,
        "count": 3,
        "note": None,
        "text": "",
        "file": "orders/2026/invoice.pdf",
        "ip": "10.0.0.255",
        "octets": "10.0.0.256",
        "tags": ["new", "gift"],
        "customer": {"name": "Ada", "level": "Gold"},
        "delivery.city": "Ulm",
    },
}


def detail(**fields: Any) -> dict[str, Any]:
    return {"detail": fields}


CASES = [
    ("a value", detail(status=["paid"]), True),
    ("another value", detail(status=["open"]), False),
    ("one of two values", detail(status=["open", "paid"]), True),
    ("a value in capitals", detail(status=["PAID"]), False),
    ("a field in capitals", detail(STATUS=["paid"]), False),
    ("a field on top", {"source": ["com.acme.orders"]}, True),
    ("two fields", {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}, True),
    ("two fields of which one is another", {"source": ["com.acme.billing"], "detail-type": ["OrderPlaced.v1"]}, False),
    ("a field that there is not", detail(state=["paid"]), False),
    ("a field below", detail(customer={"name": ["Ada"]}), True),
    ("a field below what is none", detail(status={"name": ["Ada"]}), False),
    ("an object asked as a value", detail(customer=["Ada"]), False),
    ("a dot in the name of the event's field", detail(delivery={"city": ["Ulm"]}), True),
    ("a dot in the name of the pattern's field", {"detail.customer": {"name": ["Ada"]}}, True),
    ("a dot, and another level below", detail(delivery={"city": {"name": ["Ulm"]}}), False),
    ("one of the values of an array", detail(tags=["gift"]), True),
    ("none of the values of an array", detail(tags=["old"]), False),
    ("null in an empty array", {"resources": [None]}, False),
    ("null", detail(note=[None]), True),
    ("null where there is text", detail(text=[None]), False),
    ("empty text", detail(text=[""]), True),
    ("empty text where there is null", detail(note=[""]), False),
    ("a number", detail(count=[3]), True),
    ("a number spelled otherwise", detail(count=[3.0]), True),
    ("a number as text", detail(count=["3"]), False),
    ("a number in a range", detail(total=[{"numeric": [">", 12, "<=", 12.5]}]), True),
    ("a number at the open end of a range", detail(total=[{"numeric": [">=", 10, "<", 12.5]}]), False),
    ("a number that is equal", detail(total=[{"numeric": ["=", 1.25e1]}]), True),
    ("text in a range", detail(status=[{"numeric": [">", 0]}]), False),
    ("a prefix", {"time": [{"prefix": "2026-11-"}]}, True),
    ("another prefix", {"time": [{"prefix": "2026-12-"}]}, False),
    ("an empty prefix", {"source": [{"prefix": ""}]}, True),
    ("a prefix of a number", detail(count=[{"prefix": ""}]), False),
    ("a prefix without regard to case", detail(status=[{"prefix": {"equals-ignore-case": "PA"}}]), True),
    ("a suffix", detail(file=[{"suffix": ".pdf"}]), True),
    ("another suffix", detail(file=[{"suffix": ".png"}]), False),
    ("an empty suffix", {"source": [{"suffix": ""}]}, True),
    ("a suffix without regard to case", detail(file=[{"suffix": {"equals-ignore-case": ".PDF"}}]), True),
    ("without regard to case", detail(customer={"level": [{"equals-ignore-case": "gOLD"}]}), True),
    ("empty text without regard to case", detail(text=[{"equals-ignore-case": ""}]), True),
    ("text against empty text without regard to case", detail(status=[{"equals-ignore-case": ""}]), False),
    ("a wildcard", detail(file=[{"wildcard": "orders/*/invoice.*"}]), True),
    ("a wildcard that does not fit", detail(file=[{"wildcard": "orders/*/*.png"}]), False),
    ("an empty wildcard", detail(file=[{"wildcard": ""}]), False),
    ("anything but others", detail(status=[{"anything-but": ["open", "sent"]}]), True),
    ("anything but it", detail(status=[{"anything-but": ["paid", "sent"]}]), False),
    ("anything but, of null", detail(note=[{"anything-but": ["paid"]}]), True),
    ("anything but, of no field", detail(state=[{"anything-but": ["paid"]}]), False),
    ("anything but numbers", detail(count=[{"anything-but": [1, 2]}]), True),
    ("anything but the number", detail(count=[{"anything-but": [2, 3]}]), False),
    ("anything but a prefix", detail(status=[{"anything-but": {"prefix": ["pa", "op"]}}]), False),
    ("anything but a prefix, of a number", detail(count=[{"anything-but": {"prefix": "pa"}}]), True),
    ("anything but a suffix", detail(file=[{"anything-but": {"suffix": [".png", ".txt"]}}]), True),
    ("anything but a suffix, of null", detail(note=[{"anything-but": {"suffix": ".pdf"}}]), True),
    ("anything but a wildcard", detail(file=[{"anything-but": {"wildcard": "*/2026/*"}}]), False),
    ("anything but an empty wildcard", detail(file=[{"anything-but": {"wildcard": ""}}]), True),
    ("anything but, without regard to case", detail(status=[{"anything-but": {"equals-ignore-case": "PAID"}}]), False),
    ("an address in a network", detail(ip=[{"cidr": "10.0.0.0/24"}]), True),
    ("what is no address", detail(octets=[{"cidr": "10.0.0.0/24"}]), False),
    ("a number in a network", detail(count=[{"cidr": "10.0.0.0/24"}]), False),
    ("a field that exists", detail(note=[{"exists": True}]), True),
    ("an object that exists", detail(customer=[{"exists": True}]), False),
    ("a field that does not exist", detail(customer={"phone": {"home": [{"exists": False}]}}), True),
    ("a field that should not exist", detail(status=[{"exists": False}]), False),
    ("a value or an operator", detail(count=[{"numeric": [">", 100]}, {"anything-but": "3"}]), True),
    ("one of two fields", detail(**{"$or": [{"status": ["open"]}, {"count": [{"numeric": ["<", 10]}]}]}), True),
    ("none of two fields", detail(**{"$or": [{"status": ["open"]}, {"count": [{"numeric": [">", 10]}]}]}), False),
]


@pytest.mark.parametrize(("pattern", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_an_event_pattern_matches_as_the_service_does(pattern: dict[str, Any], *, expected: bool) -> None:
    assert EventPattern.parse(pattern).matches(EVENT) is expected


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("{'status': ['paid']}", id="single quotes"),
        pytest.param("the orders", id="no JSON"),
        pytest.param({"source": "com.acme.orders"}, id="a bare value"),
        pytest.param({"resources": []}, id="an empty list"),
        pytest.param(detail(count=[{"NUMERIC": ["=", 5]}]), id="an operator in capitals"),
        pytest.param(detail(count=[{"numeric": 5}]), id="a number without a comparison"),
        pytest.param(detail(file=[{"suffix": [".pdf"]}]), id="a list of suffixes"),
        pytest.param(detail(file=[{"anything-but": {"suffix": ""}}]), id="anything but an empty suffix"),
        pytest.param(detail(status=[{"anything-but": {"prefix": ["p", 1]}}]), id="anything but the prefix of a number"),
        pytest.param(detail(status=[{"anything-but": {"equals-ignore-case": 1}}]), id="the case of a number"),
        pytest.param(detail(file=[{"wildcard": 1}]), id="a wildcard that is no text"),
        pytest.param(detail(ip=[{"cidr": ["10.0.0.0/24"]}]), id="a list of networks"),
        pytest.param(detail(arn=[{"wildcard": "*:*:*:*:*:rule/*"}]), id="too many wildcards"),
    ],
)
def test_an_event_pattern_that_the_service_refuses_is_refused(pattern: dict[str, Any] | str) -> None:
    with pytest.raises(EventPatternError):
        EventPattern.parse(pattern)
