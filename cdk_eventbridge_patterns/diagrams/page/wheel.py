"""Many accounts at once: a wheel, with a line from each account to those that receive its events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import cos, degrees, pi, sin

from cdk_eventbridge_patterns.diagrams.picture import EdgeKind, Frame, Picture
from cdk_eventbridge_patterns.diagrams.shapes import escaped, number, quoted

_COLOURS = 8
_BETWEEN = 17  # pixels from one name to the next
_SMALLEST = 230
_AROUND = 190  # room for names


def wheel_of(picture: Picture) -> str:
    """Return the frames of *picture* around a circle as an SVG document, and who gives events to whom.

    A frame is a `<g class="node account" data-id="…">`, a line a `<path class="flow" data-from="…" data-to="…">`.
    """
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    radius = max(_SMALLEST, len(picture.frames) * _BETWEEN / (2 * pi))
    middle = radius + _AROUND
    size = number(2 * middle)
    angles = {frame.id: 2 * pi * index / len(picture.frames) for index, frame in enumerate(picture.frames)}
    colours = {frame.id: f"f{index % _COLOURS}" for index, frame in enumerate(picture.frames)}
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="wheel" role="img" aria-labelledby="picture-title" '
        f'width="{size}" height="{size}" viewBox="0 0 {size} {size}">'
    )
    yield f'<title id="picture-title">{escaped(picture.title)}</title>'
    yield f'<g class="drawing" transform="translate({number(middle)} {number(middle)})">'
    for start, end in _flows(picture):
        (x, y), (end_x, end_y) = (_at(angles[each], radius - 8) for each in (start, end))
        line = f"M{x} {y}Q0 0 {end_x} {end_y}"
        yield f'<path class="flow {colours[start]}" data-from={quoted(start)} data-to={quoted(end)} d="{line}"/>'
    for frame in picture.frames:
        yield from _frame(frame, angles[frame.id], radius, colours)
    yield "</g></svg>"


def _frame(frame: Frame, angle: float, radius: float, colours: Mapping[str, str]) -> Iterator[str]:
    """Return a frame with its name, which reads outwards on the right and inwards on the left."""
    classes = f"node account {colours[frame.id]}{'' if frame.read else ' unread'}"
    name = ", ".join(frame.services) or frame.account
    turned = degrees(angle)
    place, anchor, x = f"rotate({number(turned)}) translate({number(radius)} 0)", "start", 12
    if pi / 2 < angle < 3 * pi / 2:
        place, anchor, x = f"{place} rotate(180)", "end", -12
    yield f"<g class={quoted(classes)} data-id={quoted(frame.id)}>"
    yield f"<title>{escaped(f'{name}: account {frame.account}, {frame.region}')}</title>"
    yield f'<g transform="{place}"><circle class="shape" r="5"/>'
    yield f'<text class="name" x="{x}" y="4" text-anchor="{anchor}">{escaped(name)}</text>'
    yield "</g></g>"


def _flows(picture: Picture) -> list[tuple[str, str]]:
    """Return from which frame to which events go, without what can't be delivered."""
    frames = {node.id: node.frame for node in picture.nodes}
    pairs = ((frames[edge.start], frames[edge.end]) for edge in picture.edges if edge.kind is not EdgeKind.DEAD_LETTERS)
    return sorted({(start, end) for start, end in pairs if start != end})


def _at(angle: float, radius: float) -> tuple[str, str]:
    return number(cos(angle) * radius), number(sin(angle) * radius)
