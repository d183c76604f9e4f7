"""Whose bus receives."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention


@dataclass(frozen=True, kw_only=True)
class Subscriber:
    """The bus that receives, where it is and whose."""

    service: str
    bus: BusAddress
    naming: NamingConvention
    owner: str | None = None

    def name_for(self, event: EventContract) -> str:
        """Return what the queue and rule for *event* are called here: two producers may call their events the same."""
        return name_at(self.service, event)


def name_at(service: str, event: EventContract) -> str:
    """Return what the queue and rule for *event* are called at *service*."""
    return event.slug if event.service == service else f"{event.service}-{event.slug}"
