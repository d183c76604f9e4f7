"""Whom a statement of a resource policy lets in, as far as names go: others than the account of its own stack."""

from __future__ import annotations

from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement

_SAYS_WHO = ("aws:PrincipalAccount", "aws:SourceAccount", "aws:PrincipalArn", "aws:SourceArn")


def services_of(statement: PolicyStatement) -> set[str]:
    """Return the AWS services that a statement allows."""
    return set((statement.principals or {}).get("Service", ())) if statement.allows else set()


def lets_others_in(statement: PolicyStatement, account: str) -> bool:
    """Return whether a statement allows an account other than *account*, an organisation or everyone.

    A principal that is known at deployment only, such as a parameter, is taken for another account's: nobody writes a
    parameter for the own one. AWS services need no name.
    """
    if not statement.allows:
        return False
    return any(
        _is_other(each, account) if each != "*" else not _is_just_for(account, statement)
        for each in (statement.principals or {}).get("AWS", ())
    )


def _is_just_for(account: str, statement: PolicyStatement) -> bool:
    """Return whether everyone means everyone of *account*."""
    who = [value for key in _SAYS_WHO for value in statement.values_of(key)]
    return bool(who) and not any(_is_other(value, account) for value in who)


def _is_other(principal: str, account: str) -> bool:
    parts = principal.split(":")
    named = parts[4] if len(parts) > 4 else principal  # noqa: PLR2004 - the fifth part of an ARN is the account
    return named != account
