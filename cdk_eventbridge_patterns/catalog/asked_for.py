"""The event types that rules ask for by name: of a bus that nobody declares events for, all there is to list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from cdk_eventbridge_patterns.catalog.entries import Unlisted
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.matching.matchers import Equals, Matcher
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.event_type_pattern import EventTypePattern
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.undecided import Undecided

_FIELDS = ("source", "detail-type")
_ANY = {"source": "any source", "detail-type": "any detail-type"}


@dataclass(frozen=True)
class AskedType:
    """A source and a detail-type that a rule asks for; nothing is any."""

    source: str | None
    detail_type: str | None

    @property
    def title(self) -> str:
        """What an event of it is called, for people."""
        return f"{self.detail_type or 'any event'} of {self.source or 'any source'}"

    def stamp(self, name: EventName | None = None) -> EventStamp:
        """Return an event of it as if somebody declared it; what is not asked for has a text that says so."""
        source, detail_type = self.source or _ANY["source"], self.detail_type or _ANY["detail-type"]
        called = name or EventName("", detail_type, 1)
        return EventStamp(**called._asdict(), source=source, detail_type=detail_type, data_class="internal")

    def agrees_with(self, source: str | None, detail_type: str | None) -> bool:
        """Return whether an event may be of both."""
        pairs = ((self.source, source), (self.detail_type, detail_type))
        return all(mine is None or other is None or mine == other for mine, other in pairs)


def asked_types(rule: Rule) -> tuple[list[AskedType], Unlisted | None]:
    """Return the event types that *rule* asks for by name, and why that is not all it may take."""
    read = _alternatives(rule)
    if isinstance(read, str):
        return [], Unlisted(rule=rule, reason=read)
    found: set[AskedType] = set()
    unlisted: Unlisted | None = None
    for alternative in read:
        named = {field: list(_texts(alternative[field])) if field in alternative else [None] for field in _FIELDS}
        others = [each for field in _FIELDS for each in alternative.get(field, ()) if _text(each) is None]
        if _FIELDS[0] not in alternative and _FIELDS[1] not in alternative:
            unlisted = Unlisted(rule=rule, reason="it asks neither for a source nor for a detail-type")
            continue
        if others:
            unlisted = Unlisted(rule=rule, reason=_asks_otherwise(others))
        found |= {AskedType(*pair) for pair in product(*(named[field] for field in _FIELDS))}
    return sorted(found, key=lambda each: (each.source or "", each.detail_type or "")), unlisted


def _alternatives(rule: Rule) -> tuple[Mapping[str, tuple[Matcher, ...]], ...] | str:
    """Return what *rule* asks, or why nobody can list it."""
    written = rule.event_pattern
    if isinstance(written, Undecided):
        return f"its event pattern is not known: {written.reason}"
    if written is None and rule.kind is BusKind.V2:
        return "it takes every event"
    if written is None:
        return "it has no event pattern" if rule.schedule is None else "it runs on a schedule"
    pattern = EventTypePattern.of(rule)
    return "EventBridge refuses its event pattern" if pattern is None else pattern.surely.alternatives


def _texts(matchers: tuple[Matcher, ...]) -> Iterator[str]:
    return (text for each in matchers if (text := _text(each)) is not None)


def _text(matcher: Matcher) -> str | None:
    """Return the text that is asked for; what is known at deployment only is none."""
    if isinstance(matcher, Equals) and isinstance(matcher.value, str) and is_literal(matcher.value):
        return matcher.value
    return None


def _asks_otherwise(matchers: list[Matcher]) -> str:
    spelled = [str(each.spelled()) for each in matchers]
    known = sorted(each for each in spelled if is_literal(each))
    unknown = ["a text that is known at deployment only"] if len(known) < len(spelled) else []
    return f"it asks for {' and '.join([*known, *unknown])}"
