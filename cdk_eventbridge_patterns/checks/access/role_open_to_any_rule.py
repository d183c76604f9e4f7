"""ACC004."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.openness import lets_any_source_in, names_service
from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE
from cdk_eventbridge_patterns.checks.access.in_use import roles_in_use
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class RoleOpenToAnyRule(TopologyCheck):
    """A role that EventBridge may assume for any rule.

    ## Why this matters
    Whoever may pass the role can aim a rule of another account's bus at what it reaches; with `aws:SourceArn` just
    the rules it is made for can use it.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html

    ## Avoid
        iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("events.amazonaws.com"))

    ## Prefer
        … "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:events:…:rule/acme-prod-orders/acme-prod-billing--*"}}

    ## What it misses
    Roles that no target in the templates has.

    ## When to acknowledge it
    The role is made by a construct that leaves no way to add it, such as the CDK's targets.EventBus; pass it a role
    of your own rather.
    """

    id = "ACC004"
    severity = Severity.WARNING
    fix = "add conditions to the trust policy: ArnLike aws:SourceArn and aws:SourceAccount"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the trust policies that let EventBridge in for anybody."""
        for role in roles_in_use(topology):
            for statement in role.trust:
                if not names_service(statement, EVENTBRIDGE):
                    continue
                message = f"role {role.name!r} may be used by EventBridge for any rule of any account"
                question = f"whether role {role.name!r} may be used for any rule"
                yield from self.judged(lets_any_source_in(statement), statement.location, message, question=question)
