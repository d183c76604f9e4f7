"""Whom a statement means.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cdk_eventbridge_patterns.access.request import Principal
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.text import is_literal, like, same
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of, not_


def without_accounts(statement: PolicyStatement) -> PolicyStatement:
    """Return *statement* without the accounts it allows: in one account, that just leaves it to the account's own IAM.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
    """
    if statement.denies or statement.principals is None:
        return statement
    named = {
        kind: tuple(each for each in values if not _is_account(each)) for kind, values in statement.principals.items()
    }
    return replace(statement, principals=named)


def _is_account(named: str) -> bool:
    return named.endswith(":root") or named.isdecimal()


def means(statement: PolicyStatement, principal: Principal) -> Answer:
    """Return whether a statement means *principal*; one of an identity's own policy names nobody else."""
    if statement.not_principals is not None:
        return _is_none_of(statement.not_principals, principal)
    return True if statement.principals is None else _is_one_of(statement.principals, principal)


def _is_none_of(kinds: Mapping[str, tuple[str, ...]], principal: Principal) -> Answer:
    """Return whether `NotPrincipal` means *principal*: a role is left out for sure if its account is named, too.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    """
    if principal.arn is None or _is_everyone(kinds) is True:
        return not_(_is_one_of(kinds, principal))
    named = kinds.get("AWS", ())
    role = any_of(_is_identity(each, principal) for each in named if not _is_account(each))
    account = any_of(_is_identity(each, principal) for each in named if _is_account(each))
    if role is False and account is False:
        return not_(_is_everyone(kinds))
    if role is True and account is True:
        return False
    return Undecided(f"NotPrincipal names not both {principal} and its account")


def _is_one_of(kinds: Mapping[str, tuple[str, ...]], principal: Principal) -> Answer:
    everyone = _is_everyone(kinds)
    if everyone is True:
        return True
    if principal.service is not None:
        named = any_of(like(each, principal.service) for each in kinds.get("Service", ()))
    else:
        named = any_of(_is_identity(each, principal) for each in kinds.get("AWS", ()))
    return any_of((named, everyone))


def _is_everyone(kinds: Mapping[str, tuple[str, ...]]) -> Answer:
    named = (*kinds.get("AWS", ()), *kinds.get("*", ()))
    return "*" in named or any_of(same(each, "*") for each in named if not is_literal(each))


def _is_identity(named: str, principal: Principal) -> Answer:
    """Return whether *named*, an account, its root or a role, is the principal; the root stands for all of them."""
    asking = principal.account or ""
    parts = named.split(":", 5)
    if len(parts) < 6 and not is_literal(named):  # noqa: PLR2004 - the parts of an ARN
        return _may_be_identity(named, principal)
    account = parts[4] if len(parts) > 5 else named  # noqa: PLR2004
    if len(parts) < 6 or parts[5] == "root":  # noqa: PLR2004
        return same(account, asking)
    if principal.arn is None:
        in_account = same(account, asking)
        return Undecided(f"just {named} may ask") if in_account is True else in_account
    return same(named, principal.arn)


def _may_be_identity(named: str, principal: Principal) -> Answer:
    """Return whether a text that is no whole ARN yet may turn out to mean the principal."""
    root = like(f"arn:*:iam::{principal.account}:root", named)
    arn = like(f"arn:*:{principal.account}:*", named) if principal.arn is None else same(named, principal.arn)
    return any_of((same(named, principal.account or ""), root, arn))
