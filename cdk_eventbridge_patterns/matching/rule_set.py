"""Many named event patterns, of which those that match an event are found without asking each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.matching.condition import Condition
from cdk_eventbridge_patterns.matching.event_pattern import EventPattern
from cdk_eventbridge_patterns.matching.flatten import FlatEvent, flatten
from cdk_eventbridge_patterns.matching.rule_index import Entry, index_of


class RuleSet:
    """Rules by name, ready for many events; the answers are those of asking each rule in turn.

    Args:
        rules: The event pattern of each rule.
    """

    def __init__(self, rules: Mapping[str, EventPattern]) -> None:
        self.rules = dict(rules)
        self._names = tuple(self.rules)
        numbers: dict[Condition, int] = {}
        entries = [
            Entry(rule, alternative, tuple(numbers.setdefault(each, len(numbers)) for each in alternative.conditions))
            for rule, pattern in enumerate(self.rules.values())
            for alternative in pattern.alternatives
        ]
        self._conditions = tuple(numbers)
        self._index = index_of(entries)

    def matching(self, event: Mapping[str, Any] | str) -> tuple[str, ...]:
        """Return the names of the rules that let *event* through, in the order of the rules.

        Raises:
            EventPatternError: If the event is not a JSON object.
        """
        leaves = flatten(event)
        answers: dict[int, bool | None] = {}
        found: set[int] = set()
        for entry in self._index.candidates(leaves):
            if entry.rule not in found and self._matches(entry, leaves, answers):
                found.add(entry.rule)
        return tuple(self._names[rule] for rule in sorted(found))

    def _matches(self, entry: Entry, leaves: FlatEvent, answers: dict[int, bool | None]) -> bool:
        """Whether *leaves* satisfy an alternative; what several rules ask is asked once and kept in *answers*."""
        in_arrays = False
        for number in entry.conditions:
            if number in answers:
                answer = answers[number]
            else:
                answer = answers[number] = self._conditions[number].answer(leaves)
            if answer is None:
                in_arrays = True
            elif not answer:
                return False
        return not in_arrays or entry.alternative.is_consistent(leaves)
