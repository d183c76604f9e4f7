"""Saying that the naming convention does not hold for a resource, and why."""

from __future__ import annotations

from aws_cdk import CfnResource
from constructs import IConstruct

from cdk_eventbridge_patterns.errors import DeclarationError, PlacementError
from cdk_eventbridge_patterns.topology.stamp import EXEMPTION_KEY, Exemption
from cdk_eventbridge_patterns.tree.described import described


def exempt(construct: IConstruct, *, reason: str) -> None:
    """Exempt the name of a resource, and of a rule's targets with it, from the naming convention.

    The reason is stamped into the resource's metadata, so that exemptions can be listed and reviewed.

    Args:
        construct: The resource: an L1, or an L2 that stands for one.

        reason: Why, in a sentence for whoever reviews it.

    Raises:
        DeclarationError: If no reason is given.
        PlacementError: If *construct* is no one resource.
    """
    if not isinstance(reason, str) or not reason.strip():
        msg = f"reason must say why the convention does not hold for {described(construct)}, got {reason!r}"
        raise DeclarationError(msg)
    resource = construct if isinstance(construct, CfnResource) else construct.node.default_child
    if not isinstance(resource, CfnResource):
        msg = (
            "construct must be an L1, such as CfnRule, or an L2 made of one, such as Rule, "
            f"got {described(construct)}; exempt the resources in it one by one"
        )
        raise PlacementError(msg)
    resource.add_metadata(EXEMPTION_KEY, Exemption(reason=reason.strip()).to_metadata()[EXEMPTION_KEY])
