"""The picture of what differs between two states of an estate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from cdk_eventbridge_patterns.diagrams.drawing import Drawing
from cdk_eventbridge_patterns.diagrams.picture import Change, Edge, EdgeKind, Node, NodeKind, Picture, Remark
from cdk_eventbridge_patterns.diagrams.places import Place, Places
from cdk_eventbridge_patterns.diagrams.remarks import Remarks
from cdk_eventbridge_patterns.diagrams.topology_drawing import drawing_of
from cdk_eventbridge_patterns.differences import Difference, Kind, State
from cdk_eventbridge_patterns.reports.differences import words
from cdk_eventbridge_patterns.topology.topology import Topology

_Drawn = TypeVar("_Drawn", Node, Edge)

_OF_EVENTS = (Kind.EVENT_ADDED, Kind.EVENT_REMOVED, Kind.EVENT_CHANGED)
_SEVERITIES = {"breaking": "error", "undecided": "warning", "not breaking": "info"}


def picture_of_changes(
    base: State, head: State, differences: Sequence[Difference], notes: Sequence[str] = (), *, title: str
) -> Picture:
    """Return the picture of what *differences* tell of, with what is next to it.

    Args:
        base: The state before.

        head: The state after.

        differences: What differs, each a remark where it is.

        notes: What was not seen, said beside the picture. Default: nothing.

        title: What the picture shows, in a line.
    """
    before, after = drawing_of(base.topology), drawing_of(head.topology)
    both = _both(before, after, base.topology, head.topology)
    places = Places(both, base.topology, head.topology)
    published = [*before.edges.values(), *after.edges.values()]
    remarks = Remarks()
    for difference in differences:
        remark = Remark(severity=_SEVERITIES[words.word_for(difference.breaking)], says=words.title(difference))
        remarks.add(remark, _places_of(difference, places, published))
    for note in notes:
        remarks.add(Remark(severity="info", says=note), ())
    picture = Picture(
        title=title, frames=both.frames(), nodes=list(both.nodes.values()), edges=list(both.edges.values())
    )
    return _what_changed(remarks.on(picture))


def _both(before: Drawing, after: Drawing, base: Topology, head: Topology) -> Drawing:
    """Return the drawings of two topologies in one, with what became of everything."""
    both = after.united_with(before)
    for id, node in both.nodes.items():
        change = _change(before.nodes.get(id) or _undrawn(base, node), after.nodes.get(id) or _undrawn(head, node))
        both.nodes[id] = replace(node, change=change)
    for key, edge in both.edges.items():
        old, new = before.edges.get(key), after.edges.get(key)
        both.edges[key] = replace(edge, change=_change(old, new), events=tuple(_events(old, new)))
    return both


def _undrawn(topology: Topology, node: Node) -> Node | None:
    """Return a queue, or another receiver, that is there though nothing leads to it."""
    return None if topology.receiver(node.id) is None else node


def _change(old: Node | Edge | None, new: Node | Edge | None) -> Change:
    if old is None or new is None:
        return Change.ADDED if old is None else Change.REMOVED
    return Change.SAME if old == new else Change.CHANGED


def _events(old: Edge | None, new: Edge | None) -> Iterator[str]:
    """Return the events of an edge; where it is in both states, those it lost and got are marked."""
    before, after = (() if edge is None else edge.events for edge in (old, new))
    if old is None or new is None:
        yield from before or after
        return
    yield from (event for event in after if event in before)
    yield from (f"+ {event}" for event in after if event not in before)
    yield from (f"− {event}" for event in before if event not in after)  # noqa: RUF001 - a minus sign


def _places_of(difference: Difference, places: Places, edges: Sequence[Edge]) -> Iterator[Place]:
    """Return where a difference is, and where it breaks somebody; of an event, also where it is published."""
    broken = (use.location for use in difference.uses if use.breaking is not False)
    for location in (difference.location, *broken):
        if location is not None:
            yield from places.of(location)
    if difference.kind in _OF_EVENTS:
        yield from (edge.key for edge in edges if edge.kind is EdgeKind.PUBLISHES and difference.name in edge.events)


def _what_changed(picture: Picture) -> Picture:
    """Return what changed, with what it is joined to: of a rule, its bus and targets too.

    Something may change by what is not drawn, such as an event pattern or a policy: that is what is remarked on.
    """
    nodes, edges = list(map(_marked, picture.nodes)), list(map(_marked, picture.edges))
    changed = {node.id for node in nodes if node.change is not Change.SAME}
    rules = {node.id for node in nodes if node.kind is NodeKind.RULE and node.id in changed}
    kept = [edge for edge in edges if edge.change is not Change.SAME or not rules.isdisjoint((edge.start, edge.end))]
    shown = changed.union(*((edge.start, edge.end) for edge in kept))
    frames = {node.frame for node in nodes if node.id in shown}
    return replace(
        picture,
        frames=[frame for frame in picture.frames if frame.id in frames],
        nodes=[node for node in nodes if node.id in shown],
        edges=kept,
    )


def _marked(each: _Drawn) -> _Drawn:
    return replace(each, change=Change.CHANGED) if each.change is Change.SAME and each.remarks else each
