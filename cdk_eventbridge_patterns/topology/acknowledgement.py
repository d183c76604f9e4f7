"""That someone has seen a finding and lives with it: why, who, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.topology.location import Location

ACKNOWLEDGEMENT_KEY = "EventBridgePatternsAcknowledged"


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """One finding that someone lives with.

    Args:
        check_id: The check, such as `DLV001`.

        reason: Why, in a sentence for whoever reviews it.

        owner: Who answers for it. Default: the owner of the resource.

        expires: The last day it holds; after it the finding is back. Default: it holds for good.

    Raises:
        DeclarationError: If the check or the reason is missing, or *expires* is no date.
    """

    check_id: str
    reason: str
    owner: str | None = None
    expires: date | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be reviewed."""
        if not isinstance(self.check_id, str) or not self.check_id.strip():
            msg = f"check_id must be the id of a check, such as 'DLV001', got {self.check_id!r}"
            raise DeclarationError(msg)
        if not isinstance(self.reason, str) or not self.reason.strip():
            msg = f"reason must say why {self.check_id} is acknowledged, got {self.reason!r}"
            raise DeclarationError(msg)
        if self.expires is not None and type(self.expires) is not date:
            msg = f"expires must be a date, such as date(2027, 6, 30), got {self.expires!r}"
            raise DeclarationError(msg)

    def holds_on(self, day: date) -> bool:
        """Return whether it holds on *day*."""
        return self.expires is None or day <= self.expires

    def to_metadata(self) -> dict[str, str]:
        """Return one entry of the list under `EventBridgePatternsAcknowledged` in a resource's metadata."""
        entry = {"id": self.check_id, "reason": self.reason}
        if self.owner is not None:
            entry["owner"] = self.owner
        if self.expires is not None:
            entry["expires"] = self.expires.isoformat()
        return entry

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any]) -> Acknowledgement:
        """Read one entry back, from metadata or a configuration file.

        Raises:
            DeclarationError: If it is not of that form.
        """
        if not isinstance(entry, Mapping):
            msg = f"acknowledgement must be an object with id and reason, got {entry!r}"
            raise DeclarationError(msg)
        if unknown := sorted(set(map(str, entry)) - {"id", "reason", "owner", "expires"}):
            msg = f"acknowledgement can have id, reason, owner and expires, got {unknown}"
            raise DeclarationError(msg)
        return cls(
            check_id=entry.get("id", ""),
            reason=entry.get("reason", ""),
            owner=entry.get("owner"),
            expires=_date(entry.get("expires")),
        )

    @classmethod
    def all_from_metadata(cls, metadata: Mapping[str, Any]) -> list[Acknowledgement]:
        """Read all that a resource's or a template's metadata holds.

        Raises:
            DeclarationError: If one is not of that form.
        """
        entries = metadata.get(ACKNOWLEDGEMENT_KEY, ())
        if not isinstance(entries, Iterable) or isinstance(entries, (str, Mapping)):
            msg = f"{ACKNOWLEDGEMENT_KEY} must be a list of acknowledgements, got {entries!r}"
            raise DeclarationError(msg)
        return [cls.from_entry(entry) for entry in entries]


@dataclass(frozen=True, kw_only=True)
class Acknowledged:
    """An acknowledgement and what it covers: a resource, or a whole stack where the location has no logical id."""

    location: Location
    acknowledgement: Acknowledgement


def _date(value: object) -> date | None:
    """Return a date out of a file; YAML reads an unquoted one as such by itself."""
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        msg = f"expires must be a date, such as '2027-06-30', got {value!r}"
        raise DeclarationError(msg) from None
