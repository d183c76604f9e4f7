"""A picture while it is drawn: what is put in twice is there once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cdk_eventbridge_patterns.diagrams.picture import Edge, EdgeKey, EdgeKind, Frame, Node, NodeKind


class Drawing:
    """Frames, nodes and edges."""

    def __init__(self, read: Iterable[tuple[str, str]]) -> None:
        self._read = frozenset(read)
        self.nodes: dict[str, Node] = {}
        self.edges: dict[EdgeKey, Edge] = {}
        self._frames: dict[str, tuple[str, str]] = {}

    def node(
        self,
        id: str,
        kind: NodeKind,
        name: str,
        *,
        account: str,
        region: str,
        says: tuple[str, ...] = (),
        service: str | None = None,
        sure: bool = True,
    ) -> str:
        """Put a node in, unless it is there, and return its id."""
        if id not in self.nodes:
            frame = f"{account}/{region}"
            self._frames[frame] = (account, region)
            self.nodes[id] = Node(id=id, kind=kind, frame=frame, name=name, says=says, service=service, sure=sure)
        return id

    def edge(
        self,
        start: str,
        end: str,
        kind: EdgeKind,
        *,
        events: Iterable[str] = (),
        service: str | None = None,
        sure: bool = True,
    ) -> EdgeKey:
        """Put an edge in, or more events on the one that is there, and return what names it."""
        key = (start, end, kind)
        there = self.edges.get(key)
        if there is None:
            self.edges[key] = Edge(
                start=start, end=end, kind=kind, events=tuple(dict.fromkeys(events)), service=service, sure=sure
            )
        else:
            self.edges[key] = replace(
                there,
                events=tuple(dict.fromkeys((*there.events, *events))),
                service=service if there.service == service else None,
                sure=there.sure or sure,
            )
        return key

    def united_with(self, other: Drawing) -> Drawing:
        """Return a drawing of all that is in this one or the other; what is in both is as it is here."""
        both = Drawing(self._read | other._read)
        both._frames = self._frames | other._frames
        both.nodes = {**other.nodes, **self.nodes}
        both.edges = {**other.edges, **self.edges}
        return both

    def frames(self) -> list[Frame]:
        """Return the frames of all nodes."""
        services: dict[str, set[str]] = {frame: set() for frame in self._frames}
        for node in self.nodes.values():
            if node.service is not None and node.kind is not NodeKind.RULE:  # a consumer's rule is not in its account
                services[node.frame].add(node.service)
        return [
            Frame(
                id=frame,
                account=account,
                region=region,
                services=tuple(sorted(services[frame])),
                read=(account, region) in self._read,
            )
            for frame, (account, region) in sorted(self._frames.items())
        ]
