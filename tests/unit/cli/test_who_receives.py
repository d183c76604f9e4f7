"""`cdk-eventbridge who receives`, over topologies made by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.cli.who_receives import who_receives
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.errors import QuestionError
from cdk_eventbridge_patterns.testing.builders import (
    ORDERS,
    a_bus,
    a_policy,
    a_queue,
    a_rule,
    a_schema,
    a_target,
    a_topology,
    an_event,
    bus_arn,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.feed import Feed
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.topology import Topology

PARCELS = queue_arn("parcels", account=ORDERS)
EVERYBODY_OF_EVENTBRIDGE = {
    "Effect": "Allow",
    "Principal": {"Service": "events.amazonaws.com"},
    "Action": "sqs:SendMessage",
    "Resource": PARCELS,
}
PARCELS_TO_PACK = Feed(
    source_arn=PARCELS,
    to_arn=f"arn:aws:lambda:eu-west-1:{ORDERS}:function:pack",
    account=ORDERS,
    region="eu-west-1",
    location=Location(stack="Orders", logical_id="Mapping"),
)
FOR_ORDER_PLACED = Stamp(service="orders", consumes=[EventName("orders", "OrderPlaced", 1)])
PAID = {"type": "object", "properties": {"status": {"enum": ["paid", "open"]}}, "required": ["status"]}


def shipping(status: str = "paid", stamp: Stamp | None = FOR_ORDER_PLACED) -> Topology:
    """Return the bus of orders, with a rule that delivers those of one status to a queue."""
    pattern = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"], "detail": {"status": [status]}}
    return a_topology(
        a_bus(stamp=Stamp(service="orders", publishes=[an_event()])),
        a_rule(a_target(PARCELS), name="ship", event_pattern=pattern, stamp=stamp),
        a_queue("parcels", account=ORDERS),
        a_policy(PARCELS, EVERYBODY_OF_EVENTBRIDGE),
        a_schema(PAID),
    )


def answer(topology: Topology, capsys: pytest.CaptureFixture[str], *, bus: str | None = None) -> list[str]:
    who_receives(topology, "OrderPlaced", bus=bus, source=None, form="text")
    return capsys.readouterr().out.splitlines()


def test_a_target_is_told_with_the_rules_that_lead_to_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(shipping(), capsys) == [
        f"{bus_arn()}: source com.acme.orders, detail-type OrderPlaced.v1",
        "  yes       queue parcels (111111111111, eu-west-1)",
        "            by rule ship on bus acme-prod-orders (111111111111, eu-west-1)",
    ]


def test_what_is_fed_from_a_target_stands_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    topology = replace(shipping(), feeds=(PARCELS_TO_PACK,))

    assert answer(topology, capsys)[-1] == "            feeds function pack (111111111111, eu-west-1)"

    who_receives(topology, "OrderPlaced", bus=None, source=None, form="json")
    ((entry,),) = (each["receives"] for each in json.loads(capsys.readouterr().out)["buses"])
    assert entry["feeds"] == [PARCELS_TO_PACK.to_arn]


def test_a_filter_that_no_event_of_the_contract_passes_keeps_all_out(capsys: pytest.CaptureFixture[str]) -> None:
    (_, said, reason, _) = answer(shipping("sent"), capsys)

    assert said == "  no        queue parcels (111111111111, eu-west-1)"
    assert reason.strip().startswith("detail.status: it is one of ['paid', 'open']")


def test_a_rule_that_was_not_declared_for_the_event_is_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    (_, said, _) = answer(shipping(stamp=None), capsys)

    assert said.endswith("queue parcels (111111111111, eu-west-1), which nobody declared")


def test_an_event_without_rules_is_received_by_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    topology = a_topology(a_bus(stamp=Stamp(service="orders", publishes=[an_event()])))

    assert answer(topology, capsys)[1:] == ["  no rule takes it"]


def test_an_event_that_no_bus_declares_is_named_by_source_and_bus(capsys: pytest.CaptureFixture[str]) -> None:
    who_receives(shipping(), "OrderPlaced.v1", bus="orders", source="com.acme.orders", form="json")

    read = json.loads(capsys.readouterr().out)
    (received,) = read["buses"][0]["receives"]
    assert (read["question"], received["target"], received["answer"]) == ("receives", PARCELS, "yes")


def test_what_is_asked_wrongly_is_refused() -> None:
    with pytest.raises(QuestionError, match="event must be one that a bus declares, such as 'OrderPlaced'"):
        who_receives(shipping(), "OrderPlace", bus=None, source=None, form="text")
    with pytest.raises(QuestionError, match="bus must be given with source"):
        who_receives(shipping(), "OrderPlaced.v1", bus=None, source="com.acme.orders", form="text")
    with pytest.raises(QuestionError, match="bus must be one that a template makes"):
        who_receives(shipping(), "OrderPlaced.v1", bus="default", source="com.acme.orders", form="text")
