"""The policy of one bus, held under AWS's quota."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cdk_eventbridge_patterns.access.statement import Statement, policy_document
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress

# Service Quotas, "Event bus policy size": characters, adjustable.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
DEFAULT_POLICY_QUOTA = 10_240


def policy_size(statements: Sequence[Statement]) -> int:
    """Return the length of the policy with these statements in characters, written without white space."""
    return len(json.dumps(policy_document(*statements), separators=(",", ":")))


def check_policy_size(bus: BusAddress, statements: Sequence[Statement], quota: int = DEFAULT_POLICY_QUOTA) -> None:
    """Refuse a policy of *bus* that has more characters than *quota*.

    Raises:
        AccessError: If it has, or *quota* is no number of characters.
    """
    if not isinstance(quota, int) or quota < 1:
        msg = f"policy_quota must be a number of characters, such as {DEFAULT_POLICY_QUOTA}, got {quota!r}"
        raise AccessError(msg)
    size = policy_size(statements)
    if size > quota:
        advice = shorter_or(statements, "have the quota 'Event bus policy size' raised and pass policy_quota=")
        msg = (
            f"policy of bus '{bus.name}' is {size} characters with {len(statements)} statements, over the quota of "
            f"{quota}; {advice}"
        )
        raise AccessError(msg)


def shorter_or(statements: Sequence[Statement], otherwise: str) -> str:
    """Return what to do about a policy that is too long: let the organisation in if it is not yet, or *otherwise*."""
    by_organization = any(
        "aws:PrincipalOrgID" in each.get("Condition", {}).get("StringEquals", {}) for each in statements
    )
    if by_organization:
        return otherwise
    return f"pass organization_id= to allow the organisation by one set of statements, or {otherwise}"
