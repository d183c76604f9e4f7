"""QTA005."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology

_QUOTA, _LIMIT = 2_048, 4_096


class EventPatternTooLong(TopologyCheck):
    """An event pattern with more characters than its quota.

    ## Why this matters
    2,048 characters is the quota, and can be raised; 4,096 is the limit.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

    ## Avoid
        an event pattern that lists two hundred order numbers

    ## Prefer
        a field in the event that says what the two hundred have in common

    ## What it misses
    How AWS counts white space is not documented: it is counted without.

    ## When to acknowledge it
    The quota was raised.
    """

    id = "QTA005"
    severity = Severity.ERROR
    fix = "filter on less, or split it into rules"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules whose event pattern is too long."""
        for rule in topology.rules:
            if not isinstance(rule.event_pattern, Mapping):
                continue
            size = len(json.dumps(rule.event_pattern, separators=(",", ":"), ensure_ascii=False, default=str))
            if size > _QUOTA:
                limit, severity = (_LIMIT, Severity.ERROR) if size > _LIMIT else (_QUOTA, Severity.WARNING)
                yield self.finding(
                    rule.location.at("EventPattern"),
                    f"event pattern of rule {rule.name!r} is {size} characters, and {limit} is the limit",
                    severity=severity,
                )
