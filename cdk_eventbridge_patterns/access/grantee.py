"""Whom statements let in, as they name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from cdk_eventbridge_patterns.access.openness import holds_to
from cdk_eventbridge_patterns.access.principals import means
from cdk_eventbridge_patterns.access.request import Principal
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.text import is_literal, unknown

ANYONE = Principal(account=unknown("the account that asks"))
"""Somebody of any account."""


class GranteeKind(Enum):
    """How a statement names somebody."""

    ACCOUNT = "account"
    ROLE = "role"
    SERVICE = "service"
    EVERYONE = "everyone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Grantee:
    """Somebody whom a statement lets in.

    Args:
        kind: How the statement names them.

        name: Who they are, for people.

        principal: Who asks then. Default: that can't be said beforehand, or is of a kind that is not evaluated.
    """

    kind: GranteeKind
    name: str
    principal: Principal | None = None

    @classmethod
    def of_account(cls, account: str) -> Grantee:
        """Return anybody of an account whom its own IAM allows."""
        return cls(kind=GranteeKind.ACCOUNT, name=f"account {account}", principal=Principal.of_account(account))

    @classmethod
    def of_role(cls, arn: str) -> Grantee:
        """Return a role, or a user."""
        return cls(kind=GranteeKind.ROLE, name=arn, principal=Principal.of_role(arn))

    @property
    def role_arn(self) -> str | None:
        """The ARN of the role or user, nothing where it is another."""
        return None if self.principal is None else self.principal.arn

    def is_named_by(self, statement: PolicyStatement) -> bool:
        """Return whether a statement surely means them, or names just them."""
        if self in grantees_of(statement):
            return True
        return self.principal not in (None, ANYONE) and means(statement, self.principal) is True


def grantees_of(statement: PolicyStatement) -> tuple[Grantee, ...]:
    """Return everybody whom a statement of a resource's policy names."""
    if statement.not_principals is not None:
        left_out = ", ".join(name for names in statement.not_principals.values() for name in names)
        return (Grantee(kind=GranteeKind.EVERYONE, name=f"everyone but {left_out}", principal=ANYONE),)
    if statement.principals is None:
        return (_unknown(f"whoever the statement at {statement.location} names"),)
    return tuple(_grantees(statement))


def _grantees(statement: PolicyStatement) -> Iterator[Grantee]:
    for kind, names in (statement.principals or {}).items():
        for name in names:
            if kind in ("AWS", "*"):
                yield _everyone(statement) if name == "*" else _identity(name)
            elif kind == "Service":
                yield Grantee(kind=GranteeKind.SERVICE, name=name, principal=Principal.of_service(name))
            else:
                yield _unknown(f"{kind} {name}")


def _everyone(statement: PolicyStatement) -> Grantee:
    organizations = statement.values_of("aws:PrincipalOrgID")
    held = holds_to(statement, "aws:PrincipalOrgID") and all(map(is_literal, organizations))
    name = f"every account of organisation {' or '.join(organizations)}" if held else "everyone"
    return Grantee(kind=GranteeKind.EVERYONE, name=name, principal=ANYONE)


def _identity(name: str) -> Grantee:
    *_, account, resource = ("", *name.split(":", 5)[4:]) if name.startswith("arn:") else ("", name, "root")
    if resource == "root" and (account.isdecimal() or name.startswith("arn:")):
        return Grantee.of_account(account)
    return Grantee.of_role(name) if name.startswith("arn:") else _unknown(name)


def _unknown(name: str) -> Grantee:
    return Grantee(kind=GranteeKind.UNKNOWN, name=name)
