"""A picture as Mermaid, which GitHub and GitLab draw where it stands in Markdown.

https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.diagrams.picture import Change, Edge, EdgeKind, Node, NodeKind, Picture
from cdk_eventbridge_patterns.diagrams.written import frame_title, further_lines, label
from cdk_eventbridge_patterns.reports.mermaid import in_mermaid

_BRACKETS = {
    NodeKind.PUBLISHER: ("(", ")"),
    NodeKind.BUS: ("([", "])"),
    NodeKind.QUEUE: ("[[", "]]"),
    NodeKind.FUNCTION: ("{{", "}}"),
    NodeKind.TOPIC: (">", "]"),
}

_STYLES = {
    "error": "stroke:#d1242f,stroke-width:3px",
    "warning": "stroke:#bf8700,stroke-width:3px",
    "info": "stroke-dasharray:2 2",
    Change.ADDED: "stroke:#1a7f37,stroke-width:3px",
    Change.REMOVED: "stroke:#d1242f,stroke-width:3px,stroke-dasharray:6 4",
    Change.CHANGED: "stroke:#bf8700,stroke-width:3px",
    Change.SAME: "opacity:0.5",
    "unsure": "stroke-dasharray:4 3",
}


def mermaid_of(picture: Picture) -> str:
    """Return *picture* as a flowchart of Mermaid."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    names = {node.id: f"n{index}" for index, node in enumerate(picture.nodes)}
    yield "flowchart LR"
    yield f"    accTitle: {in_mermaid(picture.title)}"
    framed = {frame.id for frame in picture.frames}
    for index, frame in enumerate(picture.frames):
        yield f'    subgraph f{index}["{_joined(frame_title(frame))}"]'
        yield from (f"        {_node(names[node.id], node)}" for node in picture.nodes if node.frame == frame.id)
        yield "    end"
    yield from (f"    {_node(names[node.id], node)}" for node in picture.nodes if node.frame not in framed)
    for edge in picture.edges:
        yield f"    {names[edge.start]} {_arrow(edge)} {names[edge.end]}"
    yield from _remarks(picture)
    yield from _styles(picture, names)


def _node(name: str, node: Node) -> str:
    opening, closing = _BRACKETS.get(node.kind, ("[", "]"))
    kind = "" if node.kind in (NodeKind.PUBLISHER, NodeKind.SERVICE) else f"{node.kind.value} "
    return f'{name}{opening}"{_joined([f"{kind}{node.name}", *further_lines(node), *_numbers(node.remarks)])}"{closing}'


def _arrow(edge: Edge) -> str:
    arrow = "-.->" if edge.kind is EdgeKind.DEAD_LETTERS or not edge.sure else "-->"
    lines = [*label(edge), *_numbers(edge.remarks)]
    return f'{arrow}|"{_joined(lines)}"|' if lines else arrow


def _remarks(picture: Picture) -> Iterator[str]:
    if picture.remarks:
        yield '    subgraph remarks["Remarks"]'
        for index, remark in enumerate(picture.remarks, start=1):
            yield f'        r{index}["{in_mermaid(f"{index} · {remark.severity} · {remark.says}")}"]'
        yield "    end"


def _styles(picture: Picture, names: dict[str, str]) -> Iterator[str]:
    for node in picture.nodes:
        style = _style(picture, node)
        if style is not None:
            yield f"    style {names[node.id]} {style}"
    for index, edge in enumerate(picture.edges):
        style = _style(picture, edge)
        if style is not None:
            yield f"    linkStyle {index} {style}"


def _style(picture: Picture, each: Node | Edge) -> str | None:
    if each.change is not None:
        return _STYLES[each.change]
    if each.remarks:
        severities = [picture.remarks[number - 1].severity for number in each.remarks]
        return _STYLES[min(severities, key=list(_STYLES).index)]
    return None if each.sure else _STYLES["unsure"]


def _numbers(remarks: Sequence[int]) -> Iterator[str]:
    if remarks:
        yield f"⚠ {', '.join(map(str, remarks))}"


def _joined(lines: Sequence[str]) -> str:
    return "<br>".join(map(in_mermaid, lines))
