"""What the emulator does not do as AWS does. Each of these fails the day it is mended: then docs/local.md says less."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Environment, Stack, aws_events, aws_sqs

from cdk_eventbridge_patterns.errors import EmulatorError
from cdk_eventbridge_patterns.local import Deployment, Emulator
from tests.e2e.world import BILLING, BUS, INVOICES, ORDERS, REGION, place_order, places, the_shop

not_yet = pytest.mark.xfail(strict=True, raises=AssertionError, reason="the emulator does not")


@pytest.fixture
def shop(eventbridge_local: Deployment, tmp_path: Path) -> Deployment:
    eventbridge_local.deploy(the_shop(tmp_path / "shop"))
    return eventbridge_local


@not_yet
def test_a_bus_refuses_an_event_that_its_policy_denies(shop: Deployment) -> None:
    deny = {
        "Sid": "deny",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "events:PutEvents",
        "Resource": f"arn:aws:events:{REGION}:{BILLING}:event-bus/acme-prod-billing",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    _client(shop, "events", BILLING).put_permission(EventBusName="acme-prod-billing", Policy=policy)

    place_order(shop)

    assert (BILLING, INVOICES) not in places(shop.queues().received(1))


@not_yet
def test_a_role_without_permission_brings_nothing(shop: Deployment) -> None:
    iam = _client(shop, "iam", BILLING)
    (role,) = (each["RoleName"] for each in iam.list_roles()["Roles"] if "from-orders" in each["RoleName"])
    policies = {
        name: iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        for name in iam.list_role_policies(RoleName=role)["PolicyNames"]
    }
    assert policies
    for name in policies:
        iam.delete_role_policy(RoleName=role, PolicyName=name)

    place_order(shop)
    received = places(shop.queues().received(1))

    for name, document in policies.items():
        iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))
    assert (BILLING, INVOICES) not in received


@not_yet
def test_a_queue_refuses_what_its_policy_does_not_allow(shop: Deployment) -> None:
    sqs = _client(shop, "sqs", BILLING)
    sqs.set_queue_attributes(QueueUrl=sqs.get_queue_url(QueueName=INVOICES)["QueueUrl"], Attributes={"Policy": ""})

    place_order(shop)

    assert (BILLING, INVOICES) not in places(shop.queues().received(1))


@not_yet
def test_a_misspelt_property_fails_its_stack(eventbridge_local: Deployment, tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    queue = aws_sqs.CfnQueue(_stack(app), "Queue")
    queue.add_property_override("VisibilityTimeOut", 30)

    assert _fails(eventbridge_local, app)


@not_yet
def test_a_bus_keeps_its_dead_letter_queue(eventbridge_local: Deployment, tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    queue = f"arn:aws:sqs:{REGION}:{ORDERS}:lost"
    config = aws_events.CfnEventBus.DeadLetterConfigProperty(arn=queue)
    aws_events.CfnEventBus(_stack(app), "Bus", name="other", dead_letter_config=config)

    eventbridge_local.deploy(app)

    bus = _client(eventbridge_local, "events", ORDERS).describe_event_bus(Name="other")
    assert bus.get("DeadLetterConfig") == {"Arn": queue}


@not_yet
def test_the_schema_of_an_event_can_be_looked_up(shop: Deployment) -> None:
    try:
        found = _client(shop, "schemas", ORDERS).list_registries()["Registries"]
    except Exception as error:
        raise AssertionError(str(error)) from error

    assert BUS in [each["RegistryName"] for each in found]


@not_yet
def test_a_stack_that_was_updated_without_a_change_set_leaves_nothing(
    eventbridge_emulator: Emulator,
) -> None:
    cloudformation = eventbridge_emulator.session(ORDERS).client("cloudformation")
    before, after = (json.dumps({"Resources": {name: {"Type": "AWS::SQS::Queue"}}}) for name in ("Before", "After"))
    cloudformation.create_stack(StackName="queues", TemplateBody=before)
    cloudformation.get_waiter("stack_create_complete").wait(StackName="queues", WaiterConfig={"Delay": 1})
    cloudformation.update_stack(StackName="queues", TemplateBody=after)
    cloudformation.get_waiter("stack_update_complete").wait(StackName="queues", WaiterConfig={"Delay": 1})

    cloudformation.delete_stack(StackName="queues")
    cloudformation.get_waiter("stack_delete_complete").wait(StackName="queues", WaiterConfig={"Delay": 1})

    sqs = eventbridge_emulator.session(ORDERS).client("sqs")
    left = sqs.list_queues().get("QueueUrls", [])
    for url in left:
        sqs.delete_queue(QueueUrl=url)
    assert left == []


def _fails(deployment: Deployment, app: App) -> bool:
    try:
        deployment.deploy(app)
    except EmulatorError:
        return True
    return False


def _stack(app: App) -> Stack:
    return Stack(app, "Orders", env=Environment(account=ORDERS, region=REGION))


def _client(deployment: Deployment, service: str, account: str) -> Any:
    return deployment.session(account).client(service)
