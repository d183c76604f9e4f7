"""ACC002."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.openness import is_public
from cdk_eventbridge_patterns.checks.access.in_use import receiver_policies
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class PublicReceiver(TopologyCheck):
    """A queue, topic or function that events are delivered to, and that everyone may send to.

    ## Why this matters
    Whoever can send to it can forge events: what is in a queue carries no proof of where it came from.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

    ## Avoid
        "Principal": "*", "Action": "sqs:SendMessage"

    ## Prefer
        "Principal": {"Service": "events.amazonaws.com"}, "Condition": {"ArnEquals": {"aws:SourceArn": "…:rule/…"}}

    ## What it misses
    Resources that no rule in the templates delivers to.

    ## When to acknowledge it
    It takes messages from the public on purpose.
    """

    id = "ACC002"
    severity = Severity.ERROR
    fix = "name the accounts, or let events.amazonaws.com in for the rule by aws:SourceArn"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements that open what rules deliver to."""
        for policy in receiver_policies(topology):
            for statement in policy.statements:
                message = f"{policy.resource_arn} is open to every AWS account"
                question = f"whether {policy.resource_arn} is public"
                yield from self.judged(is_public(statement), statement.location, message, question=question)
