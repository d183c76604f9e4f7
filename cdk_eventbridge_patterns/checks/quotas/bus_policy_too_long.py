"""QTA004."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.topology import Topology

_WRAPPER = len('{"Version":"2012-10-17","Statement":[]}') - 1


class BusPolicyTooLong(TopologyCheck):
    """A bus whose policy has more characters than its quota.

    ## Why this matters
    The statement that makes it too long fails at deployment, in the stack of whoever comes last. The quota is
    10,240 characters, 20,480 bytes for the newer bus, and can be raised.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

    ## Avoid
        a statement for each of thirty accounts

    ## Prefer
        "Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}

    ## What it misses
    Statements in templates that were not read. How AWS counts white space is not documented: it is counted without.

    ## When to acknowledge it
    The quota was raised.
    """

    id = "QTA004"
    severity = Severity.ERROR
    fix = "let the organisation in by one set of statements, or have the quota raised"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses whose policy is too long."""
        for bus in topology.buses:
            statements = topology.statements_on(bus.arn)
            size = _WRAPPER + sum(statement.size + 1 for statement in statements)
            quota = DEFAULT_POLICY_QUOTA if bus.kind is BusKind.CLASSIC else 2 * DEFAULT_POLICY_QUOTA
            if statements and size > quota:
                message = f"policy of bus {bus.name!r} is {size} characters, and {quota} is the quota"
                yield self.finding(statements[-1].location, message)
