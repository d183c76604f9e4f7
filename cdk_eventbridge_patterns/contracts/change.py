"""One difference between two versions of a contract, and what it means to those who read the event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cdk_eventbridge_patterns.undecided import Answer, Undecided


class ChangeKind(str, Enum):
    """What has changed, in words."""

    FIELD_ADDED = "field added"
    FIELD_REMOVED = "field removed"
    MADE_REQUIRED = "made required"
    MADE_OPTIONAL = "made optional"
    TYPE_CHANGED = "type changed"
    VALUE_ADDED = "value added"
    VALUE_REMOVED = "value removed"
    ALTERNATIVE_ADDED = "alternative added"
    ALTERNATIVE_REMOVED = "alternative removed"
    CONSTRAINT_TIGHTENED = "constraint tightened"
    CONSTRAINT_LOOSENED = "constraint loosened"
    CONSTRAINT_CHANGED = "constraint changed"
    PATTERN_CHANGED = "pattern changed"
    SENSITIVITY_CHANGED = "sensitivity changed"
    DESCRIPTION_CHANGED = "description changed"
    ADDRESS_CHANGED = "address changed"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference.

    Args:
        path: Where, as an event pattern spells it: `detail.lines.sku`. Arrays leave no trace; `*` stands for fields
            that the contract does not name.

        kind: What has changed.

        breaking: Whether a consumer that was right by the old contract may be wrong by the new one.

        was: What it was. Default: nothing was there, or there is no more to say.

        now: What it is. Default: likewise.
    """

    path: str
    kind: ChangeKind
    breaking: Answer
    was: str | None = None
    now: str | None = None

    @property
    def told(self) -> str:
        """What has changed at the path, without what it means."""
        if self.was is not None and self.now is not None:
            return f"{self.kind.value} from {self.was} to {self.now}"
        if self.was is None and self.now is None:
            return self.kind.value
        return f"{self.kind.value}: {self.was or self.now}"

    def __str__(self) -> str:
        """Return the change in one line."""
        return f"{self.path}: {self.told} ({_meaning(self.breaking)})"


def _meaning(breaking: Answer) -> str:
    if isinstance(breaking, Undecided):
        return f"undecided: {breaking.reason}"
    return "breaking" if breaking else "not breaking"
