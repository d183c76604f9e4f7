"""An event pattern: what a rule matches by."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching.alternative import Alternative
from cdk_eventbridge_patterns.matching.canonical import canonical
from cdk_eventbridge_patterns.matching.complexity import complexity
from cdk_eventbridge_patterns.matching.flatten import FlatEvent, flatten
from cdk_eventbridge_patterns.matching.json_text import Json, read_object, too_deep
from cdk_eventbridge_patterns.matching.limits import LONGEST, MOST_COMPLEX, check_complexity, check_size
from cdk_eventbridge_patterns.matching.matchers import AnythingButMatching, Matcher, Wildcard
from cdk_eventbridge_patterns.matching.parse import alternatives


class EventPattern:
    """What the events that a rule lets through look like.

    It is made by `parse`. Two are equal if they are the same but for their spelling: the order of keys, values and
    alternatives, dotted keys or nested ones, `3` or `3.0`. Others may match the same events and yet not be equal.

    Attributes:
        alternatives: What an event may satisfy, each a mapping of dotted paths to matchers. `$or` makes several.
    """

    def __init__(self, alternatives: Sequence[Alternative]) -> None:
        self.alternatives = tuple(alternatives)

    @classmethod
    def parse(cls, text_or_mapping: str | Mapping[str, Any], *, longest: int | None = LONGEST) -> EventPattern:
        """Read an event pattern as EventBridge does.

        Args:
            text_or_mapping:
                JSON text, which keeps how numbers are spelled and keys that occur twice, or what Python makes of it.

            longest: The most characters. Default: AWS's default quota, 2,048; it can be raised to 4,096. None: any.

        Raises:
            EventPatternError: If EventBridge would refuse it; the message names the place.
        """
        if isinstance(text_or_mapping, str):
            check_size(len(text_or_mapping), longest)
            pattern: Json = read_object(text_or_mapping, "event pattern")
        else:
            pattern = text_or_mapping
        try:
            found = [Alternative(fields) for fields in alternatives(pattern)]
            if isinstance(pattern, Mapping):
                check_size(_length(pattern), longest)
        except RecursionError:
            raise EventPatternError(too_deep("event pattern")) from None
        for alternative in found:
            _check_wildcards(alternative)
        return cls(found)

    def matches(self, event: Mapping[str, Any] | str) -> bool:
        """Whether a rule with this event pattern lets *event* through.

        Args:
            event: The whole event, as JSON text or as what Python makes of it.

        Raises:
            EventPatternError: If the event is not a JSON object.
        """
        return self.matches_flat(flatten(event))

    def matches_flat(self, event: FlatEvent) -> bool:
        """As `matches`, for an event that is taken apart already."""
        return any(alternative.matches(event) for alternative in self.alternatives)

    @property
    def has_wildcards(self) -> bool:
        """Whether `wildcard` is used anywhere in it, inside `anything-but` too."""
        fields = (matchers for alternative in self.alternatives for matchers in alternative.values())
        return any(_wildcards(matcher) for matchers in fields for matcher in matchers)

    def canonical(self) -> str:
        """Return the event pattern in the one spelling that all equal ones share; JSON that can be parsed again."""
        return self._canonical

    @cached_property
    def _canonical(self) -> str:
        return canonical(self.alternatives)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EventPattern) and self.canonical() == other.canonical()

    def __hash__(self) -> int:
        return hash(self.canonical())

    def __repr__(self) -> str:
        return f"EventPattern({self.canonical()})"


def _length(pattern: Mapping[str, Any]) -> int:
    """Return how long *pattern* is as JSON, without spaces."""
    return len(json.dumps(pattern, separators=(",", ":"), ensure_ascii=False, default=_plain))


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    return dict(value) if isinstance(value, Mapping) else float(value)


def _check_wildcards(alternative: Alternative) -> None:
    for path, matchers in alternative.items():
        groups = {operands for matcher in matchers if (operands := _wildcards(matcher))}
        if groups:
            check_complexity(complexity(groups, MOST_COMPLEX), path)


def _wildcards(matcher: Matcher) -> tuple[str, ...]:
    if isinstance(matcher, Wildcard):
        return (matcher.operand,)
    if isinstance(matcher, AnythingButMatching):
        return tuple(sorted(inner.operand for inner in matcher.matchers if isinstance(inner, Wildcard)))
    return ()
