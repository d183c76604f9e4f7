"""What holds of every picture, whatever the topology."""

from __future__ import annotations

from hypothesis import given, settings

from cdk_eventbridge_patterns.diagrams import folded, picture_of
from cdk_eventbridge_patterns.diagrams.picture import EdgeKind
from cdk_eventbridge_patterns.simulation import trace
from tests.laws.traced import EVENT, HERE, TOPOLOGIES, Drawn, topology

LAW = settings(deadline=None, max_examples=40)


@LAW
@given(drawn=TOPOLOGIES)
def test_everything_that_a_rule_has_to_do_with_is_drawn(drawn: Drawn) -> None:
    read = topology(drawn)

    picture = picture_of(read)

    edges = {edge.key for edge in picture.edges}
    assert {bus.arn for bus in read.buses} | {rule.arn for rule in read.rules} <= {node.id for node in picture.nodes}
    for delivery in read.deliveries():
        rule, target = delivery.rule, delivery.target
        assert (rule.arn, target.arn, EdgeKind.DELIVERS) in edges
        assert target.dead_letter_arn is None or (rule.arn, target.dead_letter_arn, EdgeKind.DEAD_LETTERS) in edges


@LAW
@given(drawn=TOPOLOGIES)
def test_where_an_event_goes_there_is_an_arrow(drawn: Drawn) -> None:
    read = topology(drawn)

    edges = {edge.key for edge in picture_of(read).edges}

    for arrival in trace(read, EVENT, bus=HERE).arrivals():
        bus = HERE
        for step in arrival.path:
            on_this_bus = step.rule.bus_arn == bus  # of a rule that may be on it, nobody knows which bus it is on
            assert not on_this_bus or (bus, step.rule.arn, EdgeKind.TAKES) in edges
            assert (step.rule.arn, step.target.arn, EdgeKind.DELIVERS) in edges
            bus = step.target.arn


@LAW
@given(drawn=TOPOLOGIES)
def test_folding_loses_no_account_and_no_way_from_one_to_another(drawn: Drawn) -> None:
    picture = picture_of(topology(drawn))

    boxes = folded(picture)

    frames = {node.id: node.frame for node in (*picture.nodes, *boxes.nodes)}
    kept = [edge for edge in picture.edges if edge.kind is not EdgeKind.DEAD_LETTERS]
    ways, folded_ways = (
        {(frames[edge.start], frames[edge.end]) for edge in edges if frames[edge.start] != frames[edge.end]}
        for edges in (kept, boxes.edges)
    )
    assert {node.frame for node in boxes.nodes} == {frame.id for frame in picture.frames}
    assert folded_ways == ways
