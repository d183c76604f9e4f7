"""What is on by default, switched off for a reason."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.errors import DeclarationError


@dataclass(frozen=True)
class Disabled:
    """Switches off what is on by default; the reason is stamped into the template.

    Args:
        reason: Why, in a sentence for whoever reviews it.

    Raises:
        DeclarationError: If no reason is given.
    """

    reason: str

    def __post_init__(self) -> None:
        """Refuse an empty reason."""
        if not isinstance(self.reason, str) or not self.reason.strip():
            msg = f"reason must say why it is switched off, got {self.reason!r}"
            raise DeclarationError(msg)
