"""What is written in a picture, line by line: long names divided, much shortened, the whole of it on hover."""

from __future__ import annotations

import re

from cdk_eventbridge_patterns.diagrams.picture import Edge, EdgeKind, Frame, Node

_LONGEST_LINE = 60
_EVENTS_SHOWN = 4
_LABELLED = (EdgeKind.PUBLISHES, EdgeKind.TAKES)

# The convention has two hyphens between the parts of a name; names of others have whatever they have.
_LONG_NAME = 24
_BETWEEN_PARTS = re.compile(r"--(?=.)")
_BETWEEN_WORDS = re.compile(r"[-_/:.](?=.)")


def name_lines(node: Node) -> list[str]:
    """Return the name of a node in one line, a long one in two, divided between two of its words near the middle."""
    name = node.name
    breaks = [found.end() for found in _BETWEEN_PARTS.finditer(name)] or [
        found.end() for found in _BETWEEN_WORDS.finditer(name)
    ]
    if len(name) <= _LONG_NAME or not breaks:
        return [_shortened(name)]
    at = min(breaks, key=lambda place: abs(len(name) - 2 * place))
    return [_shortened(name[:at]), _shortened(name[at:])]


def further_lines(node: Node) -> list[str]:
    """Return what a node says below its name."""
    return list(map(_shortened, node.says))


def frame_title(frame: Frame) -> list[str]:
    """Return the title of a frame: what services are in it, and the account."""
    account = f"{frame.account} · {frame.region}{'' if frame.read else ' · not read'}"
    return list(map(_shortened, [", ".join(frame.services), account] if frame.services else [account]))


def label(edge: Edge) -> list[str]:
    """Return the events that are written on an edge: where they are published and taken, and not again further on."""
    if edge.kind not in _LABELLED:
        return []
    events = list(map(_shortened, edge.events))
    if len(events) <= _EVENTS_SHOWN:
        return events
    shown = events[: _EVENTS_SHOWN - 1]
    return [*shown, f"and {len(events) - len(shown)} more"]


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"
