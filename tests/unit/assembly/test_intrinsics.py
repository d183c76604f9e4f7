"""What of a value is known before deployment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.assembly import Resolution, Template
from cdk_eventbridge_patterns.undecided import Undecided

ORDERS = "111111111111"
QUEUE = {"Type": "AWS::SQS::Queue"}
NAMED = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "lost"}}


def a_template(body: Mapping[str, Any], *, stack: str = "Orders", **properties: Any) -> Template:
    given = {"account": ORDERS, "region": "eu-west-1", "stack_name": stack.lower(), **properties}
    return Template(file=Path(f"{stack}.json"), stack=stack, body=body, **given)


BODY = {
    "Parameters": {
        "Stage": {"Type": "String", "Default": "prod"},
        "Team": {"Type": "String"},
        "Zones": {"Type": "CommaDelimitedList", "Default": "a, b"},
        "FromSsm": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/acme/bus"},
        "NotGiven": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/acme/none"},
    },
    "Mappings": {"Accounts": {"prod": {"Orders": ORDERS}}},
    "Conditions": {
        "IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]},
        "IsTest": {"Fn::Not": [{"Condition": "IsProd"}]},
        "IsOurs": {"Fn::Equals": [{"Ref": "Team"}, "orders"]},
        "Both": {"Fn::And": [{"Condition": "IsTest"}, {"Condition": "IsOurs"}]},
        "Either": {"Fn::Or": [{"Condition": "IsProd"}, {"Condition": "IsOurs"}]},
        "Round": {"Fn::Not": [{"Condition": "Round"}]},
    },
    "Resources": {
        "Lost": NAMED,
        "Queue": QUEUE,
        "Fifo": {**QUEUE, "Properties": {"FifoQueue": True}},
        "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "acme"}},
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "deliver", "Path": "/eb/"}},
        "Table": {"Type": "Custom::Table"},
        "Function": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "ship"}},
        "Live": {"Type": "AWS::Lambda::Alias", "Properties": {"FunctionName": {"Ref": "Function"}, "Name": "live"}},
        "Key": {"Type": "AWS::KMS::Key"},
        "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Ref": "Team"}}},
        "Newer": {"Type": "AWS::EventsV2::EventBus", "Properties": {"Name": "acme"}},
        "Written": {"Type": "AWS::SSM::Parameter", "Properties": {"Name": "/acme/bus", "Value": {"Ref": "Bus"}}},
        "Circle": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::GetAtt": ["Circle", "QueueName"]}}},
    },
}


def resolved(value: object, body: Mapping[str, Any] = BODY, **properties: Any) -> Any:
    """What *value* is in the stack of orders."""
    template = a_template(body, **properties)
    return Resolution([template]).resolve(value, template)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("acme-prod-orders", "acme-prod-orders"),
        (7, 7),
        ({"a": [1, {"Ref": "Stage"}]}, {"a": [1, "prod"]}),
        ({"Ref": "AWS::Region"}, "eu-west-1"),
        ({"Ref": "AWS::AccountId"}, ORDERS),
        ({"Ref": "AWS::Partition"}, "aws"),
        ({"Ref": "AWS::StackName"}, "orders"),
        ({"Ref": "Stage"}, "prod"),
        ({"Ref": "Zones"}, ["a", "b"]),
        ({"Ref": "FromSsm"}, "acme"),
        ("{{resolve:ssm:/acme/bus:1}}-x", "acme-x"),
        ({"Fn::Join": ["-", ["orders", {"Ref": "AWS::Region"}]]}, "orders-eu-west-1"),
        ({"Fn::Sub": "orders-${AWS::AccountId}"}, f"orders-{ORDERS}"),
        ({"Fn::Sub": ["${What}-${Stage}", {"What": "orders"}]}, "orders-prod"),
        ({"Fn::Sub": "literally ${!What}"}, "literally ${What}"),
        ({"Fn::Sub": "${Lost.Arn}"}, f"arn:aws:sqs:eu-west-1:{ORDERS}:lost"),
        ({"Fn::Select": ["1", {"Ref": "Zones"}]}, "b"),
        ({"Fn::Split": ["|", "a|b"]}, ["a", "b"]),
        ({"Fn::Select": [5, {"Fn::Split": [":", {"Fn::GetAtt": ["Queue", "Arn"]}]}]}, "«name of Orders/Queue»"),
        ({"Fn::FindInMap": ["Accounts", {"Ref": "Stage"}, "Orders"]}, ORDERS),
        ({"Fn::FindInMap": ["Accounts", "test", "Orders", {"DefaultValue": "none"}]}, "none"),
        ({"Fn::If": ["IsProd", "a", "b"]}, "a"),
        ({"Fn::If": ["IsTest", "a", "b"]}, "b"),
        ({"Fn::If": ["Both", "a", "b"]}, "b"),
        ({"Fn::If": ["Either", "a", "b"]}, "a"),
        ({"Fn::If": ["IsOurs", "same", "same"]}, "same"),
        ({"Fn::Base64": "a"}, "YQ=="),
        ({"Fn::Length": [1, 2]}, 2),
        ({"Fn::ToJsonString": {"a": {"Ref": "Stage"}}}, '{"a":"prod"}'),
        ({"keep": 1, "drop": {"Ref": "AWS::NoValue"}}, {"keep": 1}),
        ([{"Ref": "AWS::NoValue"}, 1], [1]),
    ],
)
def test_what_the_template_decides_is_known(value: object, expected: object) -> None:
    assert resolved(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"Ref": "Lost"}, f"https://sqs.eu-west-1.amazonaws.com/{ORDERS}/lost"),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, f"arn:aws:sqs:eu-west-1:{ORDERS}:«name of Orders/Queue»"),
        ({"Fn::GetAtt": "Fifo.QueueName"}, "«name of Orders/Fifo».fifo"),
        ({"Ref": "Bus"}, "acme"),
        ({"Fn::GetAtt": ["Bus", "Arn"]}, f"arn:aws:events:eu-west-1:{ORDERS}:event-bus/acme"),
        ({"Ref": "Newer"}, f"arn:aws:events:eu-west-1:{ORDERS}:event-busv2/acme/«name of Orders/Newer.Id»"),
        ({"Fn::GetAtt": ["Role", "Arn"]}, f"arn:aws:iam::{ORDERS}:role/eb/deliver"),
        ({"Ref": "Live"}, f"arn:aws:lambda:eu-west-1:{ORDERS}:function:ship:live"),
        ({"Fn::GetAtt": ["Key", "Arn"]}, f"arn:aws:kms:eu-west-1:{ORDERS}:key/«name of Orders/Key»"),
        ({"Ref": "Topic"}, f"arn:aws:sns:eu-west-1:{ORDERS}:«parameter 'Team' of Orders has no value»"),
        ({"Fn::GetAtt": ["Table", "Arn"]}, "«Arn of Orders/Table»"),
        ({"Ref": "Table"}, "«Ref of Orders/Table»"),
    ],
)
def test_a_resource_is_known_by_its_arn_and_a_name_that_is_made_up_by_where_it_stands(
    value: object, expected: str
) -> None:
    assert resolved(value) == expected


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"Ref": "Team"}, "parameter 'Team' of Orders has no value"),
        ({"Ref": "NotGiven"}, "SSM parameter '/acme/none' has no value"),
        ({"Ref": "Nothing"}, "'Nothing' is known at deployment only"),
        ({"Fn::GetAtt": ["Nothing", "Arn"]}, "'Nothing.Arn' is known at deployment only"),
        ({"Fn::ImportValue": "OrdersBus"}, "nothing that was read exports 'OrdersBus'"),
        ({"Fn::If": ["IsOurs", "a", "b"]}, "condition 'IsOurs': parameter 'Team' of Orders has no value"),
        ({"Fn::If": ["Round", "a", "b"]}, "condition 'Round': condition 'Round': 'Round' of Orders refers to itself"),
        ({"Fn::Split": [",", {"Ref": "Team"}]}, "parameter 'Team' of Orders has no value"),
        ({"Fn::Split": ["-", {"Fn::GetAtt": ["Topic", "TopicArn"]}]}, None),
        ({"Fn::FindInMap": ["Accounts", "test", "Orders"]}, "the template has no mapping Accounts test Orders"),
        ({"Fn::GetStackOutput": {"StackName": "other", "OutputName": "a"}}, "stack 'other' was not read"),
        ({"Fn::Transform": {"Name": "Mine"}}, "Fn::Transform is resolved at deployment"),
        ({"Fn::Join": "-"}, "Fn::Join is not of its form"),
        ({"Fn::Join": ["-", {"Ref": "Team"}]}, "parameter 'Team' of Orders has no value"),
        ({"Fn::Sub": {}}, "Fn::Sub is not of its form"),
        ({"Fn::Select": [7, ["a"]]}, "Fn::Select is not of its form"),
        ({"Fn::GetAtt": 7}, "Fn::GetAtt is not of its form"),
        ({"Ref": []}, "Ref is not of its form"),
    ],
)
def test_what_it_does_not_decide_is_undecided_and_says_why(value: object, reason: str | None) -> None:
    result = resolved(value)

    assert isinstance(result, Undecided)
    assert reason is None or result.reason == reason


def test_text_keeps_what_is_known_around_what_is_not() -> None:
    assert resolved({"Fn::Sub": "acme-${Team}-orders"}) == "acme-«parameter 'Team' of Orders has no value»-orders"


def test_a_name_that_leads_back_to_itself_is_undecided_and_ends() -> None:
    assert "refers to itself" in str(resolved({"Ref": "Circle"}))


def test_a_given_parameter_comes_before_its_default() -> None:
    assert resolved({"Ref": "Stage"}, parameters={"Stage": "test"}) == "test"


def test_a_given_ssm_parameter_is_known() -> None:
    assert resolved({"Ref": "NotGiven"}, ssm={"/acme/none": "x"}) == "x"


def test_a_secret_stays_unknown() -> None:
    assert resolved("{{resolve:secretsmanager:a:SecretString:b}}") == "«a value kept in secretsmanager»"


def test_stacks_of_one_source_without_an_account_are_of_one_account_and_other_sources_are_not() -> None:
    orders, billing, other = (
        a_template({}, stack=stack, account=None, region=None, source=source)
        for stack, source in (("Orders", "cdk.out"), ("Billing", "cdk.out"), ("Other", "other.out"))
    )
    resolution = Resolution([orders, billing, other])

    accounts = [resolution.resolve({"Ref": "AWS::AccountId"}, each) for each in (orders, billing, other)]

    assert accounts == ["«account of cdk.out»", "«account of cdk.out»", "«account of other.out»"]


def test_an_export_is_known_to_stacks_of_the_same_account_and_region_only() -> None:
    export = {"Outputs": {"Bus": {"Value": {"Ref": "Bus"}, "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-bus"}}}}}
    producer = a_template({**BODY, **export})
    here, elsewhere = a_template({}, stack="Billing"), a_template({}, stack="Far", region="us-east-1")
    resolution = Resolution([producer, here, elsewhere])

    assert resolution.resolve({"Fn::ImportValue": "orders-bus"}, here) == "acme"
    assert isinstance(resolution.resolve({"Fn::ImportValue": "orders-bus"}, elsewhere), Undecided)


def test_an_output_of_another_accounts_stack_is_found_by_the_role_it_is_read_by() -> None:
    producer = a_template({"Outputs": {"Bus": {"Value": "acme"}}}, account="222222222222")
    consumer = a_template({}, stack="Billing")
    asked = {"StackName": "orders", "OutputName": "Bus", "RoleArn": "arn:aws:iam::222222222222:role/read"}

    value = Resolution([producer, consumer]).resolve({"Fn::GetStackOutput": asked}, consumer)

    assert value == "acme"


def test_a_nested_stack_takes_parameters_from_its_parent_and_gives_outputs_back() -> None:
    nested_stack = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"Parameters": {"Name": {"Ref": "AWS::Region"}}},
    }
    parent = a_template({"Resources": {"Audit": nested_stack}})
    nested = a_template(
        {"Parameters": {"Name": {"Type": "String"}}, "Outputs": {"Said": {"Value": {"Fn::Sub": "in ${Name}"}}}},
        stack="Orders/Audit",
        nested_in=(parent, "Audit"),
    )

    value = Resolution([parent, nested]).resolve({"Fn::GetAtt": ["Audit", "Outputs.Said"]}, parent)

    assert value == "in eu-west-1"


def test_a_resource_whose_condition_does_not_hold_is_not_made_and_one_that_nobody_can_decide_says_so() -> None:
    conditions = {"Never": {"Fn::Equals": ["a", "b"]}, "Maybe": {"Fn::Equals": [{"Ref": "Team"}, "b"]}}
    queues = {"Off": {**QUEUE, "Condition": "Never"}, "Maybe": {**QUEUE, "Condition": "Maybe"}, "On": QUEUE}
    body = {"Parameters": BODY["Parameters"], "Conditions": conditions, "Resources": queues}

    made = {each.logical_id: each.conditional for each in Resolution([a_template(body)]).resources("AWS::SQS::Queue")}

    assert made == {"Maybe": Undecided("condition 'Maybe': parameter 'Team' of Orders has no value"), "On": None}


def test_what_can_not_be_read_is_said() -> None:
    body = {
        "Transform": ["AWS::Serverless-2016-10-31", "Mine"],
        "Resources": {"Audit": {"Type": "AWS::CloudFormation::Stack"}, "Fn::ForEach::Buses": [], "Odd": "text"},
    }

    unread = {each.location.logical_id: each.reason.reason for each in Resolution([a_template(body)]).unread}

    assert unread == {
        "": "macro 'Mine' changes the template at deployment",
        "Audit": "the template of the nested stack was not found",
        "Fn::ForEach::Buses": "Fn::ForEach::Buses is expanded at deployment",
        "Odd": "it is no object",
    }
