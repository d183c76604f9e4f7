"""What is remarked on a picture, numbered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from cdk_eventbridge_patterns.diagrams.picture import Picture, Remark
from cdk_eventbridge_patterns.diagrams.places import Place


class Remarks:
    """Remarks, each with the nodes and edges it is on."""

    def __init__(self) -> None:
        self._all: list[Remark] = []
        self._on: dict[Place, list[int]] = defaultdict(list)

    def add(self, remark: Remark, places: Iterable[Place]) -> None:
        """Remark on *places*; on none, it is said beside the picture alone."""
        found = dict.fromkeys(places)
        self._all.append(replace(remark, drawn=bool(found)))
        for place in found:
            self._on[place].append(len(self._all))

    def on(self, picture: Picture) -> Picture:
        """Return *picture* with all of them."""
        return replace(
            picture,
            nodes=[replace(node, remarks=tuple(self._on.get(node.id, ()))) for node in picture.nodes],
            edges=[replace(edge, remarks=tuple(self._on.get(edge.key, ()))) for edge in picture.edges],
            remarks=list(self._all),
        )
