"""The numbers by which everything on the page points into the picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from cdk_eventbridge_patterns.catalog.grouped import grouped
from cdk_eventbridge_patterns.diagrams.picture import Drawn, Edge, EdgeKey, EdgeKind, Node, Picture

NOWHERE = -1
"""The number of what is not drawn."""

# What a number stands between in a text, in place of an ARN; characters that nobody uses.
_LEFT, _RIGHT = "\ue000", "\ue001"
_NOT_IN_TEXTS = str.maketrans("", "", _LEFT + _RIGHT)

_ARN = re.compile(r"arn:[\w:/.-]*\w")


class Numbers:
    """The numbers of the nodes and edges of a picture, from 0.

    Args:
        picture: The picture.
    """

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._frames = {frame.id: number for number, frame in enumerate(picture.frames)}
        self._nodes = {node.id: number for number, node in enumerate(picture.nodes)}
        self._edges = {edge.key: number for number, edge in enumerate(picture.edges)}
        self._publications = {
            (edge.end, event): edge.key
            for edge in picture.edges
            if edge.kind is EdgeKind.PUBLISHES
            for event in edge.events
        }
        self._remarked = {"nodes": _remarked(picture.nodes), "edges": _remarked(picture.edges)}

    def frame(self, id: str) -> int:
        """Return the number of a frame."""
        return self._frames[id]

    def node(self, id: str) -> int:
        """Return the number of a node."""
        return self._nodes.get(id, NOWHERE)

    def edge(self, key: EdgeKey | None) -> int:
        """Return the number of an edge."""
        return NOWHERE if key is None else self._edges.get(key, NOWHERE)

    def publication(self, bus_arn: str, event: str) -> EdgeKey | None:
        """Return the edge along which an event is published on a bus, nothing where it is not drawn who does."""
        return self._publications.get((bus_arn, event))

    def pointing(self, text: str) -> str:
        """Return *text* with the number of each node in place of its ARN, which the page shows by its name."""
        return _ARN.sub(self._pointer, text.translate(_NOT_IN_TEXTS))

    def _pointer(self, arn: re.Match[str]) -> str:
        number = self.node(arn[0])
        return arn[0] if number == NOWHERE else f"{_LEFT}{number}{_RIGHT}"

    def with_remark(self, remark: int) -> dict[str, list[int]]:
        """Return the `nodes` and `edges` that have a remark."""
        return {kind: places.get(remark, []) for kind, places in self._remarked.items()}

    def drawn(self, events: Mapping[str, int], boxes: Mapping[str, int]) -> dict[str, Any]:
        """Return `frames`, `nodes` and `edges` as data.

        Args:
            events: The numbers of events.

            boxes: The numbers of the boxes that nodes are in, by the id of the node; empty where there are none.
        """
        return {
            "frames": [
                {
                    "id": each.id,
                    "account": each.account,
                    "region": each.region,
                    "services": each.services,
                    "read": each.read,
                }
                for each in self._picture.frames
            ],
            "nodes": [self._node(each, boxes.get(each.id)) for each in self._picture.nodes],
            "edges": [self._edge(each, events) for each in self._picture.edges],
        }

    def _node(self, node: Node, box: int | None) -> dict[str, Any]:
        said = {
            "id": node.id,
            "kind": node.kind.value,
            "frame": self._frames[node.frame],
            "name": node.name,
            "says": node.says,
            "service": node.service,
            "box": box,
        }
        return {key: value for key, value in said.items() if value not in (None, ())}

    def _edge(self, edge: Edge, events: Mapping[str, int]) -> dict[str, Any]:
        said = {
            "from": self._nodes[edge.start],
            "to": self._nodes[edge.end],
            "kind": edge.kind.value,
            "events": [events.get(each, each) for each in edge.events],
            "service": edge.service,
            "unsure": None if edge.sure else True,
        }
        return {key: value for key, value in said.items() if value is not None}


def _remarked(drawn: Iterable[Drawn]) -> dict[int, list[int]]:
    """Return the numbers of what has each remark."""
    return grouped((remark, number) for number, each in enumerate(drawn) for remark in each.remarks)
