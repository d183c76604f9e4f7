"""QTA004."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.quotas.crowded import all_buses
from cdk_eventbridge_patterns.checks.quotas.limits import POLICY_QUOTAS, policy_characters
from cdk_eventbridge_patterns.topology.event_patterns import unknown_in
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.security import ResourcePolicy
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


class BusPolicyTooLong(TopologyCheck):
    """A bus whose policy is longer than its quota.

    ## Why this matters
    The statement that makes it too long fails at deployment. By default the quota is 10,240 characters, of the newer
    bus 20,480 bytes; both can be raised. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

    ## Avoid
        consumers=[Consumer("billing", "222222222222"), …]  # thirty accounts, with statements of their own

    ## Prefer
        organization_id="o-exampleorg1"  # one set of statements for all of them

    ## What it misses
    Statements in templates that were not read. How AWS counts is not documented: here it is JSON without white space,
    in which a part that is known at deployment only counts as the text that stands for it.

    ## When to acknowledge it
    The quota was raised.
    """

    id = "QTA004"
    severity = Severity.ERROR
    fix = "let the organisation in by one set of statements, or have the quota 'Event bus policy size' raised"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses whose policy is too long."""
        for bus in all_buses(topology):
            policies, quota = topology.policies_on(bus.arn), POLICY_QUOTAS[bus.kind]
            size = policy_characters(policies)
            if size <= quota:
                continue
            doubt = next((doubt for policy in policies for doubt in _doubts(policy)), None)
            place = policies[-1].location
            if (
                doubt is None
                or policy_characters([each for each in policies if next(_doubts(each), None) is None]) > quota
            ):
                message = f"policy of bus {bus.name!r} is {size} characters, and {quota} is the quota"
                yield self.finding(place, message)
            else:
                question = f"whether the policy of bus {bus.name!r} is longer than {quota} characters"
                yield self.undecided(place, question, doubt)


def _doubts(policy: ResourcePolicy) -> Iterator[Undecided]:
    """Return why nobody can say beforehand how long a policy will be."""
    if policy.conditional is not None:
        yield policy.conditional
    for statement in policy.statements:
        if statement.undecided is not None:
            yield statement.undecided
        unknown = unknown_in(list(_texts(statement)))
        if unknown is not None:
            yield unknown


def _texts(statement: PolicyStatement) -> Iterator[str]:
    principals = chain.from_iterable((statement.principals or {}).values())
    values = chain.from_iterable(each.values for each in statement.conditions if isinstance(each.values, tuple))
    return chain(principals, statement.actions, statement.resources, values)
