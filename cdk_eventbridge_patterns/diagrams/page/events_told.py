"""The events, who receives them, and what becomes of sample events."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.catalog import EventEntry, Participant, Publication, Receipt
from cdk_eventbridge_patterns.diagrams.page.numbers import NOWHERE, Numbers
from cdk_eventbridge_patterns.diagrams.page.samples import Sample, samples_of
from cdk_eventbridge_patterns.diagrams.page.stop import Stop
from cdk_eventbridge_patterns.diagrams.page.stops import stops_of
from cdk_eventbridge_patterns.diagrams.page.table import Table
from cdk_eventbridge_patterns.topology.bus import Bus, BusKind
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.text import account_of, bus_name_of, region_of
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import in_a_word


class EventsTold:
    """The events of a topology, as the page tells them.

    What is said of many events, and what many targets receive, is in `steps` and `payloads`, once.

    Args:
        topology: All that was read.

        numbers: Where everything is drawn.

        participants: The numbers of those who publish and receive.
    """

    def __init__(self, topology: Topology, numbers: Numbers, participants: Mapping[Participant, int]) -> None:
        self._topology = topology
        self._numbers = numbers
        self._participants = participants
        self.steps: Table[tuple[str, str, str, tuple[str, ...]]] = Table()
        self.payloads: Table[str] = Table()

    def told(self, event: EventEntry) -> dict[str, Any]:
        """Return what is to be said of *event*."""
        return {
            "title": event.title,
            "name": event.title if event.name is None else event.name.title,
            "service": "" if event.name is None else event.name.service,
            "declared": event.declared,
            "publications": [self._publication(each) for each in event.publications],
        }

    def _publication(self, publication: Publication) -> dict[str, Any]:
        stamp, publisher = publication.stamp, publication.publisher
        declared = {} if stamp is None else {"owner": stamp.owner, "dataClass": stamp.data_class}
        said = {
            "bus": self._numbers.node(publication.bus_arn),
            "source": publication.source,
            "detailType": publication.detail_type,
            "publisher": None if publisher is None else self._participants.get(publisher),
            **declared,
            "samples": [self._sample(each, publication) for each in self._samples(publication)],
            "receipts": [self._receipt(each) for each in publication.receipts],
        }
        return {key: value for key, value in said.items() if value is not None}

    def _samples(self, publication: Publication) -> list[Sample]:
        event = publication.stamp or _undeclared(publication)
        bus = self._topology.bus(publication.bus_arn) or _unread_bus(publication.bus_arn)
        if event is None:
            return []
        return samples_of(self._topology, event, bus, [each.rules for each in publication.receipts])

    def _sample(self, sample: Sample, publication: Publication) -> dict[str, Any]:
        published = self._numbers.publication(publication.bus_arn, publication.event)
        return {"title": sample.title, "stops": [self._stop(each) for each in stops_of(sample.trace, published)]}

    def _stop(self, stop: Stop) -> list[int]:
        """Return a stop as five numbers: step, depth, node, edge, payload."""
        payload, pointing = stop.payload, self._numbers.pointing
        if payload is not None and not isinstance(payload, str):
            payload = json.dumps(payload, ensure_ascii=False, default=str)
        return [
            self.steps.number_of((pointing(stop.says), stop.answer, pointing(stop.reason), stop.missing)),
            stop.depth,
            self._numbers.node(stop.node),
            self._numbers.edge(stop.edge),
            NOWHERE if payload is None else self.payloads.number_of(payload),
        ]

    def _receipt(self, receipt: Receipt) -> dict[str, Any]:
        said = {
            "consumer": self._participants[receipt.consumer],
            "target": self._numbers.node(receipt.target_arn),
            "rules": [self._numbers.node(each.arn) for each in receipt.rules],
            "answer": in_a_word(receipt.arrives),
            "reason": None if receipt.reason is None else self._numbers.pointing(receipt.reason),
            "declared": receipt.declared,
            "fed": [self._numbers.node(each) for each in receipt.fed_from],
        }
        return {key: value for key, value in said.items() if value not in (None, [])}


def _undeclared(publication: Publication) -> EventStamp | None:
    """Return an event that rules ask for, nothing where they leave open what an event must have to be published."""
    if publication.source is None or publication.detail_type is None:
        return None
    return EventStamp(
        service="",
        event=publication.detail_type,
        version=1,
        source=publication.source,
        detail_type=publication.detail_type,
        data_class="internal",
    )


def _unread_bus(arn: str) -> Bus:
    """Return a bus that no template makes."""
    name, account, region = bus_name_of(arn), account_of(arn), region_of(arn)
    location = Location(stack="", logical_id="")
    return Bus(kind=BusKind.CLASSIC, arn=arn, name=name, account=account, region=region, location=location)
