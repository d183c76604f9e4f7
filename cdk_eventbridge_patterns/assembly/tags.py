"""The resources that can carry tags, with the tags they have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.topology.stamp import STAMP_KEY
from cdk_eventbridge_patterns.topology.tagged_resource import TaggedResource
from cdk_eventbridge_patterns.topology.text import is_literal, unknown_parts
from cdk_eventbridge_patterns.undecided import Undecided

TAGGABLE = frozenset(
    {
        "AWS::Events::EventBus",
        "AWS::Events::Rule",
        "AWS::EventSchemas::Discoverer",
        "AWS::EventSchemas::Registry",
        "AWS::EventSchemas::Schema",
        "AWS::Pipes::Pipe",
        "AWS::Scheduler::ScheduleGroup",
        "AWS::EventsV2::EventBus",
        "AWS::EventsV2::EventSource",
        "AWS::EventsV2::Subscriber",
    }
)
"""The types of EventBridge and around it whose CloudFormation schema has `Tags`."""

UNTAGGABLE = frozenset(
    {
        "AWS::Events::ApiDestination",
        "AWS::Events::Archive",
        "AWS::Events::Connection",
        "AWS::Events::Endpoint",
        "AWS::Events::EventBusPolicy",
        "AWS::EventSchemas::RegistryPolicy",
        "AWS::EventsV2::ResourcePolicy",
        "AWS::Lambda::Permission",
        "AWS::SQS::QueuePolicy",
        "AWS::Scheduler::Schedule",
    }
)
"""Those whose schema has none: nothing is asked of them."""

# Any service's: they are EventBridge's business where our constructs made them.
_STAMPED = frozenset(
    {
        "AWS::CloudWatch::Alarm",
        "AWS::CloudWatch::Dashboard",
        "AWS::DynamoDB::Table",
        "AWS::IAM::Role",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Logs::Delivery",
        "AWS::Logs::DeliveryDestination",
        "AWS::Logs::DeliverySource",
        "AWS::Logs::LogGroup",
        "AWS::SQS::Queue",
    }
)


def tagged_resources(resolution: Resolution) -> Iterator[TaggedResource]:
    """Return the resources that can carry tags; those of a stack are its resources' too.

    The tags of a stack are in the manifest of the cloud assembly and not in the template.
    """
    for template in resolution.templates:
        for resource in resolution.resources_of(template):
            if _can_carry_tags(resource):
                yield TaggedResource(
                    resource_type=resource.resource_type,
                    tags={**template.tags, **dict(_tags(resource.properties.get("Tags")))},
                    location=resource.location.at("Tags"),
                )


def _can_carry_tags(resource: ResolvedResource) -> bool:
    return resource.resource_type in TAGGABLE or (resource.resource_type in _STAMPED and STAMP_KEY in resource.metadata)


def _tags(tags: Any) -> Iterator[tuple[str, str | Undecided]]:  # noqa: ANN401 - whatever a template holds
    """Return tags, which most types take as a list, and pipes as a mapping."""
    if isinstance(tags, dict):
        pairs = list(tags.items())
    else:
        listed = tags if isinstance(tags, list) else []
        pairs = [(tag.get("Key"), tag.get("Value")) for tag in listed if isinstance(tag, dict)]
    for key, value in pairs:
        if isinstance(key, str):
            yield key, _value(value)


def _value(value: Any) -> str | Undecided:  # noqa: ANN401
    if not isinstance(value, str):
        return value if isinstance(value, Undecided) else Undecided("its value is no text")
    if is_literal(value):
        return value
    return Undecided(f"{(unknown_parts(value) or [value])[0]} is known at deployment only")
