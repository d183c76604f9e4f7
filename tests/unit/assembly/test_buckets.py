"""What is read of buckets: whether they send events to EventBridge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.assembly import read_assembly, topology_of
from cdk_eventbridge_patterns.topology.bucket import Bucket
from cdk_eventbridge_patterns.undecided import Answer, Undecided

SENDS = {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}


def read(folder: Path, properties: dict[str, Any], **others: Any) -> Bucket:
    stack = {
        "type": "aws:cloudformation:stack",
        "environment": "aws://111111111111/eu-west-1",
        "properties": {"templateFile": "Media.template.json"},
    }
    resources = {"Uploads": {"Type": "AWS::S3::Bucket", "Properties": properties}, **others}
    parameters = {"Sends": {"Type": "String"}}
    (folder / "manifest.json").write_text(json.dumps({"version": "55.0.0", "artifacts": {"Media": stack}}))
    (folder / "Media.template.json").write_text(json.dumps({"Parameters": parameters, "Resources": resources}))
    return topology_of(read_assembly(folder)).buckets[0]


def later(bucket: Any, configuration: dict[str, Any]) -> dict[str, Any]:
    properties = {"BucketName": bucket, "NotificationConfiguration": configuration, "Managed": True}
    return {"Type": "Custom::S3BucketNotifications", "Properties": properties}


@pytest.mark.parametrize(
    ("notifications", "sends"),
    [
        (None, False),
        ({}, False),
        ({"QueueConfigurations": []}, False),
        (SENDS, True),
        ({"EventBridgeConfiguration": {"EventBridgeEnabled": "true"}}, True),
        ({"EventBridgeConfiguration": {}}, True),
        ({"EventBridgeConfiguration": {"EventBridgeEnabled": False}}, False),
    ],
    ids=str,
)
def test_a_bucket_sends_events_if_it_is_told_to(
    tmp_path: Path, notifications: dict[str, Any] | None, *, sends: bool
) -> None:
    properties = {} if notifications is None else {"NotificationConfiguration": notifications}

    assert read(tmp_path, properties).sends_events is sends


def test_whether_it_does_by_a_parameter_is_undecided(tmp_path: Path) -> None:
    told = {"EventBridgeConfiguration": {"EventBridgeEnabled": {"Ref": "Sends"}}}

    assert isinstance(read(tmp_path, {"NotificationConfiguration": told}).sends_events, Undecided)


@pytest.mark.parametrize(
    ("custom", "sends"),
    [
        (later({"Ref": "Uploads"}, {"EventBridgeConfiguration": {}}), True),
        (later({"Ref": "Uploads"}, {"QueueConfigurations": []}), False),
        (later("others", {"EventBridgeConfiguration": {}}), False),
    ],
    ids=["it", "for queues only", "another bucket"],
)
def test_a_custom_resource_of_the_cdk_tells_it_too(tmp_path: Path, custom: dict[str, Any], sends: Answer) -> None:
    assert read(tmp_path, {}, Notifications=custom).sends_events is sends


def test_a_bucket_is_known_by_its_name_in_no_account(tmp_path: Path) -> None:
    bucket = read(tmp_path, {"BucketName": "acme-prod-uploads"})

    assert (bucket.name, bucket.arn) == ("acme-prod-uploads", "arn:aws:s3:::acme-prod-uploads")
