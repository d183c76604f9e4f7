"""CON013."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.matching.matchers import Absent, Present
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place, parsed
from cdk_eventbridge_patterns.topology.event_type_pattern import EventTypePattern
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology


class FilterOnSensitiveField(TopologyCheck):
    """A rule that filters on the value of a field that its producer encrypts.

    ## Why this matters
    What is published in such a field is a ciphertext, another one each time: the filter never matches what is meant.
    And an event pattern stands in templates and logs, so the values in it are readable.

    ## Avoid
        "detail": {"card": {"number": ["4111111111111111"]}}  # marked sensitive in the contract

    ## Prefer
        "detail": {"card": {"number": [{"exists": true}]}}, or a field of its own that tells what is needed

    ## What it misses
    Fields that are encrypted and not marked in the contract. Below a contract that refers to itself, the second round
    and those after it.

    ## When to acknowledge it
    Never: ask the producer for a field that may be read.
    """

    id = "CON013"
    severity = Severity.ERROR
    fix = "filter on another field; of this one a rule can ask only whether it is there"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that filter on a sensitive field."""
        guarded = [event for bus in topology.buses for event in bus.publishes if event.sensitive]
        for rule in topology.rules if guarded else ():
            found = next(_filtered(rule, guarded), None)
            if found is not None:
                event, path = found
                message = f"rule {rule.name!r} filters on {path} of {event.detail_type}, which is encrypted"
                yield self.finding(event_pattern_place(rule), message)


def _filtered(rule: Rule, events: list[EventStamp]) -> Iterator[tuple[EventStamp, str]]:
    types = EventTypePattern.of(rule)
    pattern = parsed(rule.event_pattern) if isinstance(rule.event_pattern, Mapping) else None
    if types is None or pattern is None:
        return
    asked = {path: matchers for alternative in pattern.alternatives for path, matchers in alternative.items()}
    for path, matchers in asked.items():
        if all(isinstance(matcher, Present | Absent) for matcher in matchers):
            continue
        for event in events:
            if types.matches(event) is not False and any(_is_in(path, field) for field in event.sensitive):
                yield event, path


def _is_in(path: str, field: str) -> bool:
    """Whether *path* is a sensitive field or below one; `*` in a field is any name."""
    steps = zip_longest(field.split("."), path.split("."))
    return all(expected in (step, "*", None) for expected, step in steps)
