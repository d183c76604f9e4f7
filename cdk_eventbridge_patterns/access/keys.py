"""Whether a KMS key lets EventBridge use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cdk_eventbridge_patterns.access.evaluation import Decision, decide
from cdk_eventbridge_patterns.access.reach import first_refusal, may_act
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE
from cdk_eventbridge_patterns.topology.security import Key, Role
from cdk_eventbridge_patterns.topology.text import is_literal, region_of
from cdk_eventbridge_patterns.undecided import Undecided

# What it takes a role, by the service whose data the key encrypts.
# https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
BY_ROLE = {"kinesis": ("kms:GenerateDataKey",)}

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


def role_may_use(key: Key, role: Role, service: str, arn: str) -> Decision:
    """Return whether *role* may use *key* to write to *arn*, of *service*.

    The key policy must let it, or the account of the role; in the second case the role's own policies must, too.
    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    given: dict[str, ContextValue] = {
        "kms:ViaService": f"{service}.{region_of(arn)}.amazonaws.com",
        "kms:CallerAccount": role.account,
        "kms:EncryptionContext": Undecided("what is encrypted is not followed"),
    }
    decisions = []
    for action in BY_ROLE.get(service, WRITE):
        request = Request(principal=Principal.of_role(role.arn), action=action, resource=key.arn, given=given)
        by_key = decide(request, key.statements)
        named = by_key.statement is not None and role.arn in (by_key.statement.principals or {}).get("AWS", ())
        decisions += [by_key] if named else [by_key, _by_role(role, action, key, given)]
    return first_refusal(decisions)


def _by_role(role: Role, action: str, key: Key, given: Mapping[str, ContextValue]) -> Decision:
    """Return whether the role's own policies let it use *key*.

    AWS makes up the id of a key; a team elsewhere writes it once it is there, so it may be the one in the template.
    """
    decision = may_act(role, action, key.arn, given)
    if not decision.refuses or decision.is_denial or is_literal(key.arn):
        return decision
    keys = key.arn.partition(":key/")[0]
    named = (each for statement in role.permissions for each in statement.resources)
    for other in (each for each in named if is_literal(each) and each.startswith(f"{keys}:key/")):
        if may_act(role, action, other, given).answer is True:
            return Decision.unknown(f"whether {other} is that key is known at deployment only")
    return decision
