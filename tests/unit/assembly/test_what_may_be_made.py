"""What a condition decides about policies, roles and keys, and how queues deduplicate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.assembly import read_assembly, topology_of
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

STATEMENT = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
DOCUMENT = {"Statement": [STATEMENT]}
ROLE = {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "sender", "AssumeRolePolicyDocument": DOCUMENT}}


def read(folder: Path, **resources: dict[str, Any]) -> Topology:
    stack = {
        "type": "aws:cloudformation:stack",
        "environment": "aws://111111111111/eu-west-1",
        "properties": {"templateFile": "Orders.template.json"},
    }
    template = {
        "Parameters": {"Stage": {"Type": "String"}},
        "Conditions": {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
        "Resources": resources,
    }
    (folder / "manifest.json").write_text(json.dumps({"version": "55.0.0", "artifacts": {"Orders": stack}}))
    (folder / "Orders.template.json").write_text(json.dumps(template))
    return topology_of(read_assembly(folder))


def in_prod(resource_type: str, **properties: Any) -> dict[str, Any]:
    return {"Type": resource_type, "Condition": "IsProd", "Properties": properties}


def test_the_statements_of_a_policy_that_may_not_be_made_are_conditional(tmp_path: Path) -> None:
    policy = in_prod("AWS::SQS::QueuePolicy", Queues=["https://sqs/111111111111/orders"], PolicyDocument=DOCUMENT)
    (found,) = read(tmp_path, Policy=policy).policies

    (statement,) = found.statements
    assert isinstance(statement.conditional, Undecided)


def test_what_a_policy_that_may_not_be_made_gives_a_role_is_conditional_and_the_role_is_not(tmp_path: Path) -> None:
    policy = in_prod("AWS::IAM::Policy", Roles=["sender"], PolicyDocument=DOCUMENT)
    (role,) = read(tmp_path, Role=ROLE, Policy=policy).roles

    assert isinstance(role.permissions[0].conditional, Undecided)
    assert role.trust[0].conditional is None


def test_the_policy_of_a_key_that_may_not_be_made_is_conditional(tmp_path: Path) -> None:
    (key,) = read(tmp_path, Key=in_prod("AWS::KMS::Key", KeyPolicy=DOCUMENT)).keys

    assert isinstance(key.statements[0].conditional, Undecided)


@pytest.mark.parametrize(("written", "deduplicates"), [(True, True), ("true", True), (False, False), (None, False)])
def test_a_queue_says_whether_it_deduplicates_by_content(
    tmp_path: Path, written: object, *, deduplicates: bool
) -> None:
    given = {} if written is None else {"ContentBasedDeduplication": written}
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders.fifo", "FifoQueue": True, **given}}

    (found,) = read(tmp_path, Queue=queue).receivers

    assert found.deduplicates is deduplicates


def test_a_queue_that_a_parameter_makes_deduplicate_is_undecided(tmp_path: Path) -> None:
    properties = {"FifoQueue": True, "ContentBasedDeduplication": {"Ref": "Stage"}}

    (found,) = read(tmp_path, Queue={"Type": "AWS::SQS::Queue", "Properties": properties}).receivers

    assert isinstance(found.deduplicates, Undecided)
