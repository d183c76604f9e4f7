"""Where in a picture something is that is written in a template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cdk_eventbridge_patterns.diagrams.drawing import Drawing
from cdk_eventbridge_patterns.diagrams.picture import EdgeKey, EdgeKind
from cdk_eventbridge_patterns.topology.bus import Archive, Discoverer, LogDelivery
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.topology import Topology

_Resource = tuple[str | None, str, str]
Place = str | EdgeKey
"""A node or an edge, by what it is known by."""


class Places:
    """Where in a drawing the resources of templates are.

    A resource that is not drawn itself is where it has its effect: a role on what is delivered by it, a policy on what
    it is of. What has none there is nowhere.

    Args:
        drawing: The drawing.

        topologies: What was read of the templates.
    """

    def __init__(self, drawing: Drawing, *topologies: Topology) -> None:
        self._places: dict[_Resource, list[tuple[str, Place]]] = defaultdict(list)
        for topology in topologies:
            for location, place in _places(topology):
                if place in drawing.nodes or place in drawing.edges:
                    self._places[_resource(location)].append((location.property_path or "", place))

    def of(self, location: Location) -> list[Place]:
        """Return where *location* is: of a resource in several places, where the most of its property path leads."""
        asked = f"{location.property_path or ''}."
        fitting = [
            (path, place)
            for path, place in self._places.get(_resource(location), ())
            if not path or asked.startswith(f"{path}.")
        ]
        longest = max((len(path) for path, _ in fitting), default=0)
        return [place for path, place in fitting if len(path) == longest]


def _resource(location: Location) -> _Resource:
    return location.template_file, location.stack, location.logical_id


def _places(topology: Topology) -> Iterator[tuple[Location, Place]]:
    """Return where each resource, or a property of it, is drawn or has its effect."""
    for bus in topology.buses:
        yield bus.location, bus.arn
    for endpoint in topology.endpoints:
        yield endpoint.location, f"{endpoint.account}/{endpoint.region}/endpoint/{endpoint.name}"
    for receiver in topology.receivers:
        yield receiver.location, receiver.arn
    of_bus: tuple[Archive | Discoverer | LogDelivery, ...] = (
        *topology.archives,
        *topology.discoverers,
        *topology.log_deliveries,
    )
    for each in of_bus:
        yield each.location, each.bus_arn
    for policy in topology.policies:
        yield policy.location, policy.resource_arn
    for feed in topology.feeds:
        yield feed.location, (feed.source_arn, feed.to_arn, EdgeKind.FEEDS)
    yield from _of_rules(topology)


def _of_rules(topology: Topology) -> Iterator[tuple[Location, Place]]:
    for rule in topology.rules:
        taken: EdgeKey = (rule.bus_arn, rule.arn, EdgeKind.TAKES)
        yield rule.location, rule.arn
        yield rule.location.at("EventPattern"), taken
        yield rule.location.at("EventBusName"), taken
        for target in rule.known_targets:
            delivered: EdgeKey = (rule.arn, target.arn, EdgeKind.DELIVERS)
            yield target.location, delivered
            if target.dead_letter_arn is not None:
                yield target.at("DeadLetterConfig"), (rule.arn, target.dead_letter_arn, EdgeKind.DEAD_LETTERS)
            role = None if target.role_arn is None else topology.role(target.role_arn)
            if role is not None:
                yield role.location, delivered
