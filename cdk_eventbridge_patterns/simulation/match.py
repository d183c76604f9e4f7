"""Whether a rule matches an event, parts of both of which may not be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cdk_eventbridge_patterns.matching.flatten import FlatEvent, flatten
from cdk_eventbridge_patterns.matching.mismatch import Mismatch, mismatches
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.topology.event_patterns import EVENT_TYPE, event_pattern_place
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.topology.uncertain_pattern import UncertainPattern
from cdk_eventbridge_patterns.undecided import Answer, Undecided


@dataclass(frozen=True, kw_only=True)
class Match:
    """Whether an event pattern matches an event.

    Args:
        answer: Whether it does.

        mismatches: What in the event is not as it asks, of its nearest alternative. Default: nothing.
    """

    answer: Answer
    mismatches: tuple[Mismatch, ...] = ()

    @property
    def is_near(self) -> bool:
        """Whether it asks for such an event, by source and detail-type, and just not for this one."""
        asked = {each.path for each in self.mismatches}
        return self.answer is False and bool(asked) and asked.isdisjoint(EVENT_TYPE)

    @property
    def reason(self) -> str:
        """Why, in a sentence; nothing where it matches."""
        if isinstance(self.answer, Undecided):
            return self.answer.reason
        return "; ".join(map(str, self.mismatches))

    def step(self, rule: Rule) -> Step:
        """Return it as a decision about *rule*."""
        reason = self.reason or "it does"
        return Step(
            says=f"rule {rule.name} matches", answer=self.answer, reason=reason, location=event_pattern_place(rule)
        )


@dataclass(frozen=True)
class SeenEvent:
    """An event, taken apart once for all the rules that look at it."""

    body: Mapping[str, Any]

    @cached_property
    def leaves(self) -> FlatEvent:
        """Its leaves, as event patterns look for them."""
        return flatten(self.body)

    @cached_property
    def unknown(self) -> frozenset[str]:
        """The fields of its envelope that are known at deployment only."""
        return frozenset(key for key, value in self.body.items() if isinstance(value, str) and not is_literal(value))

    def matched_by(self, written: Mapping[str, Any] | str | Undecided | None) -> Match:
        """Return whether an event pattern, as a template has it, matches."""
        if isinstance(written, Undecided):
            return Match(answer=written)
        if not isinstance(written, Mapping):
            reason = "it runs on a schedule" if written is None else "its event pattern is no JSON object"
            return Match(answer=False, mismatches=(Mismatch("", reason),))
        pattern = UncertainPattern.read(written, self.unknown)
        if pattern is None:
            return Match(answer=False, mismatches=(Mismatch("", "EventBridge refuses its event pattern"),))
        if pattern.surely.matches_flat(self.leaves):
            return Match(answer=True)
        if pattern.unknown is not None and pattern.possibly.matches_flat(self.leaves):
            return Match(answer=pattern.unknown)
        return Match(answer=False, mismatches=mismatches(pattern.possibly, self.leaves))
