"""Whose bus receives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy
from cdk_eventbridge_patterns.plan.target import TargetKind


@dataclass(frozen=True, kw_only=True)
class Subscriber:
    """The bus that receives, where it is and whose, and how long its deliveries are tried again, by kind of target."""

    service: str
    bus: BusAddress
    naming: NamingConvention
    owner: str | None = None
    retries: Mapping[TargetKind, RetryPolicy] = field(default_factory=dict)

    def name_for(self, event: EventContract) -> str:
        """Return what the queue and rule for *event* are called here: two producers may call their events the same."""
        return name_at(self.service, event)


def name_at(service: str, event: EventContract) -> str:
    """Return what the queue and rule for *event* are called at *service*."""
    return event.slug if event.service == service else f"{event.service}-{event.slug}"
