"""Contracts of events that AWS services publish."""

from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.contracts import (
    CONSOLE_SIGN_IN,
    EC2_INSTANCE_STATE_CHANGE,
    S3_OBJECT_CREATED,
    AwsEvent,
    EventName,
    EventType,
)
from cdk_eventbridge_patterns.errors import ContractError, NamingError
from cdk_eventbridge_patterns.naming import NamingConvention

ACME = NamingConvention(organization="acme", stage="prod")


def test_source_and_detail_type_are_awss_whatever_the_convention() -> None:
    assert S3_OBJECT_CREATED.event_type(ACME) == EventType("aws.s3", "Object Created")
    assert S3_OBJECT_CREATED.given_source == "aws.s3"


def test_it_is_called_by_its_service_like_any_other_event() -> None:
    assert S3_OBJECT_CREATED.name == EventName("aws-s3", "ObjectCreated", 1)
    assert EventName.parse(str(EC2_INSTANCE_STATE_CHANGE.name)) == EC2_INSTANCE_STATE_CHANGE.name


@pytest.mark.parametrize(
    ("event", "slug"),
    [
        (S3_OBJECT_CREATED, "object-created"),
        (EC2_INSTANCE_STATE_CHANGE, "instance-state-change-notification"),
        (CONSOLE_SIGN_IN, "console-sign-in-via-cloudtrail"),
        (AwsEvent.api_call("aws.ec2"), "api-call-via-cloudtrail"),
        (AwsEvent("aws.ec2", "EC2"), "ec2"),
    ],
    ids=repr,
)
def test_its_name_in_names_says_the_service_once_and_has_no_version(event: AwsEvent, slug: str) -> None:
    assert event.slug == slug


def test_any_detail_will_do_where_none_is_given() -> None:
    assert S3_OBJECT_CREATED.schema["type"] == "object"
    assert "properties" not in S3_OBJECT_CREATED.schema


def test_a_detail_that_is_given_is_held_to() -> None:
    with pytest.raises(ContractError, match="state"):
        AwsEvent(
            "aws.ec2",
            "EC2 Instance State-change Notification",
            detail={"type": "object", "required": ["state"]},
            examples=[{"instance-id": "i-1"}],
        )


@pytest.mark.parametrize("source", ["com.acme.orders", "aws.", "aws.partner/example.com/1/2", "AWS.s3", None])
def test_fails_on_a_source_that_is_not_of_an_aws_service(source: str) -> None:
    with pytest.raises(ContractError, match=r"source must be that of an AWS service, such as 'aws.s3', got"):
        AwsEvent(source, "Object Created")


@pytest.mark.parametrize("detail_type", ["", "x" * 129])
def test_fails_on_a_detail_type_that_eventbridge_refuses(detail_type: str) -> None:
    with pytest.raises(NamingError, match="detail-type must"):
        AwsEvent("aws.s3", detail_type)


@pytest.mark.parametrize("detail_type", ["-", "3 Objects Created"])
def test_fails_on_a_detail_type_that_begins_with_no_letter(detail_type: str) -> None:
    with pytest.raises(ContractError, match="detail_type must begin with a letter"):
        AwsEvent("aws.s3", detail_type)


def test_global_services_publish_in_one_region() -> None:
    assert AwsEvent.api_call("aws.iam").only_region == "us-east-1"
    assert AwsEvent.api_call("aws.ec2").only_region is None
