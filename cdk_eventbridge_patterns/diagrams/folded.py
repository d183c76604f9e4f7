"""A picture of much, folded: each service of an account is one box, and what goes from one to the other remains."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from cdk_eventbridge_patterns.diagrams.boxes import ServiceBox, boxes_of
from cdk_eventbridge_patterns.diagrams.picture import Change, Drawn, Edge, EdgeKind, Frame, Node, NodeKind, Picture
from cdk_eventbridge_patterns.reports.counted import counted

# More services than this, each with all that it has, are more than can be looked at.
_SERVICES_IN_FULL = 12


def legible(picture: Picture) -> Picture:
    """Return *picture*, folded where it has more than 12 services."""
    boxes = folded(picture)
    return boxes if is_large(boxes) else picture


def is_large(boxes: Picture) -> bool:
    """Return whether a folded picture has more services than can be looked at with all that they have."""
    return len(boxes.nodes) > _SERVICES_IN_FULL


def folded(picture: Picture) -> Picture:
    """Return *picture* with one node for each service in an account.

    What can't be delivered is left out. Remarks on what is inside a box are on it.
    """
    box_of = boxes_of(picture)
    nodes, inside, between = defaultdict(list), defaultdict(list), defaultdict(list)
    for node in picture.nodes:
        nodes[box_of[node.id]].append(node)
    for edge in picture.edges:
        start, end = box_of[edge.start], box_of[edge.end]
        if start == end or edge.kind is EdgeKind.DEAD_LETTERS:
            inside[start].append(edge)
        else:
            between[start, end].append(edge)
    frames = {frame.id: frame for frame in picture.frames}
    return replace(
        picture,
        frames=(),
        nodes=[_node(box, frames[box.frame], found, inside[box]) for box, found in nodes.items()],
        edges=[_edge(start.id, end.id, edges) for (start, end), edges in between.items()],
    )


def _node(box: ServiceBox, frame: Frame, nodes: Sequence[Node], edges: Sequence[Edge]) -> Node:
    drawn: list[Drawn] = [*nodes, *edges]
    return Node(
        id=box.id,
        kind=NodeKind.SERVICE,
        frame=box.frame,
        name=box.service or frame.account,
        says=tuple(_of_box(frame, nodes)),
        service=box.service,
        sure=frame.read,
        remarks=_each_once(chain.from_iterable(each.remarks for each in drawn)),
        change=Change.of_all(each.change for each in drawn),
    )


def _of_box(frame: Frame, nodes: Iterable[Node]) -> Iterator[str]:
    yield f"{frame.account} · {frame.region}{'' if frame.read else ' · not read'}"
    counts: Counter[NodeKind] = Counter(node.kind for node in nodes if node.kind is not NodeKind.PUBLISHER)
    if counts:
        yield ", ".join(counted(counts[kind], kind.value) for kind in NodeKind if kind in counts)


def _edge(start: str, end: str, edges: Sequence[Edge]) -> Edge:
    services = {edge.service for edge in edges}
    return Edge(
        start=start,
        end=end,
        kind=EdgeKind.TAKES,
        events=tuple(dict.fromkeys(chain.from_iterable(edge.events for edge in edges))),
        service=next(iter(services)) if len(services) == 1 else None,
        sure=any(edge.sure for edge in edges),
        remarks=_each_once(chain.from_iterable(edge.remarks for edge in edges)),
        change=Change.of_all(edge.change for edge in edges),
    )


def _each_once(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))
