"""What the page tells: every number in it points at what it is about."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.diagrams import picture_of
from cdk_eventbridge_patterns.diagrams.page.contents import contents_of
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    REGION,
    a_bus,
    a_receiver,
    a_rule,
    a_target,
    a_topology,
    an_event,
    bus_arn,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.feed import Feed
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.flows import INVOICES, ON_BILLING, ON_ORDERS, the_flow
from tests.page.world import a_world, queue, rule


def contents(topology: Topology) -> dict[str, Any]:
    findings = judge(topology)
    return contents_of(topology, picture_of(topology, findings), findings)


@pytest.fixture(scope="module")
def world() -> dict[str, Any]:
    return contents(a_world())


def event(contents: dict[str, Any], title: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in contents["events"] if each["title"] == title)
    return found


def stops(contents: dict[str, Any], title: str, sample: int = 0) -> list[tuple[str, str, str, str]]:
    """The steps of a sample event: what each says, its answer, its reason, the id of the node it is at."""
    (publication,) = event(contents, title)["publications"]
    return [
        (*contents["steps"][step][:3], contents["nodes"][node]["id"])
        for step, _, node, _, _ in publication["samples"][sample]["stops"]
    ]


def number(contents: dict[str, Any], id: str) -> int:
    return [node["id"] for node in contents["nodes"]].index(id)


def test_each_step_is_at_the_node_it_is_about(world: dict[str, Any]) -> None:
    told = stops(world, "orders/OrderPlaced.v1")

    bus, stock = number(world, bus_arn()), number(world, queue("stock"))
    assert told[1] == (f"bus \ue000{bus}\ue001 is there", "yes", "it is declared", bus_arn())
    assert ("rule acme-prod-billing--in matches", "yes", "", rule("billing")) in told
    assert ("queue acme-prod-billing (111111111111, eu-west-1) receives it", "yes", "", queue("billing")) in told
    lets_in = f"\ue000{stock}\ue001 lets rule acme-prod-stock--in in"
    assert (lets_in, "no", "no statement allows it (NO_PERMISSIONS)", queue("stock")) in told


def test_a_near_miss_is_told_and_rules_for_other_events_are_counted(world: dict[str, Any]) -> None:
    told = stops(world, "orders/OrderPlaced.v1")

    missed = (
        "rule acme-prod-shipping--in matches",
        "no",
        "detail.state is 'open'; asked is ['paid']",
        rule("shipping"),
    )
    assert missed in told
    assert told[-1][:2] == (
        "1 other rule waits for other events on bus acme-prod-orders (111111111111, eu-west-1)",
        "note",
    )


def test_another_sample_takes_the_way_that_the_first_does_not(world: dict[str, Any]) -> None:
    (publication,) = event(world, "orders/OrderPlaced.v1")["publications"]

    assert [each["title"] for each in publication["samples"]] == [
        "any that its contract allows",
        "one that passes acme-prod-shipping--in",
    ]
    told = stops(world, "orders/OrderPlaced.v1", sample=1)
    assert ("queue acme-prod-shipping (111111111111, eu-west-1) receives it", "yes", "", queue("shipping")) in told


def test_what_cant_be_delivered_is_told_with_where_it_goes(world: dict[str, Any]) -> None:
    told = stops(world, "orders/OrderPlaced.v1")

    lost = [each for each in told if each[0].startswith("what ")]
    assert (
        "what fails 186 times or for 86400 s goes to queue acme-prod-lost (111111111111, eu-west-1)",
        "no",
        "",
        queue("lost"),
    ) in lost
    assert (
        "what cannot be delivered is kept in a dead-letter queue",
        "no",
        "there is none: it is lost",
        rule("stock"),
    ) in lost


def test_what_is_moved_is_told_as_it_is_on_the_next_bus() -> None:
    told = contents(a_topology(*the_flow()))

    (publication,) = event(told, "orders/OrderPlaced.v1")["publications"]
    there = {
        told["nodes"][node]["id"]: told["payloads"][payload]
        for _, _, node, _, payload in publication["samples"][0]["stops"]
        if payload >= 0
    }
    assert list(there) == [ON_ORDERS, ON_BILLING, INVOICES]
    assert "id that EventBridge gives on acme-prod-billing" in there[ON_BILLING]


def test_what_a_target_feeds_is_told() -> None:
    function = f"arn:aws:lambda:{REGION}:{BILLING}:function:handler"
    receiver = a_receiver(function, "AWS::Lambda::Function")
    feed = Feed(source_arn=INVOICES, to_arn=function, location=receiver.location, account=BILLING, region=REGION)

    told = stops(contents(a_topology(*the_flow(), receiver, feed)), "orders/OrderPlaced.v1")

    assert (f"function handler ({BILLING}, {REGION}) is fed from it", "note", "", function) in told


def test_the_path_of_an_event_holds_all_that_its_steps_are_at(world: dict[str, Any]) -> None:
    place = [each["title"] for each in world["events"]].index("orders/OrderPlaced.v1")
    path = world["paths"][place]

    nodes = {world["nodes"][node]["id"] for node, _, _ in path["nodes"]}
    told = {node for *_, node in stops(world, "orders/OrderPlaced.v1")}
    assert told <= nodes
    assert rule("search") not in nodes


def test_findings_point_at_what_they_are_on(world: dict[str, Any]) -> None:
    (finding,) = [each for each in world["findings"] if each["check"] == "DLV006"]

    (edge,) = finding["edges"]
    ends = [world["nodes"][world["edges"][edge][end]]["id"] for end in ("from", "to")]
    assert ends == [rule("stock"), queue("stock")]
    assert finding["nodes"] == []


def test_an_event_that_only_rules_ask_for_is_told_if_they_say_what_it_is() -> None:
    topology = a_topology(a_bus(), a_rule(a_target(queue_arn())))

    told = contents(topology)

    (found,) = told["events"]
    assert found["declared"] is False
    assert len(found["publications"][0]["samples"]) == 1


def test_of_an_event_whose_source_no_rule_says_there_is_no_sample() -> None:
    topology = a_topology(a_bus(), a_rule(a_target(queue_arn()), event_pattern={"detail-type": ["OrderPlaced"]}))

    told = contents(topology)

    (found,) = told["events"]
    assert found["publications"][0]["samples"] == []


def test_a_contract_that_no_event_can_keep_has_no_sample_and_breaks_nothing() -> None:
    event_too_long = an_event("O" * 200)
    topology = a_topology(a_bus(stamp=Stamp(service="orders", publishes=(event_too_long,))))

    (publication,) = contents(topology)["events"][0]["publications"]

    assert publication["samples"] == []
