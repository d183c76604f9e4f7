"""Tags, given once for all resources of a scope."""

from __future__ import annotations

from aws_cdk import Tags
from constructs import IConstruct

from cdk_eventbridge_patterns.topology.tag_convention import TagConvention


def apply_tags(scope: IConstruct, convention: TagConvention) -> None:
    """Give the values of *convention* to everything below *scope* that can carry tags.

    What is nearer to a resource wins: a stack may add its own, or differ. Archives, bus policies, connections, API
    destinations, endpoints, schedules and permissions can't carry tags, and are left as they are.

    Args:
        scope: A stage, a stack, a construct, or an app; the tags of an app do not enter its Stages, so give them there.

        convention: The tags and their values.
    """
    for key, value in convention.values.items():
        Tags.of(scope).add(key, value)
