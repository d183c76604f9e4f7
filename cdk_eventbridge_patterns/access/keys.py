"""Whether a KMS key lets EventBridge use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cdk_eventbridge_patterns.access.evaluation import Decision, decide
from cdk_eventbridge_patterns.access.reach import first_refusal
from cdk_eventbridge_patterns.access.request import EVENTBRIDGE, ContextValue, Principal, Request
from cdk_eventbridge_patterns.topology.security import Key

# What it takes to write to something that is encrypted: make a data key, and read it back.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
WRITE = ("kms:GenerateDataKey", "kms:Decrypt")


def service_may_use(
    key: Key, actions: Iterable[str], given: Mapping[str, ContextValue], *, service: str = EVENTBRIDGE
) -> Decision:
    """Return whether *key* lets a service do all of *actions*."""
    principal = Principal.of_service(service)
    return first_refusal(
        decide(Request(principal=principal, action=action, resource=key.arn, given=given), key.statements)
        for action in actions
    )
