"""How large things are in a picture, in pixels, by the number of their characters."""

from __future__ import annotations

import re
from typing import NamedTuple

from cdk_eventbridge_patterns.diagrams.picture import Edge, EdgeKind, Frame, Node

LINE = 14
"""From one line of text to the next."""

ICON = 26
"""What the sign of a kind takes, left of the text."""

_PADDING = 10
_OF_NAME = 6.7  # a fixed-width letter of 11 pixels
_OF_TEXT = 6.1  # a letter of 11 pixels, on the safe side of the average

# The convention has two hyphens between the parts of a name; names of others have whatever they have.
_LONG_NAME = 24
_BETWEEN_PARTS = re.compile(r"--(?=.)")
_BETWEEN_WORDS = re.compile(r"[-_/:.](?=.)")

_EVENTS_SHOWN = 4
_LABELLED = (EdgeKind.PUBLISHES, EdgeKind.TAKES)


class Size(NamedTuple):
    """Width and height."""

    width: float
    height: float


def node_size(node: Node) -> Size:
    """Return how large a node is."""
    names = name_lines(node.name)
    widest = max(*(len(line) * _OF_NAME for line in names), *map(text_width, node.says), 40)
    return Size(_ceil(widest + ICON + _PADDING), 14 + LINE * (len(names) + len(node.says)))


def name_lines(name: str) -> list[str]:
    """Return a name in one line, a long one in two, divided between two of its words near the middle."""
    if len(name) <= _LONG_NAME:
        return [name]
    breaks = [found.end() for found in _BETWEEN_PARTS.finditer(name)] or [
        found.end() for found in _BETWEEN_WORDS.finditer(name)
    ]
    if not breaks:
        return [name]
    at = min(breaks, key=lambda place: abs(len(name) - 2 * place))
    return [name[:at], name[at:]]


def frame_title_size(frame: Frame) -> Size:
    """Return how large the title of a frame is."""
    return Size(_ceil(max(map(len, frame_title(frame))) * _OF_NAME), LINE * len(frame_title(frame)) + 4)


def frame_title(frame: Frame) -> list[str]:
    """Return the title of a frame, line by line: what services are in it, and the account."""
    lines = [", ".join(frame.services)] if frame.services else []
    return [*lines, f"{frame.account} · {frame.region}{'' if frame.read else ' · not read'}"]


def label_size(edge: Edge) -> Size | None:
    """Return how large the label of an edge is, nothing where it has none."""
    lines = label(edge)
    return Size(_ceil(max(map(text_width, lines)) + 4), LINE * len(lines)) if lines else None


def label(edge: Edge) -> list[str]:
    """Return the events that are written on an edge: where they are published and taken, and not again further on."""
    if edge.kind not in _LABELLED:
        return []
    events = list(edge.events)
    if len(events) <= _EVENTS_SHOWN:
        return events
    shown = events[: _EVENTS_SHOWN - 1]
    return [*shown, f"and {len(events) - len(shown)} more"]


def text_width(line: str) -> float:
    """Return how wide a line of text is at most."""
    return len(line) * _OF_TEXT


def _ceil(pixels: float) -> int:
    return -int(-pixels // 1)
