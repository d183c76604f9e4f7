"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cdk_eventbridge_patterns.topology.named_resource import Location


class Severity(Enum):
    """How much a finding matters: an error stops synthesis, a warning is shown, info says what is undecided."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One fault, at the place to change.

    Args:
        check_id: The id of the check, such as `NAM001`.

        severity: How much it matters.

        message: The fact.

        fix: The cure.

        location: Where it is.
    """

    check_id: str
    severity: Severity
    message: str
    fix: str
    location: Location
