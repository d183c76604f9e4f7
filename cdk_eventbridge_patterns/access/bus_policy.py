"""All statements of one bus, held under AWS's quota."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.access.statement import Statement, policy_document
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress

# Service Quotas, "Event bus policy size": characters, adjustable.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
DEFAULT_POLICY_QUOTA = 10_240


class BusPolicy:
    """The resource policy of one bus.

    Args:
        bus: The bus it is for.

        statements: What it allows.

        quota: How many characters it may have.

    Raises:
        AccessError: If it is longer than that.
    """

    def __init__(self, bus: BusAddress, statements: Sequence[Statement], quota: int = DEFAULT_POLICY_QUOTA) -> None:
        if not isinstance(quota, int) or quota < 1:
            msg = f"policy_quota must be a number of characters, such as {DEFAULT_POLICY_QUOTA}, got {quota!r}"
            raise AccessError(msg)
        self.bus = bus
        self._statements = tuple(statements)
        if self.size > quota:
            msg = (
                f"policy of bus '{bus.name}' is {self.size} characters with {len(statements)} statements, over the "
                f"quota of {quota}; pass organization_id= to allow the organisation by one set of statements, or have "
                "the quota 'Event bus policy size' raised and pass policy_quota="
            )
            raise AccessError(msg)

    def __iter__(self) -> Iterator[Statement]:
        return iter(self._statements)

    @property
    def size(self) -> int:
        """The length of the policy in characters, written without white space."""
        return len(json.dumps(policy_document(*self._statements), separators=(",", ":")))
