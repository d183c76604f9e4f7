"""What is read of event source mappings, of subscriptions to topics, and of the roles of what runs code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.assembly import read_assembly, topology_of
from cdk_eventbridge_patterns.topology.topology import Topology

ACCOUNT = "111111111111"
FUNCTION = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:confirm"
QUEUE = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:confirmations"
TOPIC = f"arn:aws:sns:eu-west-1:{ACCOUNT}:orders"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/confirm"
RESOURCES = {
    "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "confirm"}},
    "Function": {
        "Type": "AWS::Lambda::Function",
        "Properties": {"FunctionName": "confirm", "Role": {"Fn::GetAtt": ["Role", "Arn"]}},
    },
    "Live": {"Type": "AWS::Lambda::Alias", "Properties": {"FunctionName": {"Ref": "Function"}, "Name": "live"}},
    "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "confirmations"}},
    "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "orders"}},
}
QUEUE_ARN = {"Fn::GetAtt": ["Queue", "Arn"]}


def read(folder: Path, resource_type: str, properties: dict[str, Any], **others: Any) -> Topology:
    stack = {
        "type": "aws:cloudformation:stack",
        "environment": f"aws://{ACCOUNT}/eu-west-1",
        "properties": {"templateFile": "Orders.template.json"},
    }
    resources = {**RESOURCES, **others, "It": {"Type": resource_type, "Properties": properties}}
    (folder / "manifest.json").write_text(json.dumps({"version": "55.0.0", "artifacts": {"Orders": stack}}))
    (folder / "Orders.template.json").write_text(json.dumps({"Resources": resources}))
    return topology_of(read_assembly(folder))


@pytest.mark.parametrize(
    ("named", "arn"),
    [
        ({"Ref": "Function"}, FUNCTION),
        ({"Fn::GetAtt": ["Function", "Arn"]}, FUNCTION),
        ({"Ref": "Live"}, f"{FUNCTION}:live"),
        ("confirm", FUNCTION),
        ("confirm:live", f"{FUNCTION}:live"),
        (f"{ACCOUNT}:function:confirm", FUNCTION),
        (FUNCTION, FUNCTION),
    ],
    ids=str,
)
def test_a_mapping_feeds_the_function_however_it_is_named(tmp_path: Path, named: Any, arn: str) -> None:
    properties = {"EventSourceArn": QUEUE_ARN, "FunctionName": named}

    topology = read(tmp_path, "AWS::Lambda::EventSourceMapping", properties)

    (feed,) = topology.feeds
    assert (feed.source_arn, feed.to_arn) == (QUEUE, arn)
    assert [code.arn for code in topology.code_behind(QUEUE)] == [FUNCTION]


@pytest.mark.parametrize("enabled", [False, "false"])
def test_a_mapping_that_is_off_feeds_nothing(tmp_path: Path, enabled: bool | str) -> None:
    properties = {"EventSourceArn": QUEUE_ARN, "FunctionName": {"Ref": "Function"}, "Enabled": enabled}

    assert read(tmp_path, "AWS::Lambda::EventSourceMapping", properties).feeds == ()


def test_a_mapping_of_a_queue_that_is_known_at_deployment_only_says_so(tmp_path: Path) -> None:
    properties = {"EventSourceArn": {"Fn::ImportValue": "queue"}, "FunctionName": "confirm"}

    (feed,) = read(tmp_path, "AWS::Lambda::EventSourceMapping", properties).feeds

    assert feed.source_arn.startswith("«")


@pytest.mark.parametrize(("protocol", "endpoint", "arn"), [("sqs", QUEUE_ARN, QUEUE), ("lambda", FUNCTION, FUNCTION)])
def test_a_subscription_feeds_a_queue_or_a_function(tmp_path: Path, protocol: str, endpoint: Any, arn: str) -> None:
    properties = {"TopicArn": {"Ref": "Topic"}, "Protocol": protocol, "Endpoint": endpoint}

    (feed,) = read(tmp_path, "AWS::SNS::Subscription", properties).feeds

    assert (feed.source_arn, feed.to_arn) == (TOPIC, arn)


def test_a_subscription_may_be_a_property_of_its_topic(tmp_path: Path) -> None:
    subscriptions = [{"Protocol": "sqs", "Endpoint": QUEUE_ARN}, {"Protocol": "email", "Endpoint": "ops@acme.example"}]

    (feed,) = read(tmp_path, "AWS::SNS::Topic", {"TopicName": "returns", "Subscription": subscriptions}).feeds

    assert (feed.source_arn, feed.to_arn) == (TOPIC.replace("orders", "returns"), QUEUE)


def test_people_are_fed_nothing_that_runs_code(tmp_path: Path) -> None:
    properties = {"TopicArn": {"Ref": "Topic"}, "Protocol": "email", "Endpoint": "ops@acme.example"}

    assert read(tmp_path, "AWS::SNS::Subscription", properties).feeds == ()


def test_a_topic_a_queue_and_a_mapping_lead_to_the_code_behind_them(tmp_path: Path) -> None:
    subscription = {"TopicArn": {"Ref": "Topic"}, "Protocol": "sqs", "Endpoint": QUEUE_ARN}
    mapping = {"EventSourceArn": QUEUE_ARN, "FunctionName": {"Ref": "Live"}}
    second = {"Type": "AWS::Lambda::EventSourceMapping", "Properties": mapping}

    topology = read(tmp_path, "AWS::SNS::Subscription", subscription, Mapping=second)

    (code,) = topology.code_behind(TOPIC)
    assert (code.arn, code.role_arn) == (FUNCTION, ROLE)
    assert topology.fed_from(TOPIC) == (QUEUE, f"{FUNCTION}:live")
    assert topology.fed_from(FUNCTION) == ()


def test_a_state_machine_runs_by_its_role_and_a_queue_by_none(tmp_path: Path) -> None:
    machine = {"StateMachineName": "confirm", "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}}

    topology = read(tmp_path, "AWS::StepFunctions::StateMachine", machine)

    roles = {receiver.name: receiver.role_arn for receiver in topology.receivers if receiver.arn != FUNCTION}
    assert roles["confirm"] == ROLE
    assert roles["confirmations"] is None
