"""DLV012."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


class RuleWithoutTarget(TopologyCheck):
    """A rule that matches and delivers nowhere.

    ## Why this matters
    It counts against the quota of the bus and looks as if somebody consumed the event. Nothing happens when it
    matches.

    ## Avoid
        events.CfnRule(self, "Ship", event_pattern={"source": ["com.acme.orders"]})

    ## Prefer
        bus.deliver(ORDER_PLACED, queue)

    ## What it misses
    Rules whose targets are put by something other than CloudFormation.

    ## When to acknowledge it
    Another tool adds the targets after deployment.
    """

    id = "DLV012"
    severity = Severity.WARNING
    fix = "give it a target, or take the rule away"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules without a target."""
        for rule in topology.rules:
            if rule.targets == () and rule.enabled is True:
                yield self.finding(rule.location, f"rule {rule.name!r} has no target")
            elif isinstance(rule.targets, Undecided):
                yield self.undecided(rule.location.at("Targets"), f"where rule {rule.name!r} delivers", rule.targets)
