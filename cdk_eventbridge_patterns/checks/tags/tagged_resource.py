"""The resources of a template that can carry tags, with the tags they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.stamp import STAMP_KEY
from cdk_eventbridge_patterns.topology.undecided import Undecided

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
_STAMPED = frozenset({"AWS::IAM::Role", "AWS::SQS::Queue"})


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


def tagged_resources(
    template: Mapping[str, Any],
    *,
    stack: str,
    stack_tags: Mapping[str, str] | None = None,
    template_file: str | None = None,
) -> list[TaggedResource]:
    """Return the resources of a parsed template that can carry tags.

    Args:
        template: The template.

        stack: The construct path of its stack.

        stack_tags: The tags of the stack, which CloudFormation passes on to its resources; they are in the manifest of
            the cloud assembly and not in the template. Default: none.

        template_file: The template, as it is to be named in findings. Default: not read from a file.
    """
    return [
        TaggedResource(
            resource_type=resource["Type"],
            tags={**(stack_tags or {}), **dict(_tags(resource.get("Properties", {}).get("Tags")))},
            location=Location(
                stack=stack,
                logical_id=logical_id,
                property_path="Tags",
                template_file=template_file,
                construct_path=resource.get("Metadata", {}).get("aws:cdk:path"),
            ),
        )
        for logical_id, resource in template.get("Resources", {}).items()
        if isinstance(resource, dict) and _can_carry_tags(resource)
    ]


def _can_carry_tags(resource: Mapping[str, Any]) -> bool:
    resource_type = resource.get("Type")
    return resource_type in TAGGABLE or (resource_type in _STAMPED and STAMP_KEY in resource.get("Metadata", {}))


def _tags(tags: object) -> Iterator[tuple[str, str | Undecided]]:
    """Return tags, which most types take as a list, and pipes as a mapping."""
    pairs = (
        tags.items()
        if isinstance(tags, dict)
        else ((tag.get("Key"), tag.get("Value")) for tag in _list(tags) if isinstance(tag, dict))
    )
    for key, value in pairs:
        if isinstance(key, str):
            yield key, value if isinstance(value, str) else Undecided("its value is resolved at deployment")


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
