"""Small pictures within the large one: the path of each event by itself, and each account with what goes in and out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from cdk_eventbridge_patterns.diagrams.layout import Layout, layouts_of
from cdk_eventbridge_patterns.diagrams.page.numbers import Numbers
from cdk_eventbridge_patterns.diagrams.picture import Edge, Picture
from cdk_eventbridge_patterns.diagrams.shapes import curve_path, tip_corners

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

    def of_accounts(self) -> list[Scene]:
        """Return each frame, with all that goes in and out and what is there at the other end."""
        frames = {node.id: node.frame for node in self._picture.nodes}
        return self._laid_out(
            [
                self._part(
                    [edge for edge in self._picture.edges if frame.id in (frames[edge.start], frames[edge.end])],
                    [node.id for node in self._picture.nodes if node.frame == frame.id],
                )
                for frame in self._picture.frames
            ]
        )

    def _of_event(self, title: str, passed: Collection[int]) -> Picture:
        edges = enumerate(self._picture.edges)
        mine = [edge for number, edge in edges if number in passed or title in edge.events]
        return self._part([replace(edge, events=(title,)) if edge.events else edge for edge in mine], ())

    def _part(self, edges: Sequence[Edge], nodes: Collection[str]) -> Picture:
        shown = {*nodes, *(edge.start for edge in edges), *(edge.end for edge in edges)}
        inside = [node for node in self._picture.nodes if node.id in shown]
        frames = {node.frame for node in inside}
        around = [frame for frame in self._picture.frames if frame.id in frames]
        return replace(self._picture, frames=around, nodes=inside, edges=edges)

    def _laid_out(self, parts: Sequence[Picture], *, ahead: bool = False) -> list[Scene]:
        drawn = [part for part in parts if part.nodes]
        layouts = iter(layouts_of(drawn, ahead=ahead))
        return [self._scene(part, next(layouts)) if part.nodes else {} for part in parts]

    def _scene(self, part: Picture, layout: Layout) -> Scene:
        """Return where everything is: of a frame its box, of a node its corner, of an edge its line, tip and label."""
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
