"""All that the page tells, as plain data: the page itself only finds and shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.catalog import BusEntry, Directory, ServiceEntry
from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.diagrams.boxes import boxes_of
from cdk_eventbridge_patterns.diagrams.page.access_told import access_told
from cdk_eventbridge_patterns.diagrams.page.events_told import EventsTold
from cdk_eventbridge_patterns.diagrams.page.numbers import NOWHERE, Numbers
from cdk_eventbridge_patterns.diagrams.page.scenes import Scenes
from cdk_eventbridge_patterns.diagrams.picture import Node, Picture
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


def contents_of(
    topology: Topology, picture: Picture, findings: Sequence[Finding], boxes: Picture | None = None
) -> dict[str, Any]:
    """Return all that the page tells; what points at something does so by its number in the list of such things.

    Args:
        topology: All that was read.

        picture: The picture of it.

        findings: What checks said, in the order in which the picture has them.

        boxes: The picture folded, where it has more services than can be looked at. Default: it has few.
    """
    directory, numbers = Directory.of(topology), Numbers(picture)
    participants = {each.participant: number for number, each in enumerate(directory.services)}
    events = EventsTold(topology, numbers, participants)
    told = [events.told(each) for each in directory.events]
    scenes = Scenes(picture, numbers)
    return {
        "title": picture.title,
        **numbers.drawn({each.title: number for number, each in enumerate(directory.events)}, _boxed(picture, boxes)),
        "rules": [_rule(each, numbers) for each in topology.rules],
        "events": told,
        "paths": scenes.of_events([each.title for each in directory.events], list(map(_passed, told))),
        "boxes": [] if boxes is None else [_box(each, numbers) for each in boxes.nodes],
        "parts": [] if boxes is None else scenes.of_boxes(boxes.nodes),
        "services": [_service(each, numbers) for each in directory.services],
        "buses": [_bus(each, topology, numbers) for each in directory.buses],
        "findings": [_finding(each, number, numbers) for number, each in enumerate(findings, start=1)],
        "steps": events.steps.values,
        "payloads": events.payloads.values,
    }


def _boxed(picture: Picture, boxes: Picture | None) -> dict[str, int]:
    """Return the number of the box of each node."""
    if boxes is None:
        return {}
    numbers = {box.id: number for number, box in enumerate(boxes.nodes)}
    return {id: numbers[box.id] for id, box in boxes_of(picture).items()}


def _box(box: Node, numbers: Numbers) -> dict[str, Any]:
    return {"id": box.id, "frame": numbers.frame(box.frame), "service": box.service}


def _passed(event: Mapping[str, Any]) -> set[int]:
    """Return the numbers of the edges at which something is said of an event."""
    samples = (sample for publication in event["publications"] for sample in publication["samples"])
    return {edge for sample in samples for _, _, _, edge, _ in sample["stops"] if edge != NOWHERE}


def _rule(rule: Rule, numbers: Numbers) -> dict[str, Any]:
    pattern = rule.event_pattern
    if isinstance(pattern, Undecided):
        pattern = f"«{pattern.reason}»"
    asks = (
        pattern if isinstance(pattern, str | None) else json.dumps(pattern, indent=2, ensure_ascii=False, default=str)
    )
    said = {
        "node": numbers.node(rule.arn),
        "account": rule.account,
        "asks": asks,
        "schedule": rule.schedule,
        "where": str(rule.location),
    }
    return {key: value for key, value in said.items() if value is not None}


def _service(service: ServiceEntry, numbers: Numbers) -> dict[str, Any]:
    return {
        "name": service.participant.name,
        "kind": service.participant.kind.value,
        "owners": service.owners,
        "places": [f"{account}/{region}" for account, region in service.places],
        "buses": [numbers.node(arn) for arn in service.bus_arns],
        "unread": [str(each) for each in service.unread],
    }


def _bus(bus: BusEntry, topology: Topology, numbers: Numbers) -> dict[str, Any]:
    return {
        "node": numbers.node(bus.arn),
        "owner": str(bus.owner),
        "unlisted": [[numbers.node(each.rule.arn), each.reason] for each in bus.unlisted],
        "access": access_told(topology, bus.arn),
    }


def _finding(finding: Finding, number: int, numbers: Numbers) -> dict[str, Any]:
    acknowledged = finding.acknowledged
    said = {
        "check": finding.check_id,
        "severity": finding.severity.value,
        "message": numbers.pointing(finding.message),
        "fix": finding.fix,
        "where": str(finding.location),
        "undecided": finding.undecided or None,
        "acknowledged": None if acknowledged is None else acknowledged.reason,
        **numbers.with_remark(number),
    }
    return {key: value for key, value in said.items() if value is not None}
