"""AWS's default quotas on a bus, and what counts towards them.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
"""

from __future__ import annotations

from collections.abc import Iterable

from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA, policy_size
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.security import ResourcePolicy

# Service Quotas, "Event bus policy size", in characters, and that of the newer bus, in bytes. Both can be raised.
POLICY_QUOTAS = {BusKind.CLASSIC: DEFAULT_POLICY_QUOTA, BusKind.V2: 20_480}

# Service Quotas, "Rules per event bus", by default.
_RULES = 300
_RULES_IN = {"af-south-1": 100, "eu-south-1": 100}

# From this part of a quota on it is time to have it raised.
NEARLY = 0.8


def rule_quota(region: str) -> int:
    """Return how many rules a bus in *region* may have."""
    return _RULES_IN.get(region, _RULES)


def policy_characters(policies: Iterable[ResourcePolicy]) -> int:
    """Return the length of the policy that *policies* make together, as JSON without white space."""
    sizes = [statement.size for policy in policies for statement in policy.statements]
    return policy_size([]) + sum(sizes) + max(0, len(sizes) - 1)
