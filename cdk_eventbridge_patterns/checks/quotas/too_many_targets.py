"""QTA001."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology

_LIMIT = 5


class TooManyTargets(TopologyCheck):
    """A rule with more than five targets.

    ## Why this matters
    Five is the limit, and it can't be raised. One target a rule is what AWS advises: each has its own life, and
    none fails halfway. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

    ## Avoid
        a rule with six targets

    ## Prefer
        six rules with one target each

    ## What it misses
    Nothing that is known.

    ## When to acknowledge it
    Never: deployment fails.
    """

    id = "QTA001"
    severity = Severity.ERROR
    fix = "split it into rules with the same event pattern"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules with too many targets."""
        for rule in topology.rules:
            if len(rule.known_targets) > _LIMIT:
                message = f"rule {rule.name!r} has {len(rule.known_targets)} targets, and {_LIMIT} is the limit"
                yield self.finding(rule.location.at("Targets"), message)
