"""Permissions on keys, written into the policy of whoever is granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Acknowledgment, Validations
from aws_cdk import aws_iam as iam
from constructs import Construct

from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.plan.encryption import KeyAddress
from cdk_eventbridge_patterns.tree.described import described

_KEY_UNKNOWN = (
    "AWS makes up the id of the key, which is in another stack or account. The role may use just the one with this "
    "alias, and for what is bound to these events or this bus."
)


def check_grantee(grantee: iam.IGrantable) -> Construct:
    """Return *grantee*, which stands in the tree.

    Raises:
        AccessError: If it is no role, user or what has one.
    """
    if not (hasattr(grantee, "grant_principal") and hasattr(grantee, "node")):
        msg = f"grantee must be a role, a user or what has one, such as a function, got {described(grantee)}"
        raise AccessError(msg)
    return grantee  # type: ignore[return-value]  # only constructs have a node


def grant(grantee: iam.IGrantable, actions: Sequence[str], key_arn: str, condition: Mapping[str, Any]) -> iam.Grant:
    """Let *grantee* do *actions* by a key, under a condition."""
    return iam.Grant.add_to_principal(
        grantee=grantee, actions=list(actions), resource_arns=[key_arn], conditions=dict(condition)
    )


def grant_by_alias(
    grantee: iam.IGrantable, actions: Sequence[str], key: KeyAddress, condition: Mapping[str, Any]
) -> iam.Grant:
    """Let *grantee* do *actions* by a key that is known by its alias.

    A policy can name a key by its own ARN only, so it names all of the account, held to the one with this alias: AWS
    shows that for keys of other accounts, too.
    https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
    """
    keys = arn("kms", "key/*", region=key.region, account=key.account)
    check = f"AwsSolutions::AwsSolutions-IAM5[Resource::{keys}]"
    Validations.of(check_grantee(grantee)).acknowledge(Acknowledgment(id=check, reason=_KEY_UNKNOWN))
    held = {**condition, "ForAnyValue:StringEquals": {"kms:ResourceAliases": key.alias}}
    return grant(grantee, actions, keys, held)
