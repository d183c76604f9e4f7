"""What each check is tested by: a topology in which it finds its fault, and the near miss that is fine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.element import Element


@dataclass(frozen=True)
class Case:
    """One fault.

    Args:
        check: The id of the check that finds it.

        message: What it says.

        at: Where: the logical id, and the property after a space.

        broken: The topology with the fault.

        fine: The nearest one without it.

        id: What tells it from other cases of the check.
    """

    check: str
    message: str
    at: str
    broken: Sequence[Element]
    fine: Sequence[Element]
    id: str = ""
