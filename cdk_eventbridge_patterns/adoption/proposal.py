"""What our construct for a resource that exists would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from cdk_eventbridge_patterns.topology.location import Location


class Verdict(str, Enum):
    """Whether our constructs can take a resource over, in words; what needs a decision comes first."""

    NOT_EXPRESSIBLE = "not expressible"
    UNDECIDED = "undecided"
    REPLACED = "replaced"
    TAKEN_OVER = "taken over"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One resource.

    Args:
        verdict: Whether it can be taken over.

        kind: What it is: `event bus`, `rule`, `statement`, `archive`.

        name: Its name; of a statement its id.

        location: Where it is written.

        reasons: Why it is not expressible, undecided or replaced. Default: it is not.

        call: The Python that takes it over; it may name variables of the stack that it stands in. Default: there is
            none, it stays as it is.

        changes: What differs then. Default: nothing.

        by_convention: What it would be called by the convention, and what it costs to rename it. Default: it is named
            by it.
    """

    verdict: Verdict
    kind: str
    name: str
    location: Location
    reasons: tuple[str, ...] = ()
    call: str | None = None
    changes: tuple[str, ...] = ()
    by_convention: str | None = None


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """How an estate would come over.

    Args:
        proposals: Its resources, those first that need a decision.

        snippets: The Python for each stack that has something to take over, by the name of its function.

        notes: What was not seen.
    """

    proposals: tuple[Proposal, ...]
    snippets: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
