"""Permissions on keys, written into the policy of whoever is granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Acknowledgment, Validations
from aws_cdk import aws_iam as iam
from constructs import Construct

from cdk_eventbridge_patterns.access.key_policy import held_to_alias
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.plan.encryption import KeyAddress
from cdk_eventbridge_patterns.tree.described import described

_KEY_UNKNOWN = (
    "AWS makes up the id of the key, so the policy names all keys of the account. The role may use just the one with "
    "this alias, and for this purpose."
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


def acknowledge_keys(scope: Construct, keys: str) -> None:
    """Say to cdk-nag why a policy below *scope* names all keys of an account."""
    check = f"AwsSolutions::AwsSolutions-IAM5[Resource::{keys}]"
    Validations.of(scope).acknowledge(Acknowledgment(id=check, reason=_KEY_UNKNOWN))


def grant(grantee: iam.IGrantable, actions: Sequence[str], key_arn: str, condition: Mapping[str, Any]) -> iam.Grant:
    """Let *grantee* do *actions* by a key, under a condition."""
    return iam.Grant.add_to_principal(
        grantee=grantee, actions=list(actions), resource_arns=[key_arn], conditions=dict(condition)
    )


def grant_by_alias(
    grantee: iam.IGrantable, actions: Sequence[str], key: KeyAddress, condition: Mapping[str, Any]
) -> iam.Grant:
    """Let *grantee* do *actions* by a key that is known by its alias.

    AWS shows that for keys of other accounts, too.
    """
    keys = key.keys_beside
    check_grantee(grantee)
    # The policy stands below the role, which of a function may be one that was made elsewhere.
    acknowledge_keys(check_grantee(grantee.grant_principal), keys)
    return grant(grantee, actions, keys, held_to_alias(key.alias, condition))
