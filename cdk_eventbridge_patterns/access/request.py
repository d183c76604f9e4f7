"""Who asks to do what: what policies are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cdk_eventbridge_patterns.topology.text import account_of
from cdk_eventbridge_patterns.topology.undecided import Undecided

EVENTBRIDGE = "events.amazonaws.com"

ContextValue = str | tuple[str, ...] | Undecided


@dataclass(frozen=True, kw_only=True)
class Principal:
    """Who asks: an AWS service, a role, or anybody of an account whose own IAM allows it.

    Args:
        service: The service, such as `events.amazonaws.com`. Default: it is none.

        arn: The ARN of the role. Default: not a certain one.

        account: The account of the role, or of anybody in it. Default: none, it is a service.
    """

    service: str | None = None
    arn: str | None = None
    account: str | None = None

    @classmethod
    def of_service(cls, service: str = EVENTBRIDGE) -> Principal:
        """Return a service."""
        return cls(service=service)

    @classmethod
    def of_role(cls, arn: str) -> Principal:
        """Return a role."""
        return cls(arn=arn, account=account_of(arn))

    @classmethod
    def of_account(cls, account: str) -> Principal:
        """Return anybody in an account whom its own IAM allows."""
        return cls(account=account)

    def __str__(self) -> str:
        return self.service or self.arn or f"account {self.account}"


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request, as policies see it.

    Args:
        principal: Who asks.

        action: What for, such as `sqs:SendMessage`.

        resource: The ARN of what.

        given: The condition keys of the request, in whatever case; a key that is not there is absent, and one that
            is undecided may be there or not. Those that follow from the principal need not be given. Default: none.
    """

    principal: Principal
    action: str
    resource: str
    given: Mapping[str, ContextValue] = field(default_factory=dict)

    @cached_property
    def context(self) -> Mapping[str, ContextValue]:
        """All condition keys, in lower case.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
        """
        return {**self._of_principal(), **{key.lower(): value for key, value in self.given.items()}}

    def _of_principal(self) -> Mapping[str, ContextValue]:
        principal = self.principal
        if principal.service is not None:
            return {"aws:principalisawsservice": "true", "aws:principalservicename": principal.service}
        return {
            "aws:principalisawsservice": "false",
            "aws:principalaccount": principal.account or Undecided("the account of the principal is not known"),
            "aws:principalarn": principal.arn or Undecided(f"any role of account {principal.account} may ask"),
            "aws:principalorgid": Undecided(f"the organisation of account {principal.account} is not known"),
            "aws:principalorgpaths": Undecided(f"the organisation of account {principal.account} is not known"),
        }
