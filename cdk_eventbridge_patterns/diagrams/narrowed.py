"""A picture, narrowed to what somebody wants to see of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from cdk_eventbridge_patterns.diagrams.picture import Drawn, Edge, EdgeKind, Frame, Node, Picture
from cdk_eventbridge_patterns.errors import DiagramError
from cdk_eventbridge_patterns.naming.words import nearest


def narrowed(picture: Picture, names: Collection[str]) -> Picture:
    """Return what of *picture* has to do with one of *names*: events, services, accounts, or what nodes are called.

    Of an event, that is its whole way, and where it is put where it can't be delivered; of a service, the whole way of
    its events, too; of all else, what goes in and out, and what is there at the other end. Remarks on what is left out
    are left out, too.

    Raises:
        DiagramError: If a name is nobody's.
    """
    everything: list[Frame | Drawn] = [*picture.frames, *picture.drawn]
    known = {name: None for each in everything for name in _names(each)}
    for name in names:
        if name not in known:
            hint = f", such as {nearest(name, known)!r}" if known else ""
            raise DiagramError(
                f"only must be an event, a service, an account or a name in the picture{hint}, got {name!r}"
            )
    wanted = frozenset(names)
    frames = {frame.id for frame in picture.frames if wanted.intersection(_names(frame))}
    named = {node.id for node in picture.nodes if node.frame in frames or wanted.intersection(_names(node))}
    edges = [
        edge
        for edge in picture.edges
        if wanted.intersection((edge.service, *edge.events)) or edge.start in named or edge.end in named
    ]
    passed = {edge.end for edge in edges if edge.kind is EdgeKind.TAKES}
    shown_edges = {edge.key for edge in edges}
    edges += [
        edge
        for edge in picture.edges
        if edge.kind is EdgeKind.DEAD_LETTERS and edge.start in passed and edge.key not in shown_edges
    ]
    shown = named | {end for edge in edges for end in (edge.start, edge.end)}
    return _renumbered(picture, [node for node in picture.nodes if node.id in shown], edges)


def _names(each: Frame | Drawn) -> Iterator[str]:
    if isinstance(each, Edge):
        yield from each.events
    elif isinstance(each, Frame):
        yield from (each.id, each.account)
    elif isinstance(each, Node):
        yield from (each.id, each.name)
        if each.service is not None:
            yield each.service


def _renumbered(picture: Picture, nodes: list[Node], edges: list[Edge]) -> Picture:
    """Return a picture of *nodes* and *edges*, its remarks numbered from 1 again."""
    frames = {node.frame for node in nodes}
    drawn: list[Drawn] = [*nodes, *edges]
    kept = sorted({number for each in drawn for number in each.remarks})
    new = {number: index for index, number in enumerate(kept, start=1)}
    return replace(
        picture,
        frames=[frame for frame in picture.frames if frame.id in frames],
        nodes=[replace(node, remarks=tuple(new[number] for number in node.remarks)) for node in nodes],
        edges=[replace(edge, remarks=tuple(new[number] for number in edge.remarks)) for edge in edges],
        remarks=[picture.remarks[number - 1] for number in kept],
    )
