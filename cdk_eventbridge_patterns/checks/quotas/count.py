"""Counting what may not all be there."""

from __future__ import annotations

from collections.abc import Iterable

from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.undecided import Answer


def are_more_than(limit: float, elements: Iterable[Element]) -> Answer:
    """Return whether there are more than *limit* of *elements*, not all of which are surely made."""
    found = list(elements)
    conditions = [each.conditional for each in found if each.conditional is not None]
    if len(found) - len(conditions) > limit:
        return True
    return conditions[0] if len(found) > limit else False
