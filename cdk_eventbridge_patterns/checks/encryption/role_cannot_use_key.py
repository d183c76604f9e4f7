"""ENC010."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.key_uses import not_read
from cdk_eventbridge_patterns.access.keys import role_may_use
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology


class RoleCannotUseKey(TopologyCheck):
    """A target with a KMS key that the role of the target may not use.

    ## Why this matters
    The role may write to the stream, and the key refuses: nothing is delivered. The key policy must let the role in,
    or its account, and then the role's own policies must, too.
    https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html

    ## Avoid
        "Action": "kinesis:PutRecord"  # and nothing for the key of the stream

    ## Prefer
        bus.deliver(ORDER_PLACED, encrypted_stream)  # its role may use the key, too

    ## What it misses
    Keys that no template holds, and managed policies that none holds: there it says that it can't decide.

    ## When to acknowledge it
    The role or the key policy is changed by another tool after deployment.
    """

    id = "ENC010"
    severity = Severity.ERROR
    fix = "let the role do kms:GenerateDataKey, in its own policy and in that of the key"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets whose key keeps their role out."""
        for delivery in topology.deliveries():
            target = delivery.target
            receiver, role = topology.receiver(target.arn), topology.role(target.role_arn or "")
            if role is None or receiver is None or receiver.key is None or "alias/aws/" in receiver.key:
                continue
            place, question = target.at("RoleArn"), f"whether role {role.name!r} may use key {receiver.key}"
            key = topology.key(receiver.key, account=receiver.account, region=receiver.region)
            if key is None:
                yield self.undecided(place, question, not_read(receiver.key))
                continue
            decision = role_may_use(key, role, target.service, target.arn)
            if decision.refuses:
                message = f"role {role.name!r} may not use key {receiver.key} of {target.arn}: {decision.reason}"
                yield self.finding(place, message)
            elif decision.undecided is not None:
                yield self.undecided(place, question, decision.undecided)
