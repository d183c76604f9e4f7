"""QTA005."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.matching.limits import LONGEST, LONGEST_RAISED
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place, substituted, unknown_in
from cdk_eventbridge_patterns.topology.topology import Topology


class EventPatternTooLong(TopologyCheck):
    """An event pattern that is longer than its quota.

    ## Why this matters
    The rule fails at deployment. By default the quota is 2,048 characters, which can be raised to 4,096; a filter of
    the newer bus has 4,096 from the beginning.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

    ## Avoid
        {"detail": {"order": [{"prefix": "A-0001"}, {"prefix": "A-0002"}, …]}}  # two hundred of them

    ## Prefer
        {"detail": {"tier": ["gold"]}}  # a field that says what they have in common

    ## What it misses
    How AWS counts is not documented: here it is JSON without white space, in which a part that is known at deployment
    only counts as the text that stands for it.

    ## When to acknowledge it
    Up to 4,096 characters: the quota was raised.
    """

    id = "QTA005"
    severity = Severity.ERROR
    fix = "filter on less, or split it into several rules"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules whose event pattern is too long: where the quota can be raised, a warning."""
        for rule in topology.rules:
            pattern = rule.event_pattern
            limit = LONGEST if rule.kind is BusKind.CLASSIC else LONGEST_RAISED
            if not isinstance(pattern, Mapping) or _length(pattern) <= limit:
                continue
            place, unknown = event_pattern_place(rule), unknown_in(pattern)
            size = _length(substituted(pattern, lambda _: ""))
            if unknown is not None and size <= limit:
                question = f"whether the event pattern of rule {rule.name!r} is longer than {limit} characters"
                yield self.undecided(place, question, unknown)
                continue
            over, severity = f"quota of {LONGEST}", Severity.WARNING
            if size > LONGEST_RAISED:
                over, severity = f"limit of {LONGEST_RAISED}", Severity.ERROR
            message = f"event pattern of rule {rule.name!r} is {size} characters, over the {over}"
            yield self.finding(place, message, severity=severity)


def _length(pattern: Mapping[str, Any]) -> int:
    return len(json.dumps(pattern, separators=(",", ":"), ensure_ascii=False, default=str))
