"""What of a topology is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.diagrams.drawing import Drawing
from cdk_eventbridge_patterns.diagrams.events_taken import EventsTaken, events_taken
from cdk_eventbridge_patterns.diagrams.picture import EdgeKind, NodeKind
from cdk_eventbridge_patterns.naming.bus_reference import DEFAULT_BUS
from cdk_eventbridge_patterns.reports.called import name_in
from cdk_eventbridge_patterns.topology.bus import Archive, Bus
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.endpoint import Endpoint
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.text import account_of, bus_name_of, region_of, service_of, told
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

_KINDS = {
    "sqs": NodeKind.QUEUE,
    "sns": NodeKind.TOPIC,
    "lambda": NodeKind.FUNCTION,
    "kinesis": NodeKind.STREAM,
    "firehose": NodeKind.STREAM,
    "states": NodeKind.STATE_MACHINE,
    "logs": NodeKind.LOG_GROUP,
}


def drawing_of(topology: Topology) -> Drawing:
    """Return the drawing of *topology*, from what publishes to what receives at the end."""
    return _TopologyDrawing(topology).drawing


class _TopologyDrawing:
    def __init__(self, topology: Topology) -> None:
        self.drawing = Drawing(topology.environments)
        self._topology = topology
        for bus in sorted(topology.buses, key=lambda each: each.arn):
            self._bus(bus)
        for endpoint in sorted(topology.endpoints, key=lambda each: each.name):
            self._endpoint(endpoint)
        for rule in sorted(topology.rules, key=lambda each: (each.bus_arn, each.arn)):
            self._rule(rule)
        self._feeds()

    def _bus(self, bus: Bus) -> None:
        node = self._any_bus(bus.arn)
        for event in bus.publishes:
            publisher = self._publisher(event.service, event.account or bus.account, bus.region, service=event.service)
            self.drawing.edge(
                publisher, node, EdgeKind.PUBLISHES, events=(str(event.name),), service=event.service, sure=_sure(bus)
            )
        if bus.dead_letter_arn is not None:
            self.drawing.edge(node, self._target(bus.dead_letter_arn), EdgeKind.DEAD_LETTERS)

    def _any_bus(self, arn: str) -> str:
        """Draw a bus, whether or not a template makes it."""
        bus = self._topology.bus(arn)
        name = told(bus_name_of(arn) or arn)
        is_there = bus is not None or (name == DEFAULT_BUS and self._topology.knows(arn))
        return self.drawing.node(
            arn,
            NodeKind.BUS,
            name,
            account=account_of(arn),
            region=region_of(arn),
            says=tuple(self._of_bus(arn, bus)),
            service=_service(bus),
            sure=is_there and (bus is None or _sure(bus)),
        )

    def _of_bus(self, arn: str, bus: Bus | None) -> Iterator[str]:
        if bus is not None and bus.key_arn is not None:
            yield "key of its own"
        yield from map(_archived, self._topology.archives_of(arn))
        if self._topology.lacks_bus(arn):
            yield "no template makes it"

    def _publisher(self, name: str, account: str, region: str, *, service: str | None = None) -> str:
        id = f"{account}/{region}/{name}"
        return self.drawing.node(id, NodeKind.PUBLISHER, name, account=account, region=region, service=service)

    def _endpoint(self, endpoint: Endpoint) -> None:
        id = f"{endpoint.account}/{endpoint.region}/endpoint/{endpoint.name}"
        node = self.drawing.node(
            id,
            NodeKind.ENDPOINT,
            endpoint.name,
            account=endpoint.account,
            region=endpoint.region,
            service=_service(endpoint),
            sure=_sure(endpoint),
        )
        for arn in () if isinstance(endpoint.bus_arns, Undecided) else endpoint.bus_arns:
            self.drawing.edge(node, self._any_bus(arn), EdgeKind.PUBLISHES, sure=_sure(endpoint))

    def _rule(self, rule: Rule) -> None:
        bus, taken, sure = self._any_bus(rule.bus_arn), events_taken(self._topology, rule), _sure(rule)
        self._published_by_aws(rule)
        node = self.drawing.node(
            rule.arn,
            NodeKind.RULE,
            told(rule.name),
            account=rule.bus_account,
            region=rule.bus_region,
            says=tuple(_of_rule(rule)),
            service=_service(rule),
            sure=sure,
        )
        if taken.names:
            self.drawing.edge(bus, node, EdgeKind.TAKES, events=taken.names, service=taken.service, sure=sure)
        for target in rule.known_targets:
            self._delivery(node, target, taken, sure=sure)

    def _delivery(self, rule: str, target: Target, taken: EventsTaken, *, sure: bool) -> None:
        end = self._any_bus(target.arn) if target.is_bus else self._target(target.arn)
        self.drawing.edge(rule, end, EdgeKind.DELIVERS, events=taken.names, service=taken.service, sure=sure)
        if target.dead_letter_arn is not None:
            self.drawing.edge(rule, self._target(target.dead_letter_arn), EdgeKind.DEAD_LETTERS)

    def _published_by_aws(self, rule: Rule) -> None:
        for event in () if rule.stamp is None else rule.stamp.aws_events:
            if rule.bus_name == DEFAULT_BUS:
                publisher = self._publisher(event.source, rule.bus_account, rule.bus_region)
                self.drawing.edge(
                    publisher, rule.bus_arn, EdgeKind.PUBLISHES, events=(str(event.name),), service=event.service
                )

    def _target(self, arn: str) -> str:
        receiver = self._topology.receiver_or_version(arn)
        return self.drawing.node(
            arn,
            _kind(arn),
            told(name_in(arn)),
            account=account_of(arn),
            region=region_of(arn),
            service=_service(receiver),
            sure=receiver is not None and _sure(receiver),
        )

    def _feeds(self) -> None:
        """Draw what gets on what is delivered, from one to the next."""
        carried: dict[str, dict[str, None]] = {}
        for edge in self.drawing.edges.values():
            if edge.kind is EdgeKind.DELIVERS:
                carried.setdefault(edge.end, {}).update(dict.fromkeys(edge.events))
        waiting = list(carried)
        for source in waiting:
            for feed in self._topology.feeds:
                if feed.source_arn == source:
                    end = self._target(feed.to_arn)
                    self.drawing.edge(source, end, EdgeKind.FEEDS, events=carried[source], sure=_sure(feed))
                    if end not in carried:
                        waiting.append(end)
                    carried.setdefault(end, {}).update(carried[source])


def _of_rule(rule: Rule) -> Iterator[str]:
    service = _service(rule)
    if service is not None:
        yield f"owned by {service}"
    if rule.schedule is not None:
        yield rule.schedule
    if rule.enabled is False:
        yield "switched off"
    if isinstance(rule.targets, Undecided):
        yield "targets known at deployment only"


def _archived(archive: Archive) -> str:
    days = archive.retention_days
    if isinstance(days, Undecided):
        return "archived"
    return f"archived for {days} days" if days else "archived for ever"


def _kind(arn: str) -> NodeKind:
    if service_of(arn) == "events" and ":api-destination/" in arn:
        return NodeKind.API_DESTINATION
    return _KINDS.get(service_of(arn), NodeKind.OTHER)


def _service(element: Element | None) -> str | None:
    return None if element is None or element.stamp is None else element.stamp.service


def _sure(element: Element) -> bool:
    """Return whether something is made, and on, whatever is given at deployment."""
    return element.conditional is None and (not isinstance(element, Rule) or element.enabled is True)
