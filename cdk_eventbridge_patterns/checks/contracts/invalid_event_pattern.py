"""CON001."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.contracts.event_patterns import event_pattern_place, parsed
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.topology.undecided import Undecided


class InvalidEventPattern(TopologyCheck):
    """An event pattern that EventBridge refuses.

    ## Why this matters
    Deployment fails, or, for an empty list that no value can be in, nothing ever matches.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html

    ## Avoid
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": []}

    ## Prefer
        "EventPattern": {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}

    ## What it misses
    Event patterns with parts that are known at deployment only. What the newer bus refuses besides, such as
    `wildcard`.

    ## When to acknowledge it
    Never: deployment fails.
    """

    id = "CON001"
    severity = Severity.ERROR
    fix = "put it right as the message says"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules whose event pattern is refused."""
        for rule in topology.rules:
            pattern = rule.event_pattern
            if pattern is None:
                continue
            place = event_pattern_place(rule)
            if isinstance(pattern, Undecided):
                yield self.undecided(place, f"what rule {rule.name!r} matches", pattern)
                continue
            try:
                parsed(pattern)
            except EventPatternError as error:
                yield self.finding(place, f"event pattern of rule {rule.name!r} is refused: {error}")
