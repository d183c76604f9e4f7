"""ENC010."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.key_uses import role_key_decision
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology

_FIX_OF_AWS_KEY = "encrypt the target by a key of your own that lets the role in, or leave it to the service"


class RoleCannotUseKey(TopologyCheck):
    """A target with a KMS key that the role of the target may not use.

    ## Why this matters
    The role may write to the stream, and the key refuses: nothing is delivered. The key policy must let the role in,
    or its account, and then the role's own policies must, too. AWS's own key, such as `alias/aws/kinesis`, lets no
    other account in, and its policy can't be changed.
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
            role = topology.role(target.role_arn or "")
            decision = None if role is None else role_key_decision(topology, role, target)
            if role is None or decision is None:
                continue
            receiver = topology.receiver(target.arn)
            key = None if receiver is None else receiver.key
            if decision.refuses:
                message = f"role {role.name!r} may not use key {key} of {target.arn}: {decision.reason}"
                fix = _FIX_OF_AWS_KEY if "alias/aws/" in (key or "") else None
                yield self.finding(target.at("RoleArn"), message, fix=fix)
            elif decision.undecided is not None:
                question = f"whether role {role.name!r} may use key {key}"
                yield self.undecided(target.at("RoleArn"), question, decision.undecided)
