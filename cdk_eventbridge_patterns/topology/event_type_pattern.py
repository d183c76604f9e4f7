"""An event pattern as far as it asks for source and detail-type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cdk_eventbridge_patterns.matching.matchers import Equals, Matcher, Prefix
from cdk_eventbridge_patterns.naming.words import nearest
from cdk_eventbridge_patterns.topology.bus import Archive, BusKind
from cdk_eventbridge_patterns.topology.event_patterns import EVENT_TYPE, of_event_type
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.uncertain_pattern import UncertainPattern
from cdk_eventbridge_patterns.undecided import Answer, Undecided


class EventTypePattern(UncertainPattern):
    """What a rule asks of source and detail-type."""

    @classmethod
    def of(cls, rule: Rule | Archive) -> EventTypePattern | None:
        """Return that of *rule*, nothing where it has no event pattern that can be read and that EventBridge takes."""
        if not isinstance(rule.event_pattern, Mapping):
            return None
        return cls.read(of_event_type(rule.event_pattern))

    def matches(self, event: EventStamp) -> Answer:
        """Return whether a rule with it matches *event*, as long as its detail does."""
        fields = fields_of(event)
        if self.surely.matches(fields):
            return True
        if self.unknown is not None and self.possibly.matches(fields):
            return self.unknown
        return False

    @property
    def is_for_aws_alone(self) -> bool:
        """Whether it surely asks for nothing but events of AWS services, whose source begins with `aws.`."""
        asked = [alternative.get("source", ()) for alternative in self.possibly.alternatives]
        return all(matchers and all(map(_is_aws, matchers)) for matchers in asked)

    def nearest(self, events: Iterable[EventStamp]) -> EventStamp:
        """Return that of *events* which is most like what it asks for."""
        by_words = {f"{event.source} {event.detail_type}": event for event in events}
        return by_words[nearest(self._words, by_words)]

    @property
    def _words(self) -> str:
        fields = [alternative.get(field, ()) for alternative in self.surely.alternatives for field in EVENT_TYPE]
        return " ".join(str(matcher.spelled()) for matchers in fields for matcher in matchers)


def lets_through(rule: Rule, event: EventStamp) -> Answer:
    """Return whether the event pattern of *rule* lets *event* through, as long as its detail does.

    A subscriber without a filter takes everything; a rule without an event pattern, or with one that EventBridge
    refuses, takes nothing.
    """
    written = rule.event_pattern
    if isinstance(written, Undecided):
        return written
    if written is None:
        return rule.kind is BusKind.V2
    pattern = EventTypePattern.of(rule)
    return False if pattern is None else pattern.matches(event)


def fields_of(event: EventStamp) -> dict[str, str]:
    """Return what is known of an event beforehand."""
    return {"source": event.source, "detail-type": event.detail_type}


def in_pattern(event: EventStamp) -> str:
    """Return an event in the words of an event pattern."""
    return f'{{"source": ["{event.source}"], "detail-type": ["{event.detail_type}"]}}'


def _is_aws(matcher: Matcher) -> bool:
    if isinstance(matcher, Equals):
        return isinstance(matcher.value, str) and matcher.value.startswith("aws.")
    return isinstance(matcher, Prefix) and matcher.text.startswith("aws.")
