"""How large things are in a picture, in pixels, by the number of their characters."""

from __future__ import annotations

from typing import NamedTuple

from cdk_eventbridge_patterns.diagrams.picture import Edge, Frame, Node
from cdk_eventbridge_patterns.diagrams.written import frame_title, further_lines, label, name_lines

LINE = 14
"""From one line of text to the next."""

ICON = 26
"""What the sign of a kind takes, left of the text."""

_PADDING = 10
_NARROWEST = 40
_OF_NAME = 6.7  # a fixed-width letter of 11 pixels
_OF_TEXT = 6.1  # a letter of 11 pixels, on the safe side of the average


class Size(NamedTuple):
    """Width and height."""

    width: float
    height: float


def node_size(node: Node) -> Size:
    """Return how large a node is."""
    names, further = name_lines(node), further_lines(node)
    widest = max(_NARROWEST, *(len(line) * _OF_NAME for line in names), *map(text_width, further))
    return Size(_ceil(widest + ICON + _PADDING), LINE * (1 + len(names) + len(further)))


def frame_title_size(frame: Frame) -> Size:
    """Return how large the title of a frame is."""
    lines = frame_title(frame)
    return Size(_ceil(max(map(len, lines)) * _OF_NAME), LINE * len(lines) + 4)


def label_size(edge: Edge) -> Size | None:
    """Return how large the label of an edge is, nothing where it has none."""
    lines = label(edge)
    return Size(_ceil(max(map(text_width, lines)) + 4), LINE * len(lines)) if lines else None


def text_width(line: str) -> float:
    """Return how wide a line of text is at most."""
    return len(line) * _OF_TEXT


def _ceil(pixels: float) -> int:
    return -int(-pixels // 1)
