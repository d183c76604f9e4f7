"""One of the two states that are compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.topology.topology import Topology


@dataclass(frozen=True, kw_only=True)
class State:
    """An estate as it is before a change, or after it.

    Args:
        topology: What templates say: those that change, and those of the consumers, which are the same before and
            after.

        contracts: The contracts, where they are compared as files. Default: the events are those of the templates.

        naming: The convention that source and detail-type of *contracts* follow. Default: none is known.
    """

    topology: Topology = field(default_factory=Topology)
    contracts: tuple[EventContract, ...] = ()
    naming: NamingConvention | None = None
