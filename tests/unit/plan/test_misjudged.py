"""What packs of others misjudge is acknowledged in just those resources in which it is misjudged."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.plan.misjudged import MISJUDGED, checkov_metadata, misjudged_in
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.topology.stamp import STAMP_KEY, Stamp


def a_resource(resource_type: str, **properties: Any) -> dict[str, Any]:
    return {"Type": resource_type, "Properties": properties}


def test_a_queue_with_keys_of_sqs_tells_checkov_why_it_has_none_of_kms() -> None:
    metadata = checkov_metadata(a_resource("AWS::SQS::Queue", SqsManagedSseEnabled=True))

    (skip,) = metadata["checkov"]["skip"]
    assert skip["id"] == "CKV_AWS_27"
    assert "keys of its own" in skip["comment"]


def test_what_is_as_a_check_wants_it_is_judged_by_it() -> None:
    queue = a_resource("AWS::SQS::Queue", KmsMasterKeyId="alias/orders", RedrivePolicy={"maxReceiveCount": 5})
    alarm = a_resource("AWS::CloudWatch::Alarm", AlarmActions=["arn:aws:sns:eu-west-1:111111111111:on-call"])
    role = a_resource("AWS::IAM::Role", ManagedPolicyArns=["arn:aws:iam::111111111111:policy/deliver"])
    log_group = a_resource("AWS::Logs::LogGroup", KmsKeyId="arn:aws:kms:eu-west-1:111111111111:key/1")

    assert [checkov_metadata(each) for each in (queue, log_group)] == [{}, {}]
    assert list(misjudged_in([queue, alarm, role, log_group])) == []


def test_each_is_named_once_however_many_resources_it_is_about() -> None:
    roles = [a_resource("AWS::IAM::Role", Policies=[]), a_resource("AWS::IAM::Role", Policies=[])]

    assert [each.check for each in misjudged_in(roles)] == ["NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy"]


def test_of_all_queues_the_last_one_alone_needs_no_other_for_what_it_fails_to_hand_on() -> None:
    inbox = a_resource("AWS::SQS::Queue", KmsMasterKeyId="alias/orders", RedrivePolicy={"maxReceiveCount": 5})
    dead_letters = a_resource("AWS::SQS::Queue", KmsMasterKeyId="alias/orders")

    assert list(misjudged_in([inbox])) == []
    assert [each.check for each in misjudged_in([dead_letters])] == [
        "AwsSolutions::AwsSolutions-SQS3",
        "Serverless::Serverless-SQSRedrivePolicy",
    ]


def test_a_plan_has_it_beside_the_stamp() -> None:
    plan = Plan()

    plan.add("Queue", "AWS::SQS::Queue", {"QueueName": "orders"}, stamp=Stamp(service="orders"))
    plan.add("Bus", "AWS::Events::EventBus", {"Name": "orders"})

    assert list(plan.resources["Queue"]["Metadata"]) == [STAMP_KEY, "checkov"]
    assert "Metadata" not in plan.resources["Bus"]


@pytest.mark.parametrize("misjudged", MISJUDGED, ids=lambda each: f"{each.check} {each.resource_type}")
def test_each_says_why(misjudged: Any) -> None:
    assert misjudged.reason.endswith(".")
    assert misjudged.is_of_checkov or "::" in misjudged.check
