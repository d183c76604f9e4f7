"""Many services at once: a wheel, with a line from each to those that receive its events."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, degrees, pi, sin

from cdk_eventbridge_patterns.diagrams.picture import Node, Picture
from cdk_eventbridge_patterns.diagrams.shapes import COLOURS, escaped, number, quoted

_BETWEEN = 17  # pixels from one name to the next
_SMALLEST = 230
_AROUND = 190  # room for names
_LONGEST_NAME = 28


def wheel_of(boxes: Picture) -> str:
    """Return a folded picture around a circle as an SVG document: its services, and who gives events to whom.

    A service is a `<g class="box" data-id="…">`, a line a `<path class="flow" data-from="…" data-to="…">`.
    """
    return "\n".join(_lines(boxes)) + "\n"


def _lines(boxes: Picture) -> Iterator[str]:
    radius = max(_SMALLEST, len(boxes.nodes) * _BETWEEN / (2 * pi))
    middle = radius + _AROUND
    size = number(2 * middle)
    angles = {box.id: 2 * pi * index / len(boxes.nodes) for index, box in enumerate(boxes.nodes)}
    colours = {box.id: f"f{index % COLOURS}" for index, box in enumerate(boxes.nodes)}
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="wheel" role="img" aria-labelledby="picture-title" '
        f'width="{size}" height="{size}" viewBox="0 0 {size} {size}">'
    )
    yield f'<title id="picture-title">{escaped(boxes.title)}</title>'
    yield f'<g class="drawing" transform="translate({number(middle)} {number(middle)})">'
    for edge in boxes.edges:
        (x, y), (end_x, end_y) = (_at(angles[each], radius - 8) for each in (edge.start, edge.end))
        ends = f"data-from={quoted(edge.start)} data-to={quoted(edge.end)}"
        yield f'<path class="flow {colours[edge.start]}" {ends} d="M{x} {y}Q0 0 {end_x} {end_y}"/>'
    for box in boxes.nodes:
        yield from _box(box, angles[box.id], radius, colours[box.id])
    yield "</g></svg>"


def _box(box: Node, angle: float, radius: float, colour: str) -> Iterator[str]:
    """Return a service with its name, which reads outwards on the right and inwards on the left."""
    name = box.name if len(box.name) <= _LONGEST_NAME else f"{box.name[: _LONGEST_NAME - 1]}…"
    place, anchor, x = f"rotate({number(degrees(angle))}) translate({number(radius)} 0)", "start", 12
    if pi / 2 < angle < 3 * pi / 2:
        place, anchor, x = f"{place} rotate(180)", "end", -12
    yield f'<g class="box {colour}{"" if box.sure else " unread"}" data-id={quoted(box.id)}>'
    yield f"<title>{escaped(', '.join([box.name, *box.says]))}</title>"
    yield f'<g transform="{place}"><circle class="shape" r="5"/>'
    yield f'<text class="name" x="{x}" y="4" text-anchor="{anchor}">{escaped(name)}</text></g></g>'


def _at(angle: float, radius: float) -> tuple[str, str]:
    return number(cos(angle) * radius), number(sin(angle) * radius)
