"""How long deliveries are tried again, by the kind of their target: set once on an app, stage or stack."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from constructs import IConstruct

from cdk_eventbridge_patterns.errors import DeclarationError, PlacementError
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy
from cdk_eventbridge_patterns.plan.target import TargetKind

_CONTEXT_KEY = "eventbridge-patterns:retry-policies"

# As with conventions, the tree's context carries a key.
_POLICIES: dict[str, Mapping[TargetKind, RetryPolicy]] = {}


def use_retry_policies(scope: IConstruct, policies: Mapping[TargetKind, RetryPolicy]) -> None:
    """Say how long all deliveries below *scope* are tried again that don't say it themselves, by the kind of target.

    Subscriptions and routes, whose targets are buses, say it by `retry=` alone.

    Args:
        scope: An app, stage or stack that has no constructs in it yet.

        policies: The policy of each kind, such as `{TargetKind.TOPIC: RetryPolicy(maximum_age_seconds=3600)}`. A kind
            that is left out has EventBridge's own, a day.

    Raises:
        DeclarationError: If *policies* is something else.
        PlacementError: If *scope* has children, which might deliver by another policy already.
    """
    for kind, policy in policies.items() if isinstance(policies, Mapping) else [(policies, None)]:
        if not isinstance(kind, TargetKind) or not isinstance(policy, RetryPolicy):
            msg = (
                "policies must be a RetryPolicy by kind of target, such as "
                f"{{TargetKind.API_DESTINATION: RetryPolicy(maximum_age_seconds=3600)}}, got {policies!r}"
            )
            raise DeclarationError(msg)
    node = scope.node
    if node.children:
        msg = f"'{node.path or 'the app'}' has constructs already; set retry policies before the first of them"
        raise PlacementError(msg)
    key = str(uuid4())
    _POLICIES[key] = dict(policies)
    node.set_context(_CONTEXT_KEY, key)


def retries_at(scope: IConstruct) -> Mapping[TargetKind, RetryPolicy]:
    """Return the policies that hold at *scope*, by kind of target."""
    if not _POLICIES:
        return {}  # which saves a call over the jsii bridge
    return _POLICIES.get(scope.node.try_get_context(_CONTEXT_KEY), {})
