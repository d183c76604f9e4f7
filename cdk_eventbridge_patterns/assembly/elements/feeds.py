"""Event source mappings, and subscriptions to topics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.assembly.attributes import arn_of_resource
from cdk_eventbridge_patterns.assembly.elements.arns import function_arn
from cdk_eventbridge_patterns.assembly.elements.values import common, entries, mapping, said, text
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.topology.feed import Feed


def feeds(resolution: Resolution) -> Iterator[Feed]:
    """Return what hands on what queues, streams and topics receive."""
    for resource in resolution.resources("AWS::Lambda::EventSourceMapping"):
        if text(resource.properties.get("Enabled")) != "false":
            yield _event_source_mapping(resource)
    for resource in resolution.resources("AWS::SNS::Subscription"):
        yield from _subscription(resource, said(resource.properties.get("TopicArn")), resource.properties)
    for resource in resolution.resources("AWS::SNS::Topic"):
        for written in entries(resource.properties.get("Subscription")):
            yield from _subscription(resource, arn_of_resource(resource), mapping(written))


def _event_source_mapping(resource: ResolvedResource) -> Feed:
    return Feed(
        source_arn=said(resource.properties.get("EventSourceArn")),
        to_arn=function_arn(resource, said(resource.properties.get("FunctionName"))),
        **common(resource),
    )


def _subscription(resource: ResolvedResource, topic_arn: str, written: Mapping[str, Any]) -> Iterator[Feed]:
    """Return a subscription of a function or a queue: a resource, or a property of its topic.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sns-topic-subscription.html
    """
    if text(written.get("Protocol")) in ("lambda", "sqs"):
        yield Feed(source_arn=topic_arn, to_arn=said(written.get("Endpoint")), **common(resource))
