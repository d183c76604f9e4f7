"""The catalogue as AsyncAPI 3.0 documents, one for each service: what it sends to and receives from which bus.

https://www.asyncapi.com/docs/reference/specification/v3.0.0
AsyncAPI has no bindings for EventBridge: https://github.com/asyncapi/bindings
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cdk_eventbridge_patterns.catalog.detail_schema import detail_schema
from cdk_eventbridge_patterns.catalog.directory import Directory
from cdk_eventbridge_patterns.catalog.entries import Consumption, EventEntry, Publication, ServiceEntry
from cdk_eventbridge_patterns.catalog.names import Names
from cdk_eventbridge_patterns.catalog.participant import ParticipantKind
from cdk_eventbridge_patterns.contracts.schema_walk import with_references
from cdk_eventbridge_patterns.reports.called import called
from cdk_eventbridge_patterns.undecided import Undecided, in_a_word

_Json = dict[str, Any]


def asyncapi_documents(directory: Directory) -> dict[str, _Json]:
    """Return the document of each service that publishes or receives, by the name of its file."""
    documents = _Documents(directory)
    return {
        f"{documents.names.services[str(each.participant)]}.asyncapi.json": documents.of(each)
        for each in directory.services
        if each.publishes or each.consumes
    }


def asyncapi_files(directory: Directory) -> dict[str, str]:
    """Return the documents as text, by the name of their file."""
    documents = asyncapi_documents(directory)
    return {file: json.dumps(each, indent=2, ensure_ascii=False) + "\n" for file, each in documents.items()}


class _Documents:
    def __init__(self, directory: Directory) -> None:
        self.names = Names.of(directory)
        self._events = {each.title: each for each in directory.events}

    def of(self, service: ServiceEntry) -> _Json:
        sent = [(each, self._sent(each)) for each in service.publishes]
        received = [(each.publication, self._received(each)) for each in service.consumes]
        used = [publication for publication, _ in (*sent, *received)]
        info: _Json = {"title": str(service.participant), "version": "1.0.0"}
        if len(service.owners) == 1:
            info["contact"] = {"name": service.owners[0]}
        is_service = service.participant.kind is ParticipantKind.SERVICE
        return {
            "asyncapi": "3.0.0",
            **({"x-service": service.participant.name} if is_service else {}),
            "info": info,
            "defaultContentType": "application/json",
            "channels": dict(self._channels(used)),
            "operations": dict(operation for _, operation in (*sent, *received)),
            "components": {
                "messages": {self._key(each): self._message(each) for each in used},
                "schemas": {self._key(each): self._payload(each) for each in used},
            },
        }

    def _key(self, publication: Publication) -> str:
        """Return the name of a message: that of the event, and of its bus where it is not the same on all."""
        event, name = self._events[publication.event], self.names.events[publication.event]
        return name if _is_alike(event) else f"{name}-{self.names.buses[publication.bus_arn]}"

    def _sent(self, publication: Publication) -> tuple[str, _Json]:
        return self._operation("send", publication, {})

    def _received(self, consumption: Consumption) -> tuple[str, _Json]:
        targets = [
            {
                "target": receipt.target_arn,
                "rules": [rule.arn for rule in receipt.rules],
                "answer": in_a_word(receipt.arrives),
                **({} if receipt.reason is None else {"reason": receipt.reason}),
                "declared": receipt.declared,
            }
            for receipt in consumption.receipts
        ]
        return self._operation("receive", consumption.publication, {"x-receipts": targets})

    def _operation(self, action: str, publication: Publication, said: _Json) -> tuple[str, _Json]:
        bus, key = self.names.buses[publication.bus_arn], self._key(publication)
        channel = f"#/channels/{bus}"
        messages = [{"$ref": f"{channel}/messages/{key}"}]
        operation = {"action": action, "channel": {"$ref": channel}, "messages": messages, **said}
        return f"{action}-{self.names.events[publication.event]}-{bus}", operation

    def _channels(self, used: list[Publication]) -> Iterator[tuple[str, _Json]]:
        for arn in sorted({each.bus_arn for each in used}):
            keys = [self._key(each) for each in used if each.bus_arn == arn]
            messages = {key: {"$ref": f"#/components/messages/{key}"} for key in keys}
            yield self.names.buses[arn], {"address": arn, "title": called(arn), "messages": messages}

    def _message(self, publication: Publication) -> _Json:
        event, stamp = self._events[publication.event], publication.stamp
        fields = {"source": publication.source, "detail-type": publication.detail_type}
        known = {field: {"const": value} for field, value in fields.items() if value is not None}
        name = {} if event.name is None else {"x-event": event.name.event, "x-version": event.name.version}
        declared = {} if stamp is None else {"x-data-class": stamp.data_class, "x-owner": stamp.owner}
        said = {
            "name": event.title if event.name is None else event.name.event,
            "description": publication.description,
            **name,
            "x-source": publication.source,
            "x-detail-type": publication.detail_type,
            **declared,
            "headers": {"type": "object", "properties": known},
            "payload": {"$ref": f"#/components/schemas/{self._key(publication)}"},
        }
        return {field: value for field, value in said.items() if value is not None}

    def _payload(self, publication: Publication) -> _Json:
        """Return the schema of the detail, its references led to where it stands now."""
        above = f"#/components/schemas/{self._key(publication)}"
        schema = _schema_of(publication) or {"type": "object"}
        moved: _Json = with_references(schema, lambda reference: above + reference.removeprefix("#"))
        moved.pop("$schema", None)
        return moved


def _is_alike(event: EventEntry) -> bool:
    """Return whether an event is the same on all buses, to whoever reads its contract."""
    facts = {
        json.dumps(
            [
                publication.source,
                publication.detail_type,
                publication.description,
                None if publication.stamp is None else [publication.stamp.data_class, publication.stamp.owner],
                _schema_of(publication),
            ],
            sort_keys=True,
        )
        for publication in event.publications
    }
    return len(facts) == 1


def _schema_of(publication: Publication) -> _Json | None:
    """Return the schema of the detail, nothing where no registry holds it or it can't be read."""
    known = (each.schema for each in publication.schemas if not isinstance(each.schema, Undecided))
    return next((detail for each in known if (detail := detail_schema(each)) is not None), None)
