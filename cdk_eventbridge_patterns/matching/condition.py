"""What one field must satisfy, so far as that can be said without looking at the other fields."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cdk_eventbridge_patterns.matching.flatten import FlatEvent
from cdk_eventbridge_patterns.matching.matchers import Absent, Matcher


@dataclass(frozen=True)
class Condition:
    """One field of an alternative.

    Args:
        path: The dotted path of the field.

        matchers: What its value may be; one of them is enough.

        free:
            Whether a leaf outside arrays of objects settles it. It doesn't where a field of the alternative may be
            absent: then it matters which elements the other fields have chosen.
    """

    path: str
    matchers: tuple[Matcher, ...]
    free: bool

    @cached_property
    def may_be_absent(self) -> bool:
        """Whether the field may have no leaf."""
        return may_be_absent(self.matchers)

    def answer(self, event: FlatEvent) -> bool | None:
        """Whether *event* satisfies it, or nothing if that depends on which elements of arrays are chosen."""
        values = event.get(self.path)
        if values is None:
            return self.may_be_absent
        satisfied = placed = False
        for value, membership in values:
            if membership:
                placed = True
            for matcher in self.matchers:
                if matcher.matches(value):
                    if self.free and not membership:
                        # It binds no later choice, so nothing better can be chosen.
                        return True
                    satisfied = True
                    break
        return None if placed and (satisfied or not self.free) else satisfied


def may_be_absent(matchers: tuple[Matcher, ...]) -> bool:
    """Whether a field may have no leaf."""
    return any(isinstance(matcher, Absent) for matcher in matchers)
