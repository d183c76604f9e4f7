"""An event of each contract, and where the templates say that it arrives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Column, Table

from cdk_eventbridge_patterns.naming import Arn
from cdk_eventbridge_patterns.simulation import trace
from cdk_eventbridge_patterns.testing import topology_in
from cdk_eventbridge_patterns.topology.bus import Bus
from examples.blue_purple_orange.services import CONVENTION, SERVICES


@dataclass(frozen=True)
class Publication:
    """An event, the bus it is published to, and the queues it is traced to, each with its account."""

    event: Mapping[str, Any]
    bus: Bus
    queues: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        return str(self.event["detail-type"])


def publications(assembly: Path) -> list[Publication]:
    """Return one for each contract of the reference topology: the example that its team gives."""
    topology = topology_in(assembly)
    found = []
    for contract in (contract for service in SERVICES for contract in service.publishes):
        source, detail_type = contract.event_type(CONVENTION)
        event = {"source": source, "detail-type": detail_type, "detail": dict(contract.examples[0])}
        bus_name = CONVENTION.bus_name(contract.service)
        bus = next(each for each in topology.buses if each.name == bus_name)
        arrivals = trace(topology, event, bus=bus.arn).arrivals()
        queues = [
            Arn.parse(each.target_arn) for each in arrivals if each.arrives is True and not each.last.target.is_bus
        ]
        found.append(Publication(event, bus, tuple(sorted((arn.account, arn.resource) for arn in queues))))
    return found


def arrivals(published: Iterable[Publication]) -> Table:
    """Return where each event is traced to."""
    columns = ("event", "published in", "to bus", "traced to account", "queue")
    table = Table(*(Column(each, overflow="fold") for each in columns), title="What arrives where", box=SIMPLE_HEAD)
    for each in published:
        accounts, queues = zip(*each.queues, strict=True)
        table.add_row(each.title, each.bus.account, each.bus.name, "\n".join(accounts), "\n".join(queues))
    return table
