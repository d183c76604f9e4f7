"""What `satisfiable` answers, besides undecided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.undecided import Undecided


@dataclass(frozen=True)
class Live:
    """The event pattern matches some event that the contract allows.

    Args:
        witness: Such an event: it is valid under the contract and matches.
    """

    witness: Mapping[str, Any]


@dataclass(frozen=True)
class OnlyUndeclared:
    """It matches only events with a field that the contract does not declare, though it does not forbid it either.

    Nearly always the field is misspelt: nobody promised to send it.

    Args:
        witness: Such an event: it is valid under the contract and matches.

        path: The field, dotted.

        reason: What the contract says instead.
    """

    witness: Mapping[str, Any]
    path: str
    reason: str


@dataclass(frozen=True)
class Dead:
    """It can't match any event that the contract allows.

    Args:
        path: The field that makes it impossible, dotted.

        reason: Why.
    """

    path: str
    reason: str


Verdict = Live | OnlyUndeclared | Dead | Undecided
