"""Event source mappings, and subscriptions to topics."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.assembly.elements.arns import function_arn
from cdk_eventbridge_patterns.assembly.elements.values import common, said, text
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.topology.feed import Feed


def feeds(resolution: Resolution) -> Iterator[Feed]:
    """Return what hands on what queues, streams and topics receive."""
    for resource in resolution.resources("AWS::Lambda::EventSourceMapping"):
        properties = resource.properties
        yield Feed(
            source_arn=said(properties.get("EventSourceArn")),
            to_arn=function_arn(resource, said(properties.get("FunctionName"))),
            **common(resource),
        )
    for resource in resolution.resources("AWS::SNS::Subscription"):
        properties = resource.properties
        if text(properties.get("Protocol")) in ("lambda", "sqs"):
            yield Feed(
                source_arn=said(properties.get("TopicArn")),
                to_arn=said(properties.get("Endpoint")),
                **common(resource),
            )
