"""Policy statements as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Statement = dict[str, Any]

POLICY_VERSION = "2012-10-17"
EVENTBRIDGE = "events.amazonaws.com"


def one_or_many(values: Sequence[str]) -> str | list[str]:
    """Return a single value bare, as AWS stores it: policies are counted by the character."""
    return values[0] if len(values) == 1 else list(values)


def policy_document(*statements: Statement) -> dict[str, Any]:
    """Return the document that holds *statements*."""
    return {"Version": POLICY_VERSION, "Statement": list(statements)}
