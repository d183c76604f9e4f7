"""Queues, topics, functions and all else that a target may be."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.assembly.attributes import SHAPES, arn_of_resource, physical_name, reference_to
from cdk_eventbridge_patterns.assembly.elements.arns import log_group_arn
from cdk_eventbridge_patterns.assembly.elements.values import common, text, text_in, truth
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.topology.receiver import Receiver

# The property that names the key by which events are encrypted on their way in; of a stream it is inside another one.
_KEYS = {
    "AWS::SQS::Queue": ("KmsMasterKeyId",),
    "AWS::SNS::Topic": ("KmsMasterKeyId",),
    "AWS::Kinesis::Stream": ("StreamEncryption", "KeyId"),
    "AWS::Lambda::Function": (),
    "AWS::Lambda::Alias": (),
    "AWS::Lambda::Version": (),
    "AWS::KinesisFirehose::DeliveryStream": (),
    "AWS::StepFunctions::StateMachine": (),
    "AWS::Logs::LogGroup": ("KmsKeyId",),
    "AWS::Events::ApiDestination": (),
}

# The property that names the role of what runs code.
_ROLES = {"AWS::Lambda::Function": "Role", "AWS::StepFunctions::StateMachine": "RoleArn"}


def receivers(resolution: Resolution) -> Iterator[Receiver]:
    """Return all that a target may name, used or not."""
    for resource in resolution.resources(*_KEYS):
        arn = _arn(resource)
        kind = resource.resource_type
        ordered = resource.properties.get("FifoQueue" if kind == "AWS::SQS::Queue" else "FifoTopic")
        yield Receiver(
            resource_type=kind,
            arn=arn,
            name=physical_name(resource) if kind in SHAPES else arn,
            key=_key(resource),
            role_arn=text(resource.properties.get(_ROLES[kind])) if kind in _ROLES else None,
            fifo=truth(ordered) is True or arn.endswith(".fifo"),
            deduplicates=truth(resource.properties.get("ContentBasedDeduplication")),
            **common(resource),
        )


def _arn(resource: ResolvedResource) -> str:
    """Return the ARN; `Ref` is that of a version or an alias of a function."""
    return log_group_arn(arn_of_resource(resource) if resource.resource_type in SHAPES else reference_to(resource))


def _key(resource: ResolvedResource) -> str | None:
    path = _KEYS[resource.resource_type]
    return (text_in(resource.properties, *path) or None) if path else None
