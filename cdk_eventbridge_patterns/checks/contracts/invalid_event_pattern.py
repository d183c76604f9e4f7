"""CON001."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place, read, substituted, unknown_in
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

# Operators that take any text.
_TAKE_ANY = ("prefix", "suffix", "equals-ignore-case")


class InvalidEventPattern(TopologyCheck):
    """An event pattern that EventBridge refuses.

    ## Why this matters
    The rule fails at deployment: an empty list, text in place of a list, an operator that there is not, wildcards
    that are too costly, neither an event pattern nor a schedule. The CDK synthesizes all of it.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
    A filter of the newer bus knows no `wildcard` either.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-filtering.html

    ## Avoid
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": []}

    ## Prefer
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}

    ## What it misses
    Event patterns of archives, and filters of the newer bus on metadata. How long it is: QTA005 counts that.

    ## When to acknowledge it
    Never: deployment fails.
    """

    id = "CON001"
    severity = Severity.ERROR
    fix = "put it right as the message says"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules whose event pattern is refused."""
        for rule in topology.rules:
            refusal = _refusal(rule)
            if isinstance(refusal, Undecided):
                question = f"whether EventBridge takes the event pattern of rule {rule.name!r}"
                yield self.undecided(event_pattern_place(rule), question, refusal)
            elif refusal is not None:
                message = f"event pattern of rule {rule.name!r} is refused: {refusal}"
                yield self.finding(event_pattern_place(rule), message)


def _refusal(rule: Rule) -> str | Undecided | None:
    """Return why EventBridge refuses the event pattern of *rule*, nothing where it takes it."""
    pattern = rule.event_pattern
    if pattern is None:
        needed = rule.kind is BusKind.CLASSIC and rule.schedule is None
        return "a rule must have an event pattern or a schedule" if needed else None
    if isinstance(pattern, Undecided):
        return pattern
    known = substituted(pattern, _as_valid) if isinstance(pattern, Mapping) else pattern
    try:
        found = EventPattern.parse(known, longest=None) if isinstance(known, str) else read(known)
    except EventPatternError as error:
        return str(error)
    if rule.kind is BusKind.V2 and found.has_wildcards:
        return "a subscriber's filter must not use wildcard"
    return None if known == pattern else unknown_in(pattern)


def _as_valid(value: Any) -> Any:  # noqa: ANN401 - whatever an event pattern holds
    """Keep what is valid whatever its unknown parts turn out to be; replace the rest by what is valid."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and len(value) == 1:
        ((operator, operand),) = value.items()
        if operator in _TAKE_ANY and isinstance(operand, str):
            return value
    return "«unknown»"
