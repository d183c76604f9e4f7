"""What stands below a picture: what its colours and lines mean, and the remarks in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap

from cdk_eventbridge_patterns.diagrams.measures import LINE, text_width
from cdk_eventbridge_patterns.diagrams.picture import Change, EdgeKind, Picture
from cdk_eventbridge_patterns.diagrams.shapes import BADGE, badge, number, text

_SAMPLE = 28
_GAP = 18
_WIDEST = 110  # characters of a remark in one line
_ROW = 2 * BADGE + 6
_INDENT = 2 * BADGE + 8


class Legend:
    """The legend of a picture, and how much room it takes.

    Args:
        picture: The picture.

        colours: The class of each service whose events are drawn, by which they have their colour.

        width: The width of what is above it, which it keeps to where it can.
    """

    def __init__(self, picture: Picture, colours: Mapping[str, str], width: float) -> None:
        self._samples = list(_samples(picture, colours))
        self._rows = list(_in_rows(self._samples, width))
        self._remarks = [(remark, wrap(remark.says, _WIDEST)) for remark in picture.remarks]

    @property
    def width(self) -> float:
        """How wide it is."""
        rows = [sum(_taken(says) for _, says in row) for row in self._rows]
        remarks = [_INDENT + text_width(line) for _, lines in self._remarks for line in lines]
        return max([0.0, *rows, *remarks])

    @property
    def height(self) -> float:
        """How high it is."""
        remarks = sum(_remark_height(lines) for _, lines in self._remarks)
        return _GAP + _ROW * len(self._rows) + remarks

    def lines(self, left: float, top: float) -> Iterator[str]:
        """Return its elements."""
        yield '<g class="legend">'
        y = top + _GAP
        for row in self._rows:
            x = left
            for classes, says in row:
                yield from _sample(classes, says, x, y)
                x += _taken(says)
            y += _ROW
        for index, (remark, lines) in enumerate(self._remarks, start=1):
            if remark.drawn:
                yield badge(index, remark, left + BADGE, y + 4)
            for place, line in enumerate(lines):
                yield text(line, left + _INDENT, y + 8 + LINE * place, "remark")
            y += _remark_height(lines)
        yield "</g>"


def _samples(picture: Picture, colours: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return what is explained, each by the classes of its sample and in words."""
    changes = {each.change for each in picture.drawn} - {None}
    if changes:
        yield from ((f"edge {change.value}", change.in_words) for change in Change if change in changes)
    else:
        yield from ((f"edge {colour}", f"events of {service}") for service, colour in colours.items())
    kinds = {edge.kind for edge in picture.edges}
    if EdgeKind.DEAD_LETTERS in kinds:
        yield "edge dead-letters", "what can't be delivered"
    if not all(each.sure for each in picture.drawn):
        yield "edge unsure", "off, not read, or known at deployment only"


def _in_rows(samples: list[tuple[str, str]], width: float) -> Iterator[list[tuple[str, str]]]:
    row: list[tuple[str, str]] = []
    for sample in samples:
        if row and sum(_taken(says) for _, says in (*row, sample)) > width:
            yield row
            row = []
        row.append(sample)
    if row:
        yield row


def _sample(classes: str, says: str, x: float, y: float) -> Iterator[str]:
    yield f'<g class="{classes}"><path class="line" d="M{number(x)},{number(y + 4)}h{_SAMPLE}"/></g>'
    yield text(says, x + _SAMPLE + 6, y + 8, "says")


def _taken(says: str) -> float:
    return _SAMPLE + 6 + text_width(says) + _GAP


def _remark_height(lines: list[str]) -> float:
    return max(_ROW, LINE * len(lines) + 8)
