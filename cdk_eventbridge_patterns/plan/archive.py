"""The archive of a bus, for replay."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.plan.checks import check_whole_number
from cdk_eventbridge_patterns.plan.plan import Plan

_LONGEST_RETENTION = 36_500


@dataclass(frozen=True, kw_only=True)
class ArchiveSettings:
    """How a bus keeps its events for replay.

    An archive carries no tags: `AWS::Events::Archive` has none.

    Args:
        retention_days: How many days an event is kept; None keeps it for ever. Default: 30.

    Raises:
        DeclarationError: If it is 0, which AWS takes as for ever, or not a number of days.
    """

    retention_days: int | None = 30

    def __post_init__(self) -> None:
        """Refuse the number that means its opposite."""
        if self.retention_days is not None:
            check_whole_number(self.retention_days, "retention_days", 1, _LONGEST_RETENTION, "days, or None for ever")


def add_archive(plan: Plan, settings: ArchiveSettings, *, name: str, bus: BusAddress, bus_id: str) -> None:
    """Add the archive of *bus*: all events, save replays, which EventBridge itself leaves out."""
    plan.add(
        bus_id + "Archive",
        "AWS::Events::Archive",
        {
            "ArchiveName": name,
            "SourceArn": bus.arn,
            "Description": f"All events of bus {bus.name}, for replay",
            "RetentionDays": settings.retention_days,
        },
        depends_on=[bus_id],
    )
