"""Small pictures within the large one: the path of each event by itself, and each service with what goes in and out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from cdk_eventbridge_patterns.diagrams.boxes import boxes_of
from cdk_eventbridge_patterns.diagrams.graphviz import check_installed
from cdk_eventbridge_patterns.diagrams.layout import Layout, layouts_of
from cdk_eventbridge_patterns.diagrams.page.numbers import Numbers
from cdk_eventbridge_patterns.diagrams.picture import Edge, EdgeKind, Node, Picture
from cdk_eventbridge_patterns.diagrams.shapes import curve_path, tip_corners
from cdk_eventbridge_patterns.errors import DiagramError

Scene = dict[str, Any]


class Scenes:
    """Parts of a picture, each laid out by itself; the page draws them with the nodes of the whole.

    Args:
        picture: The picture.

        numbers: The numbers of what is in it.
    """

    def __init__(self, picture: Picture, numbers: Numbers) -> None:
        self._picture = picture
        self._numbers = numbers

    def of_events(self, titles: Sequence[str], passed: Sequence[Collection[int]]) -> list[Scene]:
        """Return the path of each event: what it *passed* as it was traced, and what has its name."""
        return self._laid_out([self._of_event(*each) for each in zip(titles, passed, strict=True)], ahead=True)

    def of_boxes(self, boxes: Sequence[Node]) -> list[Scene]:
        """Return what each of *boxes* stands for, with all that goes in and out and what is at the other end."""
        box_of = {id: box.id for id, box in boxes_of(self._picture).items()}
        edges, nodes = defaultdict(list), defaultdict(list)
        for edge in self._picture.edges:
            for box in {box_of[edge.start], box_of[edge.end]}:
                edges[box].append(edge)
        for node in self._picture.nodes:
            nodes[box_of[node.id]].append(node.id)
        return self._laid_out([self._part(edges[box.id], nodes[box.id]) for box in boxes])

    def _of_event(self, title: str, passed: Collection[int]) -> Picture:
        edges = enumerate(self._picture.edges)
        mine = [edge for number, edge in edges if number in passed or title in edge.events]
        return self._part([replace(edge, events=_written(edge, title)) for edge in mine], ())

    def _part(self, edges: Sequence[Edge], nodes: Collection[str]) -> Picture:
        shown = {*nodes, *(edge.start for edge in edges), *(edge.end for edge in edges)}
        inside = [node for node in self._picture.nodes if node.id in shown]
        frames = {node.frame for node in inside}
        around = [frame for frame in self._picture.frames if frame.id in frames]
        return replace(self._picture, frames=around, nodes=inside, edges=edges)

    def _laid_out(self, parts: Sequence[Picture], *, ahead: bool = False) -> list[Scene]:
        """Return *parts* with all in its place; nothing for one that Graphviz gives up on."""
        check_installed()
        return [self._scene(*each) for each in zip(parts, _layouts_of(parts, ahead=ahead), strict=True)]

    def _scene(self, part: Picture, layout: Layout | None) -> Scene:
        """Return where everything is: of a frame its box, of a node its corner, of an edge its line, tip and label."""
        if layout is None or not part.nodes:
            return {}
        return {
            "size": [round(layout.width), round(layout.height)],
            "frames": [
                [self._numbers.frame(frame.id), *map(round, (box.x, box.y, box.width, box.height))]
                for frame, box in zip(part.frames, layout.frames, strict=True)
            ],
            "nodes": [
                [self._numbers.node(node.id), round(box.x), round(box.y)]
                for node, box in zip(part.nodes, layout.nodes, strict=True)
            ],
            "edges": [list(each) for each in self._lines(part, layout)],
        }

    def _lines(self, part: Picture, layout: Layout) -> Iterator[Iterator[int | str]]:
        for edge, line in zip(part.edges, layout.lines, strict=True):
            points = [(round(x), round(y)) for x, y in line.points]
            label = () if line.label is None else map(round, (line.label.x, line.label.y))
            yield iter((self._numbers.edge(edge.key), curve_path(points), tip_corners(line.points), *label))


def _written(edge: Edge, title: str) -> tuple[str, ...]:
    """Return what is written on the path of one event: its name, where it is published, and not again further on."""
    return (title,) if edge.kind is EdgeKind.PUBLISHES else ()


def _layouts_of(parts: Sequence[Picture], *, ahead: bool) -> list[Layout | None]:
    """Return the layout of each of *parts*: where Graphviz gives up on one, half of them at a time."""
    try:
        return [*layouts_of(parts, ahead=ahead)]
    except DiagramError:
        if len(parts) == 1:
            return [None]
        middle = len(parts) // 2
        return [*_layouts_of(parts[:middle], ahead=ahead), *_layouts_of(parts[middle:], ahead=ahead)]
