"""What holds of the page, whatever the topology."""

from __future__ import annotations

from hypothesis import given, settings

from cdk_eventbridge_patterns.diagrams import folded, picture_of
from cdk_eventbridge_patterns.diagrams.page.contents import contents_of
from cdk_eventbridge_patterns.diagrams.page.numbers import NOWHERE, Numbers
from cdk_eventbridge_patterns.diagrams.page.stops import stops_of
from cdk_eventbridge_patterns.simulation import trace
from tests.laws.traced import EVENT, HERE, TOPOLOGIES, Drawn, topology

LAW = settings(deadline=None, max_examples=30)


@LAW
@given(drawn=TOPOLOGIES)
def test_every_number_is_that_of_something_and_a_step_is_where_its_edge_leads(drawn: Drawn) -> None:
    read = topology(drawn)
    picture = picture_of(read)

    told = contents_of(read, picture, [], folded(picture))

    for publication in (each for event in told["events"] for each in event["publications"]):
        assert 0 <= publication["bus"] < len(told["nodes"])
        for receipt in publication["receipts"]:
            assert 0 <= receipt["consumer"] < len(told["services"])
            assert 0 <= receipt["target"] < len(told["nodes"])
        for step, _, node, edge, payload in (stop for sample in publication["samples"] for stop in sample["stops"]):
            assert 0 <= step < len(told["steps"])
            assert 0 <= node < len(told["nodes"])
            assert edge == NOWHERE or told["edges"][edge]["to"] == node
            assert NOWHERE <= payload < len(told["payloads"])
    assert all(0 <= node["box"] < len(told["boxes"]) for node in told["nodes"])


@LAW
@given(drawn=TOPOLOGIES)
def test_every_target_that_a_trace_comes_to_is_told_with_what_it_receives(drawn: Drawn) -> None:
    read = topology(drawn)
    found = trace(read, EVENT, bus=HERE)

    stops = list(stops_of(found, None))

    numbers = Numbers(picture_of(read))
    # Nobody may make the bus that it is published on here, nor put a rule on it: on such a bus the page tells nothing.
    assert {stop.node for stop in stops if numbers.node(stop.node) == NOWHERE} <= {HERE}
    received = {stop.node for stop in stops if stop.answer == "yes" and stop.says.endswith(" receives it")}
    assert {each.target_arn for each in found.arrivals() if each.last.delivered is True} == received
