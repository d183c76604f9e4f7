"""Which service of which account each node of a picture belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cdk_eventbridge_patterns.diagrams.picture import NodeKind, Picture


class ServiceBox(NamedTuple):
    """A service in an account and Region; without one, what is of no known service there."""

    frame: str
    service: str | None

    @property
    def id(self) -> str:
        """What the node that stands for it is known by."""
        return self.frame if self.service is None else f"{self.frame}/{self.service}"


def boxes_of(picture: Picture) -> Mapping[str, ServiceBox]:
    """Return the box of each node, by its id.

    A rule is where its bus is, whoever owns it. What nobody says the service of is where the rule's is that delivers to
    it, or the queue's that feeds it, as long as that service is in its account at all.
    """
    services = {frame.id: frame.services for frame in picture.frames}
    boxes = {node.id: ServiceBox(node.frame, node.service) for node in picture.nodes}
    for edge in picture.edges:
        start, end = picture.node(edge.start), picture.node(edge.end)
        if end.kind is NodeKind.RULE:
            boxes[end.id] = boxes[start.id]
        elif end.kind is not NodeKind.BUS and boxes[end.id].service is None:
            service = start.service or boxes[start.id].service
            boxes[end.id] = ServiceBox(end.frame, service if service in services[end.frame] else None)
    return boxes
