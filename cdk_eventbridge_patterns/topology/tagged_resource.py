"""A resource that can carry tags, with the tags it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.undecided import Undecided


@dataclass(frozen=True, kw_only=True)
class TaggedResource:
    """A resource that can carry tags.

    Args:
        resource_type: Its CloudFormation type.

        tags: Its tags, those of its stack too; a value may be known at deployment only.

        location: Where it is written.
    """

    resource_type: str
    tags: Mapping[str, str | Undecided]
    location: Location
