"""A bus as whatever watches it knows it."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.topology.stamp import Stamp


@dataclass(frozen=True, kw_only=True)
class MonitoredBus:
    """A bus that is watched.

    Args:
        service: The service that owns it, after which what watches it is named.

        address: Where it is.

        declared_id: The logical id that those of what watches it build on.

        id: Its own logical id. Default: no template at hand makes it.

        naming: The naming convention.

        qualifier: Tells what watches a second bus of the service apart. Default: it is the main one.

        bus_qualifier: Tells the bus, and so its dead-letter queues, from another of the service. Default: it is the
            main one.

        owner: The team that owns the service. Default: nobody is named.

        publishes: Whether the service publishes there from the bus's own account.
    """

    service: str
    address: BusAddress
    declared_id: str
    naming: NamingConvention
    id: str | None = None
    qualifier: str | None = None
    bus_qualifier: str | None = None
    owner: str | None = None
    publishes: bool = False

    def named(self, word: str) -> str:
        """Return what tells a resource of this bus, called *word*, from others of the service."""
        return word if self.qualifier is None else f"{self.qualifier}-{word}"

    @property
    def stamp(self) -> Stamp:
        """Whose all that watches it is."""
        return Stamp(service=self.service, owner=self.owner)
