"""A picture as SVG, which needs no browser to be made and no script to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from cdk_eventbridge_patterns.diagrams.layout import Box, Layout, Line, Point, layout_of
from cdk_eventbridge_patterns.diagrams.legend import Legend
from cdk_eventbridge_patterns.diagrams.measures import ICON, LINE, node_size
from cdk_eventbridge_patterns.diagrams.picture import Change, Edge, Frame, Node, NodeKind, Picture
from cdk_eventbridge_patterns.diagrams.shapes import (
    BADGE,
    COLOURS,
    badge,
    curve,
    escaped,
    number,
    quoted,
    rect,
    text,
    tip,
)
from cdk_eventbridge_patterns.diagrams.written import frame_title, further_lines, label, name_lines

_MARGIN = 16
_HEADER = 44

# The sign of each kind, as the path of a pen in a square of 16 pixels.
_SIGNS = {
    NodeKind.PUBLISHER: "M3 13V7l5-4 5 4v6zM8 13V9",
    NodeKind.ENDPOINT: "M8 2a6 6 0 1 0 .01 0M2 8h12M8 2c-4 4-4 8 0 12M8 2c4 4 4 8 0 12",
    NodeKind.BUS: "M1 5h14M1 11h14M5 5v6M11 5v6",
    NodeKind.RULE: "M2 3h12L10 8.5V13l-4 1V8.5z",
    NodeKind.QUEUE: "M2 4h12v8H2zM6 4v8M10 4v8",
    NodeKind.TOPIC: "M4 6a5 5 0 0 0 0 4M12 6a5 5 0 0 1 0 4M2 4a8 8 0 0 0 0 8M14 4a8 8 0 0 1 0 8M8 8h.01",
    NodeKind.FUNCTION: "M4 3h2l5 10h2M7.2 6.5L4 13",
    NodeKind.STREAM: "M2 5c3-3 5 3 8 0s3 0 4 0M2 8c3-3 5 3 8 0s3 0 4 0M2 11c3-3 5 3 8 0s3 0 4 0",
    NodeKind.STATE_MACHINE: "M6 2h4v4H6zM2 10h4v4H2zM10 10h4v4h-4zM8 6v2M4 10V8h8v2",
    NodeKind.LOG_GROUP: "M3 2h10v12H3zM6 6h4M6 9h4",
    NodeKind.API_DESTINATION: "M2 8h9M8 4.5L11.5 8 8 11.5M14 3v10",
    NodeKind.SERVICE: "M2 3h12v10H2zM2 6h12M5 9h3",
    NodeKind.OTHER: "M8 3a5 5 0 1 0 .01 0M8 6.5a1.5 1.5 0 1 0 .01 0",
}


def svg_of(picture: Picture, *, bare: bool = False) -> str:
    """Return *picture* as an SVG document.

    A node is a `<g class="node …" data-id="…">`, an edge a `<g class="edge …" data-from="…" data-to="…"
    data-events="…">`, a frame a `<g class="frame" data-id="…">`; `data-remarks` are the numbers of what is said of it.
    All is in a `<g class="drawing">`.

    Args:
        picture: What is drawn.

        bare: Whether title, legend and the words of remarks are left out, as is fit for a page that has its own.
            Default: all is there.

    Raises:
        DiagramError: If Graphviz, which lays it out, is not installed, or can't.
    """
    return "\n".join(_Svg(picture, layout_of(picture)).lines(bare=bare)) + "\n"


def nodes_of(picture: Picture) -> str:
    """Return the nodes of *picture* as an SVG document, all at one place: a page puts them where it wants them."""
    boxes = tuple(Box(x=0, y=0, width=size.width, height=size.height) for size in map(node_size, picture.nodes))
    nodes = _Svg(picture, Layout(width=0, height=0, frames=(), nodes=boxes, lines=())).nodes()
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg"><g class="drawing">', *nodes, "</g></svg>"]) + "\n"


def style() -> str:
    """Return the style of a picture: colours for light and, in a media query, for dark, and what has which."""
    colours = "".join(f".f{index} {{ --flow: var(--flow-{index}); }}\n" for index in range(COLOURS))
    return files(__package__).joinpath("svg.css").read_text(encoding="utf-8") + colours


class _Svg:
    def __init__(self, picture: Picture, layout: Layout) -> None:
        self._picture = picture
        self._layout = layout
        self._colours = {service: f"f{index % COLOURS}" for index, service in enumerate(picture.services)}
        told_apart = self._colours if len(self._colours) <= COLOURS else {}  # with more, each colour is of several
        self._legend = Legend(picture, told_apart, layout.width)

    def lines(self, *, bare: bool) -> Iterator[str]:
        header = _MARGIN if bare else _HEADER
        legend_width, legend_height = (0, 0) if bare else (self._legend.width, self._legend.height)
        width = number(max(self._layout.width, legend_width) + 2 * _MARGIN)
        height = number(header + self._layout.height + legend_height + _MARGIN)
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="picture-title" '
            f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        )
        yield f'<title id="picture-title">{escaped(self._picture.title)}</title>'
        yield f"<style>\n{style()}</style>"
        yield f'<g class="drawing" transform="translate({_MARGIN} {header})">'
        yield from self._drawing()
        yield "</g>"
        if not bare:
            yield text(self._picture.title, _MARGIN, 28, "title")
            yield from self._legend.lines(_MARGIN, header + self._layout.height)
        yield "</svg>"

    def _drawing(self) -> Iterator[str]:
        for frame, box in zip(self._picture.frames, self._layout.frames, strict=True):
            yield from self._frame(frame, box)
        for edge, line in zip(self._picture.edges, self._layout.lines, strict=True):
            yield from self._edge(edge, line)
        yield from self.nodes()

    def nodes(self) -> Iterator[str]:
        for node, box in zip(self._picture.nodes, self._layout.nodes, strict=True):
            yield from self._node(node, box)

    def _frame(self, frame: Frame, box: Box) -> Iterator[str]:
        yield f'<g class="frame{"" if frame.read else " unread"}" data-id={quoted(frame.id)}>'
        yield _hover(*frame.services, f"{frame.account} {frame.region}")
        yield rect(box, "shape", radius=12)
        *services, account = frame_title(frame)
        for index, line in enumerate(services):
            yield text(line, box.x + 14, box.y + 20 + LINE * index, "services")
        yield text(account, box.x + 14, box.y + 20 + LINE * len(services), "account")
        yield "</g>"

    def _node(self, node: Node, box: Box) -> Iterator[str]:
        classes = ["node", node.kind.value.replace(" ", "-"), *self._marks(node.sure, node.change)]
        if node.change is None and node.kind is NodeKind.PUBLISHER:
            classes.append(self._colours.get(node.service or node.name, ""))
        yield f"<g class={quoted(_words(classes))} data-id={quoted(node.id)}{_remarks(node.remarks)}>"
        yield _hover(f"{node.kind.value} {node.id}", *node.says)
        yield rect(box, "shape", radius=16 if node.kind is NodeKind.BUS else 5)
        place = f"translate({number(box.x + 9)} {number(box.y + 6)})"
        yield f'<path class="sign" transform="{place}" d="{_SIGNS[node.kind]}"/>'
        names = name_lines(node)
        for index, line in enumerate((*names, *further_lines(node))):
            y = box.y + 18 + LINE * index
            yield text(line, box.x + ICON + 4, y, "name" if index < len(names) else "says")
        yield from self._badges(node.remarks, (box.x + box.width - 4, box.y))
        yield "</g>"

    def _edge(self, edge: Edge, line: Line) -> Iterator[str]:
        classes = ["edge", edge.kind.value, *self._marks(edge.sure, edge.change)]
        if edge.change is None and edge.service is not None:
            classes.append(self._colours[edge.service])
        events = quoted(" ".join(edge.events))
        yield (
            f"<g class={quoted(_words(classes))} data-from={quoted(edge.start)} data-to={quoted(edge.end)} "
            f"data-events={events}{_remarks(edge.remarks)}>"
        )
        if edge.events:
            yield _hover(*edge.events)
        yield curve(line.points)
        yield tip(line.points)
        if line.label is not None:
            yield rect(line.label, "behind", radius=3)
            for index, event in enumerate(label(edge)):
                yield text(event, line.label.x + 2, line.label.y + 11 + LINE * index, "event")
        yield from self._badges(edge.remarks, line.middle)
        yield "</g>"

    def _marks(self, sure: bool, change: Change | None) -> Iterator[str]:  # noqa: FBT001 - as Node and Edge have it
        if not sure:
            yield "unsure"
        if change is not None:
            yield change.value

    def _badges(self, remarks: Sequence[int], at: Point) -> Iterator[str]:
        for index, remark in enumerate(reversed(remarks)):
            x, y = at[0] - index * (2 * BADGE + 1), at[1]
            yield badge(remark, self._picture.remarks[remark - 1], x, y)


def _hover(*lines: str) -> str:
    """Return what a browser shows of an element that one points at."""
    return f"<title>{escaped(chr(10).join(lines))}</title>"


def _remarks(numbers: Sequence[int]) -> str:
    return f' data-remarks="{" ".join(map(str, numbers))}"' if numbers else ""


def _words(classes: Iterable[str]) -> str:
    return " ".join(filter(None, classes))
