"""Buckets of S3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk_eventbridge_patterns.assembly.attributes import arn_of_resource, physical_name
from cdk_eventbridge_patterns.assembly.elements.values import common, mapping, said, truth
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.topology.bucket import Bucket
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of

# What the CDK's own bucket is configured by, once it has been made.
_LATER = "Custom::S3BucketNotifications"


def buckets(resolution: Resolution) -> Iterator[Bucket]:
    """Return the buckets."""
    later = list(resolution.resources(_LATER))
    for resource in resolution.resources("AWS::S3::Bucket"):
        name = physical_name(resource)
        configured_later = (
            all_of([same(said(each.properties.get("BucketName")), name), _is_told_later(each)])
            for each in later
            if each.account == resource.account
        )
        yield Bucket(
            arn=arn_of_resource(resource),
            name=name,
            sends_events=any_of([_is_told(resource), *configured_later]),
            **common(resource),
        )


def _is_told(bucket: ResolvedResource) -> Answer:
    """Return whether a bucket sends events: `EventBridgeEnabled` is true where it is left out.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-eventbridgeconfiguration.html
    """
    found = _configuration(bucket)
    if found is None or isinstance(found, Undecided):
        return False if found is None else found
    return truth(mapping(found).get("EventBridgeEnabled", True))


def _is_told_later(custom: ResolvedResource) -> Answer:
    """Return whether a custom resource lets a bucket send events: it says so by an object without properties."""
    found = _configuration(custom)
    return found if isinstance(found, Undecided) else found is not None


def _configuration(resource: ResolvedResource) -> Any:  # noqa: ANN401 - whatever a template holds
    notifications = resource.properties.get("NotificationConfiguration")
    if isinstance(notifications, Undecided):
        return notifications
    return mapping(notifications).get("EventBridgeConfiguration")
