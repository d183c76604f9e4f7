"""The archive of a bus, for replay."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.plan.adopted import Adopted, check_adopted, kept_id, kept_name
from cdk_eventbridge_patterns.plan.checks import check_whole_number
from cdk_eventbridge_patterns.plan.encryption import KeyAddress
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.topology.stamp import Exemption

_LONGEST_RETENTION = 36_500


@dataclass(frozen=True, kw_only=True)
class ArchiveSettings:
    """How a bus keeps its events for replay.

    An archive carries no tags: `AWS::Events::Archive` has none.

    Args:
        retention_days: How many days an event is kept; None keeps it for ever. Default: 30.

        adopt: What the archive that the bus has already keeps. Default: a new one is made.

    Raises:
        DeclarationError: If it is 0, which AWS takes as for ever, or not a number of days.
    """

    retention_days: int | None = 30
    adopt: Adopted | None = None

    def __post_init__(self) -> None:
        """Refuse the number that means its opposite, and what no archive can keep."""
        check_adopted(self.adopt, ResourceKind.ARCHIVE)
        if self.retention_days is not None:
            check_whole_number(self.retention_days, "retention_days", 1, _LONGEST_RETENTION, "days, or None for ever")


def add_archive(
    plan: Plan,
    settings: ArchiveSettings,
    *,
    archive_id: str,
    name: str,
    bus: BusAddress,
    bus_id: str,
    exemption: Exemption | None = None,
    key: KeyAddress | None = None,
) -> None:
    """Add the archive of *bus*: all events, save replays, which EventBridge itself leaves out."""
    plan.add(
        kept_id(settings.adopt, archive_id),
        "AWS::Events::Archive",
        {
            "ArchiveName": kept_name(settings.adopt) or name,
            "SourceArn": bus.arn,
            "Description": f"All events of bus {bus.name}, for replay",
            "RetentionDays": settings.retention_days,
            "KmsKeyIdentifier": None if key is None else key.alias,
        },
        depends_on=[bus_id],
        exemption=exemption,
    )
