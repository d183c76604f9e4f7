"""What a question of `cdk-eventbridge who` is about: a bus, an event, and all that was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.assembly.read_topology import read_topology
from cdk_eventbridge_patterns.errors import QuestionError
from cdk_eventbridge_patterns.topology.bus_named import bus_named
from cdk_eventbridge_patterns.topology.event_named import event_named
from cdk_eventbridge_patterns.topology.topology import Topology


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question, its words understood."""

    topology: Topology
    bus_arn: str
    event: AskedEvent

    @classmethod
    def of(
        cls,
        paths: Sequence[Path],
        bus: str,
        account: str | None,
        region: str | None,
        *,
        event: str | None,
        source: str | None,
        detail_type: str | None,
    ) -> Asked:
        """Read *paths* and find in them what is asked about.

        Raises:
            EventBridgePatternsError: If something can't be read, or names nothing that was.
        """
        if event is not None and (source is not None or detail_type is not None):
            raise QuestionError(f"event must be given alone: it says source and detail-type, got {event!r}")
        topology = read_topology(paths, account=account, region=region)
        if event is not None:
            stamp = event_named(topology, event)
            source, detail_type = stamp.source, stamp.detail_type
        return cls(
            topology=topology,
            bus_arn=bus_named(topology, bus),
            event=AskedEvent(source=source, detail_type=detail_type),
        )
