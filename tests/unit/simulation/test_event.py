"""The event that is traced: what EventBridge fills in, and what can't be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.errors import TraceError
from cdk_eventbridge_patterns.simulation import Trace, trace
from cdk_eventbridge_patterns.testing.builders import ORDERS, a_bus, a_topology
from cdk_eventbridge_patterns.topology.text import is_literal
from tests.unit.simulation.world import ORDER_PLACED, ORDERS_BUS

SOURCE, DETAIL_TYPE = "com.acme.orders", "OrderPlaced.v1"


def traced(event: dict[str, Any]) -> Trace:
    return trace(a_topology(a_bus()), event, bus=ORDERS_BUS)


def test_what_is_left_out_is_filled_in() -> None:
    event = traced(ORDER_PLACED).event

    assert (event["version"], event["account"], event["region"]) == ("0", ORDERS, "eu-west-1")
    assert event["resources"] == []


def test_the_id_and_the_time_that_eventbridge_makes_up_are_unknown() -> None:
    event = traced(ORDER_PLACED).event

    assert not is_literal(event["id"])
    assert not is_literal(event["time"])


def test_what_the_event_says_stays() -> None:
    said = {**ORDER_PLACED, "id": "e-1", "time": "2026-11-24T12:00:00Z", "resources": ["arn:aws:s3:::orders"]}

    event = traced(said).event

    assert {**event, **said} == event


def test_an_entry_of_put_events_is_an_event_in_other_words() -> None:
    entry = {"Source": SOURCE, "DetailType": DETAIL_TYPE, "Detail": json.dumps({"order_id": "o-1"}), "Resources": ["a"]}

    event = traced(entry).event

    assert (event["source"], event["detail-type"]) == (SOURCE, DETAIL_TYPE)
    assert (event["detail"], event["resources"]) == ({"order_id": "o-1"}, ["a"])


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"source": ""}, "source must be text of 1 to 256 characters, such as 'com.acme.orders', got ''"),
        ({"source": "s" * 257}, "source must be text of 1 to 256 characters"),
        ({"source": 1}, "source must be text of 1 to 256 characters"),
        ({"detail-type": "d" * 129}, "detail-type must be text of 1 to 128 characters, such as 'OrderPlaced.v1'"),
        ({"detail": "{}"}, "detail must be a JSON object, such as {'order_id': 'o-1'}, got '{}'"),
        ({"resources": "arn"}, "resources must be a list of ARNs, got 'arn'"),
        ({"detial": {}}, "event must have the fields of an EventBridge event, such as source and detail, got 'detial'"),
        ({"region": "us-east-1"}, "region of the event must be 'eu-west-1', where it is published, or be left out"),
    ],
)
def test_an_event_that_can_not_be_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(TraceError) as error:
        traced({**ORDER_PLACED, **changed})

    assert str(error.value).startswith(message)


def test_an_event_says_the_account_that_publishes_it() -> None:
    with pytest.raises(TraceError, match="account of the event must be '111111111111', where it is published"):
        trace(a_topology(a_bus()), {**ORDER_PLACED, "account": "222222222222"}, bus=ORDERS_BUS, publisher=ORDERS)


@pytest.mark.parametrize("left_out", ["source", "detail-type", "detail"])
def test_source_detail_type_and_detail_have_to_be_there(left_out: str) -> None:
    with pytest.raises(TraceError, match=f"^{left_out} must be"):
        traced({key: value for key, value in ORDER_PLACED.items() if key != left_out})


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"Detail": "{"}, "Detail must be a JSON object as text, such as '{}', got '{'"),
        ({"Detail": "[]"}, "detail must be a JSON object"),
        ({"Detail": "{}", "Detial": "{}"}, "entry must have the fields of PutEvents, such as Source and DetailType"),
    ],
)
def test_an_entry_that_put_events_refuses_is_refused(entry: dict[str, Any], message: str) -> None:
    with pytest.raises(TraceError) as error:
        traced({"Source": SOURCE, "DetailType": DETAIL_TYPE, **entry})

    assert str(error.value).startswith(message)


def test_an_event_is_smaller_than_a_mebibyte_by_what_counts() -> None:
    around = len(SOURCE) + len(DETAIL_TYPE) + len('{"text":""}')
    fits = {**ORDER_PLACED, "detail": {"text": "é" * ((1_048_576 - around) // 2 - 1)}}

    assert traced(fits).published is True
    with pytest.raises(TraceError, match="event must be smaller than 1048576 bytes, got 10485"):
        traced({**fits, "time": "2026-11-24T12:00:00Z"})
