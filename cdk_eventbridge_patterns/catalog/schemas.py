"""The schemas of an event as files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.catalog.detail_schema import detail_schema
from cdk_eventbridge_patterns.catalog.entries import EventEntry
from cdk_eventbridge_patterns.topology.registered_schema import RegisteredSchema
from cdk_eventbridge_patterns.undecided import Undecided


@dataclass(frozen=True, kw_only=True)
class Schemas:
    """The schemas of one event.

    Args:
        files: The schemas by the name of their file: `schema.json`, or one for each bus where they differ. Each is of
            the detail; where that can't be taken out of the schema of the whole event, of that.
    """

    files: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, event: EventEntry, buses: Mapping[str, str]) -> Schemas:
        """Return the schemas of *event*; *buses* are called so in the names of files."""
        found = list(_known(event, buses))
        different = {json.dumps(schema, sort_keys=True) for _, schema in found}
        if len(different) == 1:
            return cls(files={"schema.json": found[0][1]})
        return cls(files={f"schema-{name}.json": schema for name, schema in found})


def _known(event: EventEntry, buses: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for publication in event.publications:
        for schema in publication.schemas:
            yield from _read(buses[publication.bus_arn], schema)
    for number, schema in enumerate(event.registered, 1):
        yield from _read(f"registered-{number}", schema)


def _read(name: str, registered: RegisteredSchema) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if not isinstance(registered.schema, Undecided):
        yield name, detail_schema(registered.schema) or registered.schema.schema
