"""A picture as SVG: laid out so that it can be read, whatever it holds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.diagrams import graphviz, picture_of, svg_of
from cdk_eventbridge_patterns.diagrams.layout import Box, layout_of
from cdk_eventbridge_patterns.diagrams.picture import Edge, EdgeKind, Frame, Node, NodeKind, Picture, Remark
from cdk_eventbridge_patterns.errors import DiagramError
from cdk_eventbridge_patterns.testing.builders import a_location
from tests.unit.diagrams.world import BILLING_BUS, ORDERS_BUS, ORDERS_FRAME, a_finding, estate, subscription

SVG = "{http://www.w3.org/2000/svg}"


def inside(inner: Box, outer: Box) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def groups(svg: str, kind: str) -> list[ET.Element]:
    """The groups of a kind in the drawing itself."""
    (drawing,) = [each for each in parsed(svg).iter(f"{SVG}g") if each.get("class") == "drawing"]
    return [each for each in drawing.iter(f"{SVG}g") if kind in each.get("class", "").split()]


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - we wrote it


def texts(element: ET.Element) -> list[str]:
    return [each.text or "" for each in element.iter(f"{SVG}text")]


def test_every_node_is_inside_the_frame_of_its_account_and_on_no_other() -> None:
    picture = picture_of(estate())

    layout = layout_of(picture)

    frames = dict(zip((frame.id for frame in picture.frames), layout.frames, strict=True))
    for node, box in zip(picture.nodes, layout.nodes, strict=True):
        assert inside(box, frames[node.frame])
    assert not [pair for pair in combinations(layout.nodes, 2) if overlap(*pair)]
    assert not [pair for pair in combinations(layout.frames, 2) if overlap(*pair)]


def test_a_line_goes_from_the_border_of_one_node_to_that_of_another() -> None:
    picture = picture_of(estate())

    layout = layout_of(picture)

    boxes = dict(zip((node.id for node in picture.nodes), layout.nodes, strict=True))
    for edge, line in zip(picture.edges, layout.lines, strict=True):
        for node, (x, y) in ((edge.start, line.points[0]), (edge.end, line.points[-1])):
            around = boxes[node]
            assert around.x - 2 <= x <= around.x + around.width + 2
            assert around.y - 2 <= y <= around.y + around.height + 2


def test_nodes_edges_and_frames_say_what_they_are_to_whoever_embeds_the_picture() -> None:
    svg = svg_of(picture_of(estate(), [a_finding(a_location("Take"))]))

    (frame, _) = groups(svg, "frame")
    assert frame.get("data-id") == ORDERS_FRAME
    (rule,) = [each for each in groups(svg, "rule") if each.get("data-id") == subscription().arn]
    assert rule.get("data-remarks") == "1"
    (taken,) = [each for each in groups(svg, "takes") if each.get("data-from") == ORDERS_BUS]
    assert (taken.get("data-to"), taken.get("data-events")) == (subscription().arn, "orders/OrderPlaced.v1")


def test_events_are_written_where_they_are_published_and_taken_and_not_again() -> None:
    svg = svg_of(picture_of(estate()))

    assert all(texts(edge) == ["orders/OrderPlaced.v1"] for edge in groups(svg, "takes"))
    assert all(texts(edge) == [] for edge in groups(svg, "delivers"))


def test_of_many_events_the_first_are_written_and_the_others_counted_and_told_on_hover() -> None:
    events = tuple(f"orders/Event{index}.v1" for index in range(7))
    nodes = [Node(id=name, kind=NodeKind.BUS, frame="a/b", name=name) for name in ("one", "two")]
    edge = Edge(start="one", end="two", kind=EdgeKind.TAKES, events=events)
    picture = Picture(title="Many", frames=[Frame(id="a/b", account="a", region="b")], nodes=nodes, edges=[edge])

    (drawn,) = groups(svg_of(picture), "takes")

    assert texts(drawn) == [*events[:3], "and 4 more"]
    assert drawn.findtext(f"{SVG}title") == "\n".join(events)


def test_a_finding_is_numbered_in_the_picture_and_in_words_below() -> None:
    svg = svg_of(picture_of(estate(), [a_finding(a_location("Take"), "it is wrong")]))

    (badge,) = groups(svg, "badge")
    assert texts(badge) == ["1"]
    assert "DLV001: it is wrong" in texts(parsed(svg))


def test_a_bare_picture_has_neither_title_nor_words_below() -> None:
    picture = picture_of(estate(), [a_finding(a_location("Take"), "it is wrong")], title="Acme")

    svg = svg_of(picture, bare=True)

    assert not {"Acme", "DLV001: it is wrong"} & set(texts(parsed(svg)))
    assert groups(svg, "badge")


def test_each_service_has_a_colour_as_long_as_they_can_be_told_apart() -> None:
    nodes = [Node(id=name, kind=NodeKind.BUS, frame="a/b", name=name) for name in ("one", "two")]
    few, many = (
        Picture(
            title="Colours",
            frames=[Frame(id="a/b", account="a", region="b")],
            nodes=nodes,
            edges=[
                Edge(start="one", end="two", kind=kind, service=f"s{index}", events=("e",))
                for index, kind in enumerate([EdgeKind.TAKES, EdgeKind.DELIVERS] * count)
            ],
        )
        for count in (1, 6)
    )

    assert "events of s0" in texts(parsed(svg_of(few)))
    assert "events of s0" not in texts(parsed(svg_of(many)))


def test_a_long_name_is_divided_between_its_parts() -> None:
    svg = svg_of(picture_of(estate()))

    assert {"acme-prod-billing--", "order-placed-v1"} <= set(texts(parsed(svg)))


def test_what_is_very_long_is_shortened_and_whole_on_hover() -> None:
    services = tuple(f"service-{index}" for index in range(50))
    frame = Frame(id="a/b", account="a", region="b", services=services)
    node = Node(id="arn:" + "x" * 500, kind=NodeKind.BUS, frame="a/b", name="x" * 500, says=("y" * 500,))

    svg = svg_of(Picture(title="Long", frames=[frame], nodes=[node]))

    (bus,) = groups(svg, "bus")
    assert texts(bus) == [f"{'x' * 59}…", f"{'y' * 59}…"]
    assert bus.findtext(f"{SVG}title") == f"bus arn:{'x' * 500}\n{'y' * 500}"
    assert layout_of(Picture(title="Long", frames=[frame], nodes=[node])).width < 600


def test_the_same_topology_gives_the_same_picture_in_whatever_order_it_was_read() -> None:
    topology = estate()
    turned = replace(topology, buses=topology.buses[::-1], rules=topology.rules[::-1])

    assert svg_of(picture_of(topology)) == svg_of(picture_of(turned))


def test_an_empty_topology_gives_an_empty_picture() -> None:
    assert groups(svg_of(Picture(title="Nothing")), "node") == []


def test_without_graphviz_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz, "find_spec", lambda _: None)

    with pytest.raises(DiagramError, match=r"cdk-eventbridge-patterns\[diagrams\]"):
        svg_of(picture_of(estate()))


def test_what_graphviz_gives_up_on_is_an_error_in_our_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz, "_LAY_OUT", "import os; os.abort()")

    with pytest.raises(DiagramError, match="Graphviz could not lay out the picture"):
        svg_of(picture_of(estate()))


def test_drawing_as_text_needs_no_graphviz() -> None:
    program = "import sys; import cdk_eventbridge_patterns.diagrams; sys.exit('pygraphviz' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603


@settings(deadline=None, max_examples=25)
@given(name=st.text(min_size=1), event=st.text(min_size=1), says=st.text())
def test_whatever_is_written_in_a_template_the_picture_is_well_formed(name: str, event: str, says: str) -> None:
    frame = Frame(id=name, account=name, region=name, services=(name,))
    nodes = [Node(id=f"{name}{end}", kind=NodeKind.RULE, frame=name, name=name, says=(says,)) for end in "ab"]
    edge = Edge(start=nodes[0].id, end=nodes[1].id, kind=EdgeKind.TAKES, events=(event,), remarks=(1,))
    remark = Remark(severity="error", says=says)

    svg = svg_of(Picture(title=name, frames=[frame], nodes=nodes, edges=[edge], remarks=[remark]))

    assert len(groups(svg, "rule")) == 2


def test_the_sample_has_both_buses() -> None:
    svg = svg_of(picture_of(estate()))

    assert {each.get("data-id") for each in groups(svg, "bus")} == {ORDERS_BUS, BILLING_BUS}
