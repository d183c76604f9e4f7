"""Accounts, Regions and ARNs as literal text, checked once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cdk_eventbridge_patterns.errors import NamingError

_ACCOUNT = re.compile(r"[0-9]{12}")
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}")
_ORGANIZATION = re.compile(r"o-[a-z0-9]{10,32}")

# The partition follows from the Region's first words; a literal ARN needs it at synth.
# https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
_PARTITIONS = (
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("us-isob-", "aws-iso-b"),
    ("us-isof-", "aws-iso-f"),
    ("us-iso-", "aws-iso"),
    ("eu-isoe-", "aws-iso-e"),
    ("eusc-", "aws-eusc"),
)


def check_account(value: str, argument: str = "account") -> str:
    """Return *value* if it is a literal account id."""
    if not isinstance(value, str) or not _ACCOUNT.fullmatch(value):
        msg = f"{argument} must be a 12-digit account id in quotes, such as '111111111111', got {value!r}"
        raise NamingError(msg)
    return value


def is_region(value: object) -> bool:
    """Return whether *value* is a literal Region name."""
    return isinstance(value, str) and _REGION.fullmatch(value) is not None


def check_region(value: str, argument: str = "region") -> str:
    """Return *value* if it is a literal Region name."""
    if not is_region(value):
        msg = f"{argument} must be a Region, such as 'eu-west-1', got {value!r}"
        raise NamingError(msg)
    return value


def check_organization(value: str, argument: str = "organization_id") -> str:
    """Return *value* if it is the id of an AWS organisation."""
    if not isinstance(value, str) or not _ORGANIZATION.fullmatch(value):
        msg = f"{argument} must be an AWS organisation id, such as 'o-exampleorg1', got {value!r}"
        raise NamingError(msg)
    return value


def partition_of(region: str) -> str:
    """Return the partition a Region lies in: `aws` unless its name says otherwise."""
    return next((partition for prefix, partition in _PARTITIONS if region.startswith(prefix)), "aws")


@dataclass(frozen=True)
class Arn:
    """An Amazon Resource Name, all parts literal."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    @classmethod
    def parse(cls, text: str, argument: str = "arn") -> Arn:
        """Split *text* into its parts.

        Raises:
            NamingError: If it is not a literal ARN.
        """
        parts = text.split(":", 5) if isinstance(text, str) else []
        if len(parts) != 6 or parts[0] != "arn":  # noqa: PLR2004
            msg = (
                f"{argument} must be a literal ARN, such as "
                f"'arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders', got {text!r}"
            )
            raise NamingError(msg)
        return cls(*parts[1:])

    def __str__(self) -> str:
        return f"arn:{self.partition}:{self.service}:{self.region}:{self.account}:{self.resource}"


def arn(service: str, resource: str, *, region: str, account: str) -> str:
    """Return the ARN of *resource* in an account and Region; the partition follows from the Region."""
    return str(Arn(partition_of(region), service, region, account, resource))


def role_arn(role_name: str, *, region: str, account: str) -> str:
    """Return the ARN of a role; IAM is global, so *region* only says the partition."""
    return str(Arn(partition_of(region), "iam", "", account, f"role/{role_name}"))


def account_root(account: str, *, region: str) -> str:
    """Return the principal that stands for all identities an account's own IAM allows."""
    return str(Arn(partition_of(region), "iam", "", account, "root"))
