"""ACC014."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.actions import allows_action
from cdk_eventbridge_patterns.checks.access.in_use import may_publish
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.security import Role
from cdk_eventbridge_patterns.topology.text import account_of, same
from cdk_eventbridge_patterns.topology.topology import Topology


class PublisherRefused(TopologyCheck):
    """A role that may publish on a bus of another account, and a bus that does not let it.

    ## Why this matters
    Across accounts both must allow. The CDK's `grant_put_events_to` writes the permission of the role and leaves
    the policy of the bus alone, without a word.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html

    ## Avoid
        bus_of_another_account.grant_put_events_to(role)

    ## Prefer
        ProducerBus(…, publishers=["222222222222"])

    ## What it misses
    Which events the role publishes: it is a finding only where the bus refuses every one. Users, and roles that are
    in no template.

    ## When to acknowledge it
    The policy is written by another tool after deployment.
    """

    id = "ACC014"
    severity = Severity.ERROR
    fix = "allow it in the policy of the bus, or take the permission away"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the permissions to publish that no bus answers."""
        carriers = {each.target.role_arn for each in topology.moves()}
        for role in topology.roles:
            if role.arn in carriers:
                continue  # those of moves are another check's
            for statement in role.permissions:
                for arn in statement.resources if statement.allows else ():
                    yield from self._refused(topology, role, statement, arn)

    def _refused(self, topology: Topology, role: Role, statement: PolicyStatement, arn: str) -> Iterator[Finding]:
        if not allows_action(statement, "events:PutEvents") or topology.bus(arn) is None:
            return
        if same(role.account, account_of(arn)) is False and may_publish(topology, role, arn).refuses:
            message = f"role {role.name!r} may publish on {arn}, whose policy does not let account {role.account} in"
            yield self.finding(statement.location, message)
