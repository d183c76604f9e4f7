"""What of a template could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.undecided import Undecided


@dataclass(frozen=True, kw_only=True)
class Unread:
    """Something in a template that could not be read, and why: what stands there is judged by nobody."""

    location: Location
    reason: Undecided
