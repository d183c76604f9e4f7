"""Whether one event pattern matches all that another does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from cdk_eventbridge_patterns.matching.alternative import Alternative
from cdk_eventbridge_patterns.matching.analysis.contract_document import ContractDocument
from cdk_eventbridge_patterns.matching.analysis.demand import Demand
from cdk_eventbridge_patterns.matching.analysis.includes import includes
from cdk_eventbridge_patterns.matching.analysis.overlaps import ANY_EVENT
from cdk_eventbridge_patterns.matching.analysis.search import Search
from cdk_eventbridge_patterns.matching.condition import may_be_absent
from cdk_eventbridge_patterns.matching.event_pattern import EventPattern
from cdk_eventbridge_patterns.matching.matchers import (
    Absent,
    AnythingBut,
    AnythingButMatching,
    Equals,
    Matcher,
    Numeric,
    Prefix,
    Present,
    Suffix,
)
from cdk_eventbridge_patterns.matching.number import Number
from cdk_eventbridge_patterns.undecided import Answer, Undecided


def covers(wider: EventPattern, narrower: EventPattern) -> Answer:
    """Return whether every event that matches *narrower* matches *wider*, too.

    Sound: yes is a proof, no has a counterexample. Where only several alternatives of `$or` together are as wide, it
    is undecided.
    """
    if all(any(_covers(wide, narrow) for wide in wider.alternatives) for narrow in narrower.alternatives):
        return True
    if any(narrower.matches(event) and not wider.matches(event) for event in _counterexamples(wider, narrower)):
        return False
    return Undecided("neither a proof nor a counterexample was found")


def _covers(wide: Alternative, narrow: Alternative) -> bool:
    if not all(path in narrow and includes(wide[path], narrow[path]) for path in wide):
        return False
    # Whether a field is absent depends on the elements of arrays that the fields before it have chosen.
    return all(
        _before(wide, path) == _before(narrow, path) for path, matchers in wide.items() if may_be_absent(matchers)
    )


def _before(alternative: Alternative, path: str) -> list[str]:
    return list(takewhile(lambda each: each != path, alternative))


def _counterexamples(wider: EventPattern, narrower: EventPattern) -> Iterator[dict[str, object]]:
    """Return events that look as if they matched *narrower* alone: those that miss one field of *wider*."""
    search = Search(ContractDocument(ANY_EVENT), declared_only=False)
    schemas = [ANY_EVENT.schema]
    missed = {(path, each) for wide in wider.alternatives for path in wide for each in _opposites(wide[path])}
    for narrow in narrower.alternatives:
        yield from search.value(schemas, [Demand.of(narrow)]).candidates
        for path, opposite in sorted(missed, key=str):
            yield from search.value(schemas, [Demand.of(narrow), Demand.of({path: (opposite,)})]).candidates


def _opposites(matchers: Sequence[Matcher]) -> Iterator[Matcher]:
    """Return matchers of what some of *matchers* don't let through."""
    yield Absent()
    yield Present()
    for matcher in matchers:
        if isinstance(matcher, Equals) and isinstance(matcher.value, str | Number):
            yield AnythingBut((matcher.value,))
        elif isinstance(matcher, Prefix | Suffix):
            yield AnythingButMatching(type(matcher).__name__.lower(), (matcher,))
        elif isinstance(matcher, AnythingBut):
            yield from map(Equals, matcher.values)
        elif isinstance(matcher, AnythingButMatching):
            yield from matcher.matchers
        elif isinstance(matcher, Numeric):
            if matcher.low is not None:
                yield Numeric(high=matcher.low, high_included=not matcher.low_included)
            if matcher.high is not None:
                yield Numeric(low=matcher.high, low_included=not matcher.high_included)
