"""Where in a picture a finding belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.diagrams.drawing import Drawing, EdgeKey
from cdk_eventbridge_patterns.diagrams.picture import EdgeKind, Remark
from cdk_eventbridge_patterns.topology.bus import Archive, Discoverer, LogDelivery
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.topology import Topology

_Resource = tuple[str | None, str, str]
_Place = str | EdgeKey


class Remarks:
    """The findings, and the nodes and edges they are on.

    A finding about a resource that is not drawn itself is where that resource has its effect: that about a role on what
    is delivered by it, that about a policy on what it is of. What belongs nowhere is said beside the picture alone.
    """

    def __init__(self, topology: Topology, drawing: Drawing, findings: Sequence[Finding]) -> None:
        self._findings = findings
        self._places: dict[_Resource, list[tuple[str, _Place]]] = defaultdict(list)
        for location, place in _places(topology):
            if place in drawing.nodes or place in drawing.edges:
                self._places[_resource(location)].append((location.property_path or "", place))
        self._on: dict[_Place, list[int]] = defaultdict(list)
        for number, finding in enumerate(findings, start=1):
            for place in self._of(finding.location):
                self._on[place].append(number)
        self._drawn = {number for numbers in self._on.values() for number in numbers}

    def on_node(self, id: str) -> tuple[int, ...]:
        """Return the numbers of those on a node."""
        return tuple(self._on.get(id, ()))

    def on_edge(self, key: EdgeKey) -> tuple[int, ...]:
        """Return the numbers of those on an edge."""
        return tuple(self._on.get(key, ()))

    def all(self) -> list[Remark]:
        """Return all of them as sentences."""
        return [
            Remark(
                severity=finding.severity.value,
                says=f"{finding.check_id}: {finding.message}",
                drawn=number in self._drawn,
            )
            for number, finding in enumerate(self._findings, start=1)
        ]

    def _of(self, location: Location) -> list[_Place]:
        """Return the places whose property is the longest that *location* is in."""
        asked = f"{location.property_path or ''}."
        fitting = [
            (path, place)
            for path, place in self._places.get(_resource(location), ())
            if not path or asked.startswith(f"{path}.")
        ]
        longest = max((len(path) for path, _ in fitting), default=0)
        return list(dict.fromkeys(place for path, place in fitting if len(path) == longest))


def _resource(location: Location) -> _Resource:
    return location.template_file, location.stack, location.logical_id


def _places(topology: Topology) -> Iterator[tuple[Location, _Place]]:
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


def _of_rules(topology: Topology) -> Iterator[tuple[Location, _Place]]:
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
