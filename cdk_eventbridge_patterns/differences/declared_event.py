"""An event as one of the two states declares it."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.undecided import Undecided

Home = tuple[str, str]
"""The account and Region of the bus and of the schema registry."""


@dataclass(frozen=True, kw_only=True)
class DeclaredEvent:
    """An event in one account and Region, or in a contract file.

    Args:
        name: Its service, event and version. Default: only a registered schema tells of it.

        title: What to call it.

        event_type: Its source and detail-type. Default: nobody says them.

        home: Where its bus and its registry are. Default: a contract file is in no account.

        buses: The ARNs of the buses that carry it for its producer. Default: no template says which do.

        schema: What is promised about the whole event; undecided where it can't be read. Default: none is registered.

        sensitive: The fields that its producer encrypts. Default: no stamp says it.

        contract: The contract, where it comes from a file. Default: it comes from templates.

        location: Where the schema, else the bus, is written. Default: in no template.
    """

    title: str
    name: EventName | None = None
    event_type: EventType | None = None
    home: Home | None = None
    buses: tuple[str, ...] = ()
    schema: EventSchema | Undecided | None = None
    sensitive: tuple[str, ...] | None = None
    contract: EventContract | None = None
    location: Location | None = None
