"""What of a value is known before deployment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.assembly.intrinsics import text_of
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.topology.undecided import Undecided

ORDERS = Template(
    file=Path("orders.json"),
    stack="Orders",
    account="111111111111",
    region="cn-north-1",
    body={"Parameters": {"Stage": {"Type": "String", "Default": "prod"}}},
)
ANYWHERE = Template(file=Path("orders.json"), stack="Orders", body={})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("acme-prod-orders", "acme-prod-orders"),
        (7, "7"),
        (True, "true"),
        ({"Ref": "AWS::Region"}, "cn-north-1"),
        ({"Ref": "AWS::AccountId"}, "111111111111"),
        ({"Ref": "AWS::Partition"}, "aws-cn"),
        ({"Fn::Join": ["-", ["orders", {"Ref": "AWS::Region"}]]}, "orders-cn-north-1"),
        ({"Fn::Sub": "orders-${AWS::AccountId}"}, "orders-111111111111"),
        ({"Fn::Sub": ["${What}-${AWS::Region}", {"What": "orders"}]}, "orders-cn-north-1"),
        ({"Fn::Sub": ["${What}", {"What": {"Fn::Join": ["", ["or", "ders"]]}}]}, "orders"),
        ({"Fn::Sub": "literally ${!What}"}, "literally ${What}"),
    ],
)
def test_literals_and_what_the_stack_knows_are_text(value: object, text: str) -> None:
    assert text_of(value, ORDERS) == text


@pytest.mark.parametrize("value", [None, {"Ref": "AWS::NoValue"}])
def test_no_value_is_nothing(value: object) -> None:
    assert text_of(value, ORDERS) is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"Ref": "Stage"}, "parameter 'Stage' is resolved at deployment"),
        ({"Ref": "Bus"}, "'Bus' is resolved at deployment"),
        ({"Fn::GetAtt": ["Bus", "Name"]}, "'Bus.Name' is resolved at deployment"),
        ({"Fn::GetAtt": "Bus.Name"}, "'Bus.Name' is resolved at deployment"),
        ({"Fn::ImportValue": "OrdersBus"}, "Fn::ImportValue of 'OrdersBus' is resolved at deployment"),
        ({"Fn::If": ["IsProd", "a", "b"]}, "Fn::If is resolved at deployment"),
        ({"Fn::Join": ["-", ["orders", {"Ref": "Stage"}]]}, "parameter 'Stage' is resolved at deployment"),
        ({"Fn::Join": ["-", {"Ref": "Names"}]}, "Fn::Join is resolved at deployment"),
        ({"Fn::Join": "-"}, "Fn::Join is resolved at deployment"),
        ({"Fn::Sub": "orders-${Stage}"}, "parameter 'Stage' is resolved at deployment"),
        ({"Fn::Sub": "orders-${Bus.Name}"}, "'Bus.Name' is resolved at deployment"),
        ({"Fn::Sub": {}}, "Fn::Sub is resolved at deployment"),
        ([], "it is not text"),
        ({}, "it is not text"),
        ({"Ref": "a", "Fn::Sub": "b"}, "it is not text"),
    ],
)
def test_all_else_is_undecided_and_says_why(value: object, reason: str) -> None:
    assert text_of(value, ORDERS) == Undecided(reason)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"Ref": "AWS::Region"}, "the stack has no literal Region"),
        ({"Ref": "AWS::Partition"}, "the stack has no literal Region"),
        ({"Fn::Sub": "orders-${AWS::AccountId}"}, "the stack has no literal account"),
    ],
)
def test_account_and_region_of_a_stack_for_anywhere_are_undecided(value: Any, reason: str) -> None:  # noqa: ANN401
    assert text_of(value, ANYWHERE) == Undecided(reason)
