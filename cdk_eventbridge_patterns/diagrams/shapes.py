"""The shapes that a picture is made of, as elements of SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import hypot
from xml.sax.saxutils import escape, quoteattr

from cdk_eventbridge_patterns.diagrams.layout import Box, Point
from cdk_eventbridge_patterns.diagrams.picture import Remark

BADGE = 8
"""The radius of the number of a remark."""

COLOURS = 8
"""How many colours events have, by the service that publishes them: the classes `f0` to `f7`."""

_TIP = 8

# https://www.w3.org/TR/xml/#charsets
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def text(content: str, x: float, y: float, classes: str) -> str:
    """Return one line of text."""
    return f'<text class="{classes}" x="{number(x)}" y="{number(y)}">{escaped(content)}</text>'


def rect(box: Box, classes: str, *, radius: float) -> str:
    """Return a rectangle with round corners."""
    place = f'x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" height="{number(box.height)}"'
    return f'<rect class="{classes}" {place} rx="{number(radius)}"/>'


def curve(points: Sequence[Point]) -> str:
    """Return a line along Bézier curves; it ends where its tip begins."""
    return f'<path class="line" d="{curve_path(points)}"/>'


def curve_path(points: Sequence[Point]) -> str:
    """Return the way of the pen along that line."""
    *way, last = points
    start, *controls = [*way, _before(last, way[-1], _TIP - 1)]
    return f"M{_pair(start)}C{' '.join(map(_pair, controls))}"


def tip(points: Sequence[Point]) -> str:
    """Return the tip of the arrow at the end of a line."""
    return f'<polygon class="tip" points="{tip_corners(points)}"/>'


def tip_corners(points: Sequence[Point]) -> str:
    """Return the corners of that tip."""
    *_, before, (x, y) = points
    back_x, back_y = _before((x, y), before, _TIP)
    aside_x, aside_y = (y - back_y) * 0.45, (back_x - x) * 0.45
    corners = [(x, y), (back_x + aside_x, back_y + aside_y), (back_x - aside_x, back_y - aside_y)]
    return " ".join(map(_pair, corners))


def badge(index: int, remark: Remark, x: float, y: float) -> str:
    """Return the number of a remark, in a circle."""
    return (
        f'<g class="badge {remark.severity}"><title>{escaped(remark.says)}</title>'
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{BADGE}"/>{text(str(index), x, y + 3.5, "number")}</g>'
    )


def escaped(content: str) -> str:
    """Return *content* as text of XML, which has no control characters."""
    return escape(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", content))


def quoted(content: str) -> str:
    """Return *content* as the value of an attribute, in quotes."""
    return quoteattr(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", content))


def number(value: float) -> str:
    """Return a number of pixels: a tenth of one is nothing to see."""
    return f"{value:.1f}".removesuffix(".0")


def _before(end: Point, previous: Point, distance: float) -> Point:
    """Return the point at a distance before *end*, on the way there from *previous*."""
    (x, y), (from_x, from_y) = end, previous
    length = hypot(x - from_x, y - from_y) or 1
    return x - (x - from_x) / length * distance, y - (y - from_y) / length * distance


def _pair(point: Point) -> str:
    return f"{number(point[0])},{number(point[1])}"
