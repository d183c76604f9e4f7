"""Why an event pattern does not match an event."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.matching.alternative import Alternative
from cdk_eventbridge_patterns.matching.condition import Condition
from cdk_eventbridge_patterns.matching.event_pattern import EventPattern
from cdk_eventbridge_patterns.matching.flatten import FlatEvent
from cdk_eventbridge_patterns.matching.json_text import shown

_TOGETHER = "no single element of the arrays has all that is asked of one"


@dataclass(frozen=True)
class Mismatch:
    """A field of an event that is not as an event pattern asks.

    Args:
        path: Its dotted path; nothing where it is no single field.

        reason: What is asked, and what the event has.
    """

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path} {self.reason}" if self.path else self.reason


def mismatches(pattern: EventPattern, event: FlatEvent) -> tuple[Mismatch, ...]:
    """Return what in *event* keeps *pattern* from matching, of the alternative that comes nearest; nothing if it does.

    Args:
        pattern: The event pattern.

        event: An event, taken apart by `flatten`.
    """
    found = [_of_alternative(alternative, event) for alternative in pattern.alternatives]
    return min(found, key=len)


def _of_alternative(alternative: Alternative, event: FlatEvent) -> tuple[Mismatch, ...]:
    failing = tuple(_of_field(each, event) for each in alternative.conditions if each.answer(event) is False)
    if failing or alternative.matches(event):
        return failing
    return (Mismatch("", _TOGETHER),)


def _of_field(condition: Condition, event: FlatEvent) -> Mismatch:
    asked = shown([matcher.spelled() for matcher in condition.matchers])
    values = [each.value for each in event.get(condition.path, ())]
    if not values:
        return Mismatch(condition.path, f"is not there; asked is {asked}")
    found = " and ".join(shown(value) for value in values[:3]) + (" …" if len(values) > 3 else "")  # noqa: PLR2004
    return Mismatch(condition.path, f"is {found}; asked is {asked}")
