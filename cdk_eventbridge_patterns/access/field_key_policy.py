"""Who may encrypt and who may decrypt the sensitive fields of events, as statements about their key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cdk_eventbridge_patterns.access.statement import Statement, one_or_many
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.contracts.field_encryption import encryption_context
from cdk_eventbridge_patterns.naming.arn import account_root

ENCRYPT = ("kms:Encrypt", "kms:GenerateDataKey")

# What AWS's own statement for administrators of a key has, written out, without what makes grants: a grant lets
# somebody decrypt whom the policy does not name.
# https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators
_ADMINISTER = (
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
)


def field_administration(account: str, region: str) -> Statement:
    """Leave the key to its account to administer, and not to use: who decrypts is not a matter of that account's IAM.

    Whoever may change the policy may let themselves in; that leaves a trace, and is the account's own affair.
    """
    return _about_key("Administer", account_root(account, region=region), _ADMINISTER)


def field_encryption(account: str, region: str, events: Iterable[EventName]) -> Statement:
    """Let roles of the producer's account encrypt fields of these events, those whose own policy says so as well."""
    return _about_key("Encrypt", account_root(account, region=region), ENCRYPT, of_events(events))


def field_decryption(
    sid: str, account: str, region: str, events: Iterable[EventName], roles: Sequence[str] = ()
) -> Statement:
    """Let an account, or just these roles of it, decrypt fields of these events.

    The account is the principal, and roles a condition: a role as the principal must be there before the key is.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
    """
    condition = of_events(events)
    if roles:
        condition |= {"ArnEquals": {"aws:PrincipalArn": one_or_many(sorted(roles))}}
    return _about_key(sid, account_root(account, region=region), ["kms:Decrypt"], condition)


def of_events(events: Iterable[EventName]) -> dict[str, Any]:
    """Return the condition that holds a request to fields of these events.

    `StringEquals` without a set operator, for the encryption context has one value for each key; and where it is
    lacking, `StringEquals` refuses.
    https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
    """
    values: dict[str, list[str]] = {}
    for event in sorted({*events}):
        for key, value in encryption_context(event).items():
            values.setdefault(f"kms:EncryptionContext:{key}", []).append(value)
    return {"StringEquals": {key: one_or_many(each) for key, each in values.items()}}


def _about_key(sid: str, principal: str, actions: Sequence[str], condition: dict[str, Any] | None = None) -> Statement:
    statement: Statement = {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"AWS": principal},
        "Action": one_or_many(actions),
        "Resource": "*",
    }
    return statement if condition is None else {**statement, "Condition": condition}
