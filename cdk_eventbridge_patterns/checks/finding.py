"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cdk_eventbridge_patterns.topology.acknowledgement import Acknowledgement
from cdk_eventbridge_patterns.topology.location import Location


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

        undecided: Whether the message is why the check can't decide, rather than a fault. Default: it is a fault.

        acknowledged: The acknowledgement that holds for it. Default: none.

        known: Whether the baseline has it. Default: it is new.
    """

    check_id: str
    severity: Severity
    message: str
    fix: str
    location: Location
    undecided: bool = False
    acknowledged: Acknowledgement | None = None
    known: bool = False
