"""Where everything of a picture is, as Graphviz places it.

Graphviz is given sizes and no text: how wide a text is depends on the fonts of a machine, and the same picture must
come out everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.diagrams.graphviz import lay_out
from cdk_eventbridge_patterns.diagrams.measures import Size, frame_title_size, label_size, node_size
from cdk_eventbridge_patterns.diagrams.picture import Edge, EdgeKind, NodeKind, Picture

Point = tuple[float, float]

_GRAPH = "newrank=true; ranksep=0.45; nodesep=0.16; node [shape=box, fixedsize=true]; edge [arrowhead=none]"
_PER_INCH = 72
_STARTS = (NodeKind.BUS, NodeKind.PUBLISHER, NodeKind.ENDPOINT)


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle, by its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Line:
    """The way of an edge.

    Args:
        points: The control points of cubic Bézier curves, one after the other; the last is the tip.

        label: Where its events stand. Default: it has no label.
    """

    points: tuple[Point, ...]
    label: Box | None = None

    @property
    def middle(self) -> Point:
        """A point in the middle of it, where one curve ends and the next begins, or between the controls of one."""
        at = len(self.points) // 2
        (x, y), (other_x, other_y) = self.points[at - 1], self.points[at]
        return self.points[at] if at % 3 == 0 else ((x + other_x) / 2, (y + other_y) / 2)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where everything is, from the upper left corner on, in pixels; in the order of the picture."""

    width: float
    height: float
    frames: tuple[Box, ...]
    nodes: tuple[Box, ...]
    lines: tuple[Line, ...]


def layout_of(picture: Picture) -> Layout:
    """Return where Graphviz places what is in *picture*.

    Raises:
        DiagramError: If Graphviz is not installed, or can't.
    """
    (layout,) = layouts_of([picture])
    return layout


def layouts_of(pictures: Sequence[Picture], *, ahead: bool = False) -> list[Layout]:
    """Return where Graphviz places what is in each of *pictures*, which takes it far less time than one by one.

    Args:
        pictures: The pictures.

        ahead: Whether what goes from frame to frame leads to the right, as is fit for the way of one event. Default:
            each frame begins at the left, and one is below the other.

    Raises:
        DiagramError: If Graphviz is not installed, or can't.
    """
    found = lay_out(["\n".join(_dot(picture, ahead=ahead)) for picture in pictures])
    return [_placed(picture, each) for picture, each in zip(pictures, found, strict=True)]


def _dot(picture: Picture, *, ahead: bool) -> Iterator[str]:
    """Return the picture in the language of Graphviz: everything by its number."""
    numbers = {node.id: index for index, node in enumerate(picture.nodes)}
    frames = {frame.id: index for index, frame in enumerate(picture.frames)}
    yield f"digraph {{ rankdir={'LR' if picture.frames else 'TB'}; {_GRAPH}"
    for frame, title in enumerate(map(frame_title_size, picture.frames)):
        inside = "; ".join(f"n{numbers[node.id]}" for node in picture.nodes if frames[node.frame] == frame)
        yield f"subgraph cluster{frame} {{ margin=14; label={_blank(title)}; {inside} }}"
    for index, size in enumerate(map(node_size, picture.nodes)):
        yield f'n{index} [label="", width={size.width / _PER_INCH:.4f}, height={size.height / _PER_INCH:.4f}]'
    for index, edge in enumerate(picture.edges):
        attributes = ", ".join(_attributes(picture, index, edge, ahead=ahead))
        yield f"n{numbers[edge.start]} -> n{numbers[edge.end]} [{attributes}]"
    for start, end in _held_to_the_right(picture):
        yield f"n{numbers[start]} -> n{numbers[end]} [style=invis, minlen=2]"
    yield "}"


def _attributes(picture: Picture, index: int, edge: Edge, *, ahead: bool) -> Iterator[str]:
    """Return what Graphviz goes by.

    What goes from frame to frame decides nothing, unless it is to lead ahead: so each begins at the left, and one is
    below the other. A label would need a place of its own then, which Graphviz 14 may give up on.
    """
    yield f"class={index}"
    size = label_size(edge)
    if size is not None:
        yield f"label={_blank(size)}"
    elif _crosses(picture, edge) and not (ahead and edge.kind is EdgeKind.DELIVERS):
        yield "constraint=false"


def _crosses(picture: Picture, edge: Edge) -> bool:
    return bool(picture.frames) and picture.node(edge.start).frame != picture.node(edge.end).frame


def _held_to_the_right(picture: Picture) -> Iterator[tuple[str, str]]:
    """Return what is to the right of which bus, as nothing in its own frame leads there."""
    buses = {node.frame: node.id for node in picture.nodes if node.kind is NodeKind.BUS}
    led_to = {edge.end for edge in picture.edges if not _crosses(picture, edge)}
    for node in picture.nodes:
        if node.kind not in _STARTS and node.id not in led_to and node.frame in buses:
            yield buses[node.frame], node.id


def _blank(size: Size) -> str:
    """Return a label that takes as much room as the text will."""
    table = f'BORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" WIDTH="{size.width}" HEIGHT="{size.height}"'
    return f"<<TABLE {table}><TR><TD></TD></TR></TABLE>>"


def _placed(picture: Picture, found: Mapping[str, Any]) -> Layout:
    """Return what Graphviz found, turned upside down: it counts from the lower left corner."""
    _, _, width, height = _numbers(found["bb"])
    objects = {each["name"]: each for each in found.get("objects", ())}
    lines = {each["class"]: each for each in found.get("edges", ()) if "class" in each}

    def point(written: str) -> Point:
        x, y = _numbers(written)
        return x, height - y

    def around(written: str, size: Size) -> Box:
        x, y = point(written)
        return Box(x=x - size.width / 2, y=y - size.height / 2, width=size.width, height=size.height)

    def frame(written: str) -> Box:
        left, lower, right, upper = _numbers(written)
        return Box(x=left, y=height - upper, width=right - left, height=upper - lower)

    def line(edge: Edge, attributes: Mapping[str, str]) -> Line:
        size = label_size(edge)
        return Line(
            points=tuple(map(point, attributes["pos"].split())),
            label=None if size is None else around(attributes["lp"], size),
        )

    return Layout(
        width=width,
        height=height,
        frames=tuple(frame(objects[f"cluster{index}"]["bb"]) for index in range(len(picture.frames))),
        nodes=tuple(around(objects[f"n{index}"]["pos"], node_size(node)) for index, node in enumerate(picture.nodes)),
        lines=tuple(line(edge, lines[str(index)]) for index, edge in enumerate(picture.edges)),
    )


def _numbers(written: str) -> list[float]:
    return [float(number) for number in written.split(",")]
