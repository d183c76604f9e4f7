"""What all elements of a topology have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp
from cdk_eventbridge_patterns.undecided import Undecided


@dataclass(frozen=True, kw_only=True)
class Element:
    """Something that a template makes.

    All texts may have parts that are known at deployment only (`topology/text.py`).

    Args:
        location: Where it is written.

        account: The account of its stack.

        region: The Region of its stack.

        stamp: What our constructs stamped on it. Default: it is not ours.

        conditional: Why nobody can say beforehand whether it is made at all. Default: it is.
    """

    location: Location
    account: str
    region: str
    stamp: Stamp | None = None
    conditional: Undecided | None = None

    @property
    def publishes(self) -> Sequence[EventStamp]:
        """The events it carries or describes for their producer, as is stamped on it."""
        return () if self.stamp is None else self.stamp.publishes
