"""Saying that someone has seen a finding and lives with it: why, who, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from aws_cdk import CfnResource, Stack
from constructs import IConstruct

from cdk_eventbridge_patterns.errors import PlacementError
from cdk_eventbridge_patterns.topology.acknowledgement import ACKNOWLEDGEMENT_KEY, Acknowledgement
from cdk_eventbridge_patterns.tree.described import described


def acknowledge(
    construct: IConstruct, check_id: str, *, reason: str, owner: str | None = None, expires: date | None = None
) -> None:
    """Acknowledge what a check finds at a construct.

    It is stamped into the template, so the pack, `cdk-eventbridge check` and tests all know it, and reports list it.

    Args:
        construct: A resource, a construct with resources in it, or a stack, which then holds for all in it.

        check_id: The check, such as `DLV001`.

        reason: Why, in a sentence for whoever reviews it.

        owner: Who answers for it. Default: nobody is named.

        expires: The last day it holds; after it the finding is back. Default: it holds for good.

    Raises:
        DeclarationError: If the check or the reason is missing, or *expires* is no date.
        PlacementError: If there is no resource in *construct* yet.
    """
    entry = Acknowledgement(check_id=check_id, reason=reason, owner=owner, expires=expires).to_metadata()
    if isinstance(construct, Stack):
        metadata = construct.template_options.metadata or {}
        construct.template_options.metadata = {**metadata, ACKNOWLEDGEMENT_KEY: _with(metadata, entry)}
        return
    resources = [each for each in construct.node.find_all() if isinstance(each, CfnResource)]
    if not resources:
        msg = f"construct must have a resource in it by now, such as a Queue, got {described(construct)}"
        raise PlacementError(msg)
    for resource in resources:
        resource.add_metadata(ACKNOWLEDGEMENT_KEY, _with(resource.cfn_options.metadata or {}, entry))


def _with(metadata: Mapping[str, Any], entry: dict[str, str]) -> list[Any]:
    return [*metadata.get(ACKNOWLEDGEMENT_KEY, ()), entry]
