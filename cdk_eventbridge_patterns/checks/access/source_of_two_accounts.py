"""ACC010."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.actions import allows_action
from cdk_eventbridge_patterns.checks.access.in_use import other_accounts, statements_for_others
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class SourceOfTwoAccounts(TopologyCheck):
    """A source that two accounts may publish on a bus of a third.

    ## Why this matters
    A source belongs to one service. Where two accounts may use it, nobody can tell who published, and a fault in
    one is laid at the other's door. On a shared bus AWS's own sample lets every account publish every source.
    https://github.com/aws-samples/amazon-eventbridge-resource-policy-samples

    ## Avoid
        "Principal": {"AWS": ["…:222222222222:root", "…:333333333333:root"]}, "Condition": {"StringEquals":
            {"events:source": ["com.acme.billing", "com.acme.shipping"]}}

    ## Prefer
        one statement for 222222222222 with com.acme.billing, one for 333333333333 with com.acme.shipping

    ## What it misses
    Accounts of an organisation that is let in as a whole.

    ## When to acknowledge it
    One service runs in several accounts.
    """

    id = "ACC010"
    severity = Severity.WARNING
    fix = "let each account publish its own sources only, by one statement each"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements that give a source to a second account."""
        publishers: dict[tuple[str, str], str] = {}
        for policy, statement in statements_for_others(topology):
            if not allows_action(statement, "events:PutEvents"):
                continue
            for account in other_accounts(statement, policy.account):
                for source in statement.values_of("events:source"):
                    first = publishers.setdefault((policy.resource_arn, source), account)
                    if first != account:
                        message = f"source {source!r} is for {first} and {account} on bus {policy.resource_arn}"
                        yield self.finding(statement.location, message)
