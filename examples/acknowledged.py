"""What packs of others find in a resource of an example and its owners live with, each with their reason."""

from __future__ import annotations

from typing import cast

from aws_cdk import Acknowledgment, CfnResource, Validations
from constructs import IConstruct


def acknowledged(construct: IConstruct, reason: str, *checks: str) -> None:
    """Acknowledge *checks* at *construct*: cdk-nag's in the tree, as `Pack::Rule`, checkov's in the template."""
    of_checkov = [check for check in checks if check.startswith("CKV")]
    others = [Acknowledgment(id=check, reason=reason) for check in checks if check not in of_checkov]
    if others:
        Validations.of(construct).acknowledge(*others)
    if of_checkov:
        resource = cast("CfnResource", construct.node.default_child)
        known = (resource.get_metadata("checkov") or {"skip": []})["skip"]
        skip = [{"id": check, "comment": reason} for check in of_checkov]
        resource.add_metadata("checkov", {"skip": [*known, *skip]})
