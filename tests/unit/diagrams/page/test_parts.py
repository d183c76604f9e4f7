"""The parts of a large picture: the wheel, and what the page draws of a service or an event alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from cdk_eventbridge_patterns.diagrams import Picture, folded, picture_of
from cdk_eventbridge_patterns.diagrams.layout import Layout, layouts_of
from cdk_eventbridge_patterns.diagrams.page import page_of
from cdk_eventbridge_patterns.diagrams.page.contents import contents_of
from cdk_eventbridge_patterns.diagrams.page.wheel import wheel_of
from cdk_eventbridge_patterns.diagrams.svg import nodes_of
from cdk_eventbridge_patterns.errors import DiagramError
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.page.estate import an_estate
from tests.page.world import a_world

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def estate() -> Topology:
    return an_estate(13)


@pytest.fixture(scope="module")
def contents(estate: Topology) -> dict[str, Any]:
    picture = picture_of(estate)
    return contents_of(estate, picture, [], folded(picture))


def drawn(svg: str, name: str) -> list[dict[str, str]]:
    """The attributes of all elements of a class."""
    root = ET.fromstring(svg)  # noqa: S314 - our own
    return [each.attrib for each in root.iter() if name in each.get("class", "").split()]


def test_the_wheel_has_each_service_and_a_line_to_each_that_receives_from_it(estate: Topology) -> None:
    wheel = wheel_of(folded(picture_of(estate)))

    assert len(drawn(wheel, "box")) == 13
    flows = {(each["data-from"], each["data-to"]) for each in drawn(wheel, "flow")}
    receivers = {end.rpartition("/")[2] for start, end in flows if start == "100000000000/eu-west-1/orders"}
    assert receivers == {"orders-2", "billing-2", "shipping-2"}


def test_a_page_of_twelve_services_has_the_picture_and_of_more_the_wheel(estate: Topology) -> None:
    assert 'class="wheel"' in page_of(estate)
    assert 'class="wheel"' not in page_of(a_world())


def test_each_node_is_in_a_box_and_in_the_part_of_that_box(contents: dict[str, Any]) -> None:
    for number, node in enumerate(contents["nodes"]):
        part = contents["parts"][node["box"]]
        assert number in [place for place, _, _ in part["nodes"]]


def test_a_part_has_all_that_goes_in_and_out(contents: dict[str, Any]) -> None:
    (orders,) = [number for number, box in enumerate(contents["boxes"]) if box["service"] == "orders"]
    inside = {number for number, node in enumerate(contents["nodes"]) if node["box"] == orders}

    shown = {edge for edge, *_ in contents["parts"][orders]["edges"]}

    assert shown == {
        number for number, edge in enumerate(contents["edges"]) if edge["from"] in inside or edge["to"] in inside
    }


def test_the_path_of_an_event_leads_to_the_right(contents: dict[str, Any]) -> None:
    place = [each["title"] for each in contents["events"]].index("orders/OrderPlaced.v1")
    left = {number: x for number, x, _ in contents["paths"][place]["nodes"]}

    for number, *_ in contents["paths"][place]["edges"]:
        edge = contents["edges"][number]
        if edge["kind"] != "dead-letters":
            assert left[edge["from"]] < left[edge["to"]]


def test_nodes_can_be_had_by_themselves_to_be_placed(estate: Topology) -> None:
    picture = picture_of(estate)

    assert [each["data-id"] for each in drawn(nodes_of(picture), "node")] == [node.id for node in picture.nodes]
    assert len(re.findall(r'class="shape" x="0" y="0"', nodes_of(picture))) == len(picture.nodes)


def test_what_graphviz_gives_up_on_is_left_out_and_the_rest_is_there(
    estate: Topology, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gives_up(pictures: Sequence[Picture], *, ahead: bool) -> list[Layout]:
        if any("orders/OrderPlaced.v1" in edge.events for picture in pictures for edge in picture.edges):
            raise DiagramError("it gave up")
        return layouts_of(pictures, ahead=ahead)

    monkeypatch.setattr("cdk_eventbridge_patterns.diagrams.page.scenes.layouts_of", gives_up)

    told = contents_of(estate, picture_of(estate), [])

    found = dict(zip([each["title"] for each in told["events"]], told["paths"], strict=True))
    assert found.pop("orders/OrderPlaced.v1") == {}
    assert all(found.values())


def test_without_graphviz_there_is_no_page(estate: Topology, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cdk_eventbridge_patterns.diagrams.graphviz.find_spec", lambda _: None)

    with pytest.raises(DiagramError, match=r"pip install 'cdk-eventbridge-patterns\[diagrams\]'"):
        page_of(estate)
