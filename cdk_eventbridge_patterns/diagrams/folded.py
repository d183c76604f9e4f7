"""A picture of many accounts, folded: each account is one node, and what goes from account to account remains."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from cdk_eventbridge_patterns.diagrams.picture import Change, Drawn, Edge, EdgeKind, Frame, Node, NodeKind, Picture

_PLURALS = {NodeKind.BUS: "buses"}


# More accounts than this, each with all that is in it, are more than can be looked at.
_ACCOUNTS_IN_FULL = 12


def legible(picture: Picture) -> Picture:
    """Return *picture*, folded where it has more than 12 accounts."""
    return folded(picture) if len(picture.frames) > _ACCOUNTS_IN_FULL else picture


def folded(picture: Picture) -> Picture:
    """Return *picture* with one node for each frame.

    What can't be delivered is left out. Remarks on what is inside a frame are on its node.
    """
    frame_of = {node.id: node.frame for node in picture.nodes}
    nodes, inside, between = defaultdict(list), defaultdict(list), defaultdict(list)
    for node in picture.nodes:
        nodes[node.frame].append(node)
    for edge in picture.edges:
        start, end = frame_of[edge.start], frame_of[edge.end]
        if start == end or edge.kind is EdgeKind.DEAD_LETTERS:
            inside[start].append(edge)
        else:
            between[start, end].append(edge)
    return replace(
        picture,
        frames=(),
        nodes=[_frame(frame, nodes[frame.id], inside[frame.id]) for frame in picture.frames],
        edges=[_edge(start, end, edges) for (start, end), edges in between.items()],
    )


def _frame(frame: Frame, nodes: Sequence[Node], edges: Sequence[Edge]) -> Node:
    drawn: list[Drawn] = [*nodes, *edges]
    return Node(
        id=frame.id,
        kind=NodeKind.ACCOUNT,
        frame=frame.id,
        name=", ".join(frame.services) or frame.account,
        says=tuple(_of_frame(frame, nodes)),
        service=frame.services[0] if len(frame.services) == 1 else None,
        sure=frame.read,
        remarks=_each_once(chain.from_iterable(each.remarks for each in drawn)),
        change=Change.of_all(each.change for each in drawn),
    )


def _of_frame(frame: Frame, nodes: Iterable[Node]) -> Iterator[str]:
    yield f"{frame.account} · {frame.region}{'' if frame.read else ' · not read'}"
    counts: Counter[NodeKind] = Counter(node.kind for node in nodes if node.kind is not NodeKind.PUBLISHER)
    if counts:
        yield ", ".join(_counted(kind, counts[kind]) for kind in NodeKind if kind in counts)


def _counted(kind: NodeKind, count: int) -> str:
    return f"{count} {kind.value if count == 1 else _PLURALS.get(kind, f'{kind.value}s')}"


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
