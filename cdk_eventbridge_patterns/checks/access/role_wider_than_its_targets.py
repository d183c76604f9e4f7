"""ACC015."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.access.in_use import roles_in_use
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class RoleWiderThanItsTargets(TopologyCheck):
    """A role of a target that may put events on every bus, or send to every queue.

    ## Why this matters
    What EventBridge may do in the name of the role, whoever may pass the role can have done: on any bus of the
    account. AWS's own sample has `events:PutEvents` on `*`.

    ## Avoid
        "Action": "events:PutEvents", "Resource": "*"

    ## Prefer
        "Action": "events:PutEvents", "Resource": "arn:aws:events:eu-west-1:222222222222:event-bus/acme-prod-billing"

    ## What it misses
    Actions that no target needs.

    ## When to acknowledge it
    One role serves many targets whose names are not known beforehand.
    """

    id = "ACC015"
    severity = Severity.WARNING
    fix = "name the ARNs of the targets as the resources of the role"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements of roles in use whose resource is everything."""
        for role in roles_in_use(topology):
            for statement in role.permissions:
                if statement.allows and any(_is_everything(each) for each in statement.resources):
                    message = f"role {role.name!r} may do {' and '.join(statement.actions)} to everything"
                    yield self.finding(statement.location, message)


def _is_everything(resource: str) -> bool:
    return resource.split(":", 5)[-1] in ("*", "event-bus/*")
