"""Who may decrypt sensitive fields, as a producer declares it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming.arn import Arn


@dataclass(frozen=True)
class Decrypter(Consumer):
    """A consumer that may decrypt the sensitive fields of events by certain roles only.

    A plain `Consumer` may do so by whatever role of its account has the permission.

    Args:
        roles: The ARNs of the roles, in the consumer's account. Default: any of the account, as its own IAM says.

    Raises:
        AccessError: If *roles* is no list of ARNs of roles in that account.
    """

    roles: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse roles of another account."""
        super().__post_init__()
        example = f"such as ['arn:aws:iam::{self.account}:role/invoices']"
        if isinstance(self.roles, str) or not isinstance(self.roles, Sequence):
            msg = f"roles of '{self.service}' must be a list of ARNs, {example}, got {self.roles!r}"
            raise AccessError(msg)
        for role in self.roles:
            found = Arn.parse(role, f"roles of '{self.service}'")
            if found.account != self.account or not found.resource.startswith("role/"):
                msg = f"roles of '{self.service}' must be roles of account {self.account}, {example}, got {role!r}"
                raise AccessError(msg)
