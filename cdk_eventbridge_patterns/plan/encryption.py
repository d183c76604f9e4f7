"""Encryption by keys of one's own: how a key is kept, and where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.key_policy import held_to_alias
from cdk_eventbridge_patterns.access.statement import Statement, one_or_many
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import check_service
from cdk_eventbridge_patterns.plan.checks import check_whole_number
from cdk_eventbridge_patterns.plan.plan import logical_id


@dataclass(frozen=True, kw_only=True)
class Encryption:
    """How a key of one's own is kept.

    Args:
        rotation_days: How many days KMS uses the same key material before it makes new. What was encrypted by the
            older stays readable. Default: 365.

        pending_window_days: How many days a key waits before it is deleted, in which that can be called off.
            Default: 30, the longest.

    Raises:
        DeclarationError: If KMS takes no such number of days: it takes 90 to 2560, and 7 to 30.
    """

    rotation_days: int = 365
    pending_window_days: int = 30

    def __post_init__(self) -> None:
        """Refuse what KMS refuses."""
        check_whole_number(self.rotation_days, "rotation_days", 90, 2560, "days")
        check_whole_number(self.pending_window_days, "pending_window_days", 7, 30, "days")


@dataclass(frozen=True, kw_only=True)
class KeyAddress:
    """Where a key is, by its alias: AWS makes up the id. And which resources of its template it and its alias are."""

    alias: str
    account: str
    region: str
    key_id: str

    @classmethod
    def of(
        cls, naming: NamingConvention, service: str, name: str | None = None, *, account: str, region: str
    ) -> KeyAddress:
        """Return where the key *name* of *service* is under *naming*."""
        return cls(
            alias=naming.key_alias(check_service(service), name),
            account=account,
            region=region,
            key_id=logical_id(service, name or "", "Key"),
        )

    @property
    def alias_id(self) -> str:
        """The logical id of the alias."""
        return logical_id(self.key_id, "Alias")

    @property
    def alias_arn(self) -> str:
        """The ARN of the alias, by which other accounts know the key."""
        return arn("kms", self.alias, region=self.region, account=self.account)

    @property
    def keys_beside(self) -> str:
        """The ARN of all keys of its account and Region, by which a role's policy must name it: see `held_to_alias`."""
        return arn("kms", "key/*", region=self.region, account=self.account)


def use_by_way_of(service: str, key: KeyAddress, actions: Sequence[str]) -> Statement:
    """Let a role use a key of ours by way of a service of AWS only, such as `sqs`, which asks KMS in its name."""
    via = {"StringEquals": {"kms:ViaService": f"{service}.{key.region}.amazonaws.com"}}
    return {
        "Effect": "Allow",
        "Action": one_or_many(actions),
        "Resource": key.keys_beside,
        "Condition": held_to_alias(key.alias, via),
    }


def check_encryption_settings(value: object) -> None:
    """Refuse what is no setting of encryption."""
    if value is not None and not isinstance(value, Encryption):
        msg = f"encryption must be Encryption(…), such as Encryption(rotation_days=180), got {value!r}"
        raise DeclarationError(msg)
