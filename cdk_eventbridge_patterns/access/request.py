"""Who asks to do what: what policies are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE
from cdk_eventbridge_patterns.topology.text import account_of, region_of
from cdk_eventbridge_patterns.undecided import Undecided

ContextValue = str | tuple[str, ...] | Undecided

# Global keys that requests of a service lack. `aws:SourceOwner` is what the policy has that SNS makes for a topic, and
# EventBridge needs another one.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
_NOT_OF_SERVICES = (
    "aws:principal",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:userid",
    "aws:username",
    "aws:multifactorauth",
    "aws:tokenissuetime",
    "aws:federatedprovider",
)

# Global keys that just requests of services have.
_OF_SERVICES = ("aws:sourcearn", "aws:sourceaccount", "aws:sourceorg", "aws:principalservicename")

# The keys of what is encrypted; given without a name it stands for all of them.
_ENCRYPTION_CONTEXT = "kms:encryptioncontext"


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

        given: The condition keys of the request, in whatever case. One that is undecided may be there or not. Those
            that follow from the principal and the resource need not be given; other global keys, such as
            `aws:SourceIp`, are undecided then, all others absent. Default: none.
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
        given = {key.lower(): value for key, value in self.given.items()}
        return {**self._of_resource(), **self._of_principal(), **given}

    def value_of(self, key: str) -> ContextValue | None:
        """Return the value of a condition key, in lower case; nothing where the request lacks it."""
        found = self.context.get(key)
        if found is not None:
            return found
        if key.startswith(_ENCRYPTION_CONTEXT):
            return self.context.get(_ENCRYPTION_CONTEXT)
        absent = _OF_SERVICES if self.principal.service is None else _NOT_OF_SERVICES
        if not key.startswith("aws:") or key.startswith(absent):
            return None
        return Undecided(f"whether a request of {self.principal} has {key}, and which, is not known")

    def _of_resource(self) -> Mapping[str, ContextValue]:
        # What EventBridge sends is encrypted on its way.
        # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-data-protection.html
        given: dict[str, ContextValue] = {"aws:securetransport": "true"}
        if account := account_of(self.resource):
            given["aws:resourceaccount"] = account
        if region := region_of(self.resource):
            given["aws:requestedregion"] = region
        return given

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
