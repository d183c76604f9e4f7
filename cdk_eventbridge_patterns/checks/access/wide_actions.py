"""ACC008."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.actions import allows_action
from cdk_eventbridge_patterns.checks.access.in_use import statements_for_others
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology

_BEYOND = ("events:DeleteEventBus", "events:PutPermission", "events:UpdateEventBus", "events:CreateArchive")


class WideActions(TopologyCheck):
    """A statement that lets another account do more with a bus than publish and subscribe.

    ## Why this matters
    With `events:*` it may delete the bus, change its policy and let others in.

    ## Avoid
        "Action": "events:*"

    ## Prefer
        "Action": "events:PutEvents"

    ## What it misses
    Actions that are named one by one, each of which someone wrote on purpose.

    ## When to acknowledge it
    The account manages the bus.
    """

    id = "ACC008"
    severity = Severity.ERROR
    fix = "name the actions, events:PutEvents or those of rules, each where it is needed"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements whose actions reach beyond publishing and rules."""
        for policy, statement in statements_for_others(topology):
            wide = [action for action in _BEYOND if allows_action(statement, action)]
            if wide:
                actions = " and ".join(statement.actions) or "all actions but a few"
                message = f"others may do {actions} to bus {policy.resource_arn}, {wide[0]} too"
                yield self.finding(statement.location, message)
