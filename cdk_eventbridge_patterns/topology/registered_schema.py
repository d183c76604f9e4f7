"""The schema of an event, as a schema registry holds it."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.undecided import Undecided


@dataclass(frozen=True, kw_only=True)
class RegisteredSchema(Element):
    """A schema in a registry.

    Args:
        name: Its name.

        registry: The name of the registry.

        schema: What it says of the whole event; undecided where that is not known beforehand or is no schema.

        source: The source of the event. Default: it names none, or several.

        detail_type: Its detail-type. Default: likewise.
    """

    name: str
    registry: str
    schema: EventSchema | Undecided
    source: str | None = None
    detail_type: str | None = None
