"""ACC013."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.access.in_use import receivers_in_use
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology

_WHOLE = {"AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"}


class QueuePolicyTwice(TopologyCheck):
    """A queue that rules deliver to, with two policies.

    ## Why this matters
    SQS keeps one policy for a queue: the one deployed last replaces the other, and the rules that it let in are
    refused.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html

    ## Avoid
        two AWS::SQS::QueuePolicy that name one queue

    ## Prefer
        one AWS::SQS::QueuePolicy with all statements

    ## What it misses
    Policies that are set by something other than CloudFormation.

    ## When to acknowledge it
    Never.
    """

    id = "ACC013"
    severity = Severity.ERROR
    fix = "write all statements of a queue into one policy"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the second policies of queues and topics."""
        for arn in receivers_in_use(topology):
            policies = [each for each in topology.policies_on(arn) if each.resource_type in _WHOLE]
            for second in policies[1:]:
                yield self.finding(
                    second.location, f"{arn} has another policy at {policies[0].location}, and keeps one"
                )
