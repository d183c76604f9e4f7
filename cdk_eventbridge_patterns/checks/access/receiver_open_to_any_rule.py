"""ACC003."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.openness import lets_any_source_in, names_service
from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE
from cdk_eventbridge_patterns.checks.access.in_use import receiver_policies
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.topology import Topology


class ReceiverOpenToAnyRule(TopologyCheck):
    """A queue, topic or function that lets EventBridge in for any rule of any account.

    ## Why this matters
    `events.amazonaws.com` delivers for everyone who has a rule. Without `aws:SourceArn` or `aws:SourceAccount`
    anybody can aim a rule of theirs at your queue: the confused deputy.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html

    ## Avoid
        "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "…"

    ## Prefer
        … "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:events:…:rule/acme-prod-orders/…"}}

    ## What it misses
    Conditions that name more rules than deliver there.

    ## When to acknowledge it
    Never; the statement costs one line more.
    """

    id = "ACC003"
    severity = Severity.ERROR
    fix = "add a condition: ArnEquals aws:SourceArn, the ARN of the rule"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements that let EventBridge in for anybody."""
        for policy in receiver_policies(topology):
            for statement in filter(_delivers, policy.statements):
                if not names_service(statement, EVENTBRIDGE):
                    continue
                message = f"{policy.resource_arn} lets EventBridge in for any rule of any account"
                question = f"whether {policy.resource_arn} lets EventBridge in for any rule"
                yield from self.judged(lets_any_source_in(statement), statement.location, message, question=question)


def _delivers(statement: PolicyStatement) -> bool:
    """Return whether a statement lets somebody deliver: to open a stream of a log group is no delivery yet.

    AWS's own policy for log groups leaves that without a condition.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
    """
    return set(statement.actions) != {"logs:CreateLogStream"}
