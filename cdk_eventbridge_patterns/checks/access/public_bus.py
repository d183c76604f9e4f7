"""ACC001."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.openness import is_public
from cdk_eventbridge_patterns.checks.access.in_use import bus_policies
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


class PublicBus(TopologyCheck):
    """A bus that everyone with an AWS account may use.

    ## Why this matters
    `Principal: *` means every AWS account. Conditions on what is asked, such as `events:source`, don't help:
    everyone can send that source. Neither does an organisation id with a wildcard in it, nor an operator with
    IfExists. A bus of the newer kind refuses such a policy.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html

    ## Avoid
        "Principal": "*", "Condition": {"StringEquals": {"events:source": "com.acme.orders"}}

    ## Prefer
        "Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}

    ## What it misses
    Organisations that are not your own: a template does not say which one is.

    ## When to acknowledge it
    The bus takes events from the public on purpose, and its rules trust nothing in them.
    """

    id = "ACC001"
    severity = Severity.ERROR
    fix = "name the accounts, or add aws:PrincipalOrgID with the id of your organisation"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements that open a bus to everyone."""
        for policy in bus_policies(topology):
            for statement in policy.statements:
                answer = is_public(statement)
                if answer is True:
                    yield self.finding(statement.location, f"bus {policy.resource_arn} is open to every AWS account")
                elif isinstance(answer, Undecided):
                    yield self.undecided(statement.location, f"whether bus {policy.resource_arn} is public", answer)
