"""Many rules, of which those that may take an event are found without asking each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.differences.rule_patterns import is_made, may_take, possible_types
from cdk_eventbridge_patterns.matching import EventPattern, RuleSet
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of


class RulesByEvent:
    """Rules, ready for many events.

    Args:
        rules: The rules.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        patterns = [(number, possible_types(rule)) for number, rule in enumerate(rules)]
        self._unknown = [number for number, pattern in patterns if isinstance(pattern, Undecided)]
        known = {str(number): pattern for number, pattern in patterns if isinstance(pattern, EventPattern)}
        self._known = RuleSet(known)

    def taking(self, event_type: EventType) -> Iterator[tuple[Rule, Answer]]:
        """Return the rules that take an event of this source and detail-type, and those of which nobody can say."""
        fields = {"source": event_type.source, "detail-type": event_type.detail_type}
        for number in (*map(int, self._known.matching(fields)), *self._unknown):
            yield self._rules[number], may_take(self._rules[number], event_type)

    def stamped(self, name: EventName | None) -> Iterator[tuple[Rule, Answer]]:
        """Return the rules whose stamps say that they are there for the event of this name."""
        for rule in self._rules:
            if rule.stamp is not None and name in rule.stamp.consumes:
                yield rule, all_of([rule.enabled, is_made(rule)])
