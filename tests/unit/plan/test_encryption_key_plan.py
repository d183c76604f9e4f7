"""What a key's policy lets whom do: the documents are read back and held against requests."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.access.evaluation import decide
from cdk_eventbridge_patterns.access.key_policy import BUS_CONTEXT, DEAD_LETTER_CONTEXT
from cdk_eventbridge_patterns.access.request import Principal, Request
from cdk_eventbridge_patterns.assembly.elements.statements import statements
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming import BusAddress, NamingConvention
from cdk_eventbridge_patterns.plan.encryption import Encryption, KeyAddress
from cdk_eventbridge_patterns.plan.encryption_key import EncryptedBus, KeyPolicy, plan_encryption_key
from cdk_eventbridge_patterns.testing.builders import a_location

ACME = NamingConvention(organization="acme", stage="prod")
ORDERS, BILLING, STRANGER, REGION = "111111111111", "222222222222", "999999999999", "eu-west-1"
KEY = KeyAddress.of(ACME, "orders", account=ORDERS, region=REGION)
BUS = BusAddress(ORDERS, REGION, "acme-prod-orders")
OTHER_BUS = BusAddress(ORDERS, REGION, "acme-prod-orders--inbox")
LOG_GROUP = f"arn:aws:logs:{REGION}:{ORDERS}:log-group:/aws/vendedlogs/events/acme-prod-orders"
BARE = KeyPolicy(key=KEY)
OF_BUS = BARE.with_bus(EncryptedBus(bus=BUS, archived=False, readers=(ORDERS, BILLING)))

EVENTBRIDGE = Principal.of_service()
FOR_BUS = {BUS_CONTEXT: BUS.arn, "aws:SourceArn": BUS.arn, "aws:SourceAccount": ORDERS}


def lets(policy: KeyPolicy, who: Principal, *actions: str, **given: Any) -> bool:
    """Return whether a policy lets somebody do all of *actions*; it must be decided."""
    read = statements(policy.document(), a_location("Key", ORDERS))
    resource = f"arn:aws:kms:{REGION}:{ORDERS}:key/1234"
    answers = [
        decide(Request(principal=who, action=action, resource=resource, given=given), read).answer for action in actions
    ]
    assert all(isinstance(each, bool) for each in answers), answers
    return all(answers)


def account(number: str) -> Principal:
    return Principal.of_account(number)


def test_a_key_is_its_accounts_own_and_nobody_elses() -> None:
    assert lets(BARE, account(ORDERS), "kms:PutKeyPolicy", "kms:Decrypt", "kms:ScheduleKeyDeletion")
    assert not lets(BARE, account(BILLING), "kms:Decrypt")
    assert not lets(BARE, EVENTBRIDGE, "kms:DescribeKey")
    assert not lets(BARE, EVENTBRIDGE, "kms:Decrypt", **FOR_BUS)


def test_eventbridge_encrypts_for_the_bus_and_for_no_other() -> None:
    for_other = {BUS_CONTEXT: OTHER_BUS.arn, "aws:SourceArn": OTHER_BUS.arn, "aws:SourceAccount": ORDERS}

    assert lets(OF_BUS, EVENTBRIDGE, "kms:DescribeKey")
    assert lets(OF_BUS, EVENTBRIDGE, "kms:GenerateDataKey", "kms:Decrypt", **FOR_BUS)
    assert not lets(OF_BUS, EVENTBRIDGE, "kms:Decrypt", **for_other)
    assert not lets(OF_BUS, EVENTBRIDGE, "kms:Decrypt", **{**FOR_BUS, "aws:SourceArn": OTHER_BUS.arn})
    assert not lets(OF_BUS, EVENTBRIDGE, "kms:Decrypt")
    assert not lets(OF_BUS, EVENTBRIDGE, "kms:ReEncryptFrom", **FOR_BUS)


def test_eventbridge_encrypts_for_the_archive_without_saying_its_arn() -> None:
    archived = BARE.with_bus(EncryptedBus(bus=BUS, archived=True))
    actions = ("kms:GenerateDataKey", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo")

    assert lets(archived, EVENTBRIDGE, *actions, **{BUS_CONTEXT: BUS.arn})
    assert lets(archived, EVENTBRIDGE, *actions, **FOR_BUS)
    assert not lets(archived, EVENTBRIDGE, "kms:Decrypt", **{BUS_CONTEXT: OTHER_BUS.arn})


@pytest.mark.parametrize("context", [BUS_CONTEXT, DEAD_LETTER_CONTEXT])
def test_a_consumers_account_decrypts_what_is_bound_to_the_bus_and_does_nothing_else(context: str) -> None:
    assert lets(OF_BUS, account(BILLING), "kms:Decrypt", **{context: BUS.arn})
    assert not lets(OF_BUS, account(BILLING), "kms:Decrypt", **{context: OTHER_BUS.arn})
    assert not lets(OF_BUS, account(BILLING), "kms:Decrypt")
    assert not lets(OF_BUS, account(BILLING), "kms:GenerateDataKey", **{context: BUS.arn})
    assert not lets(OF_BUS, account(STRANGER), "kms:Decrypt", **{context: BUS.arn})


def test_the_accounts_of_an_organisation_decrypt_and_others_do_not() -> None:
    policy = BARE.with_bus(EncryptedBus(bus=BUS, archived=False, organization_id="o-exampleorg1"))

    assert lets(
        policy, account(BILLING), "kms:Decrypt", **{BUS_CONTEXT: BUS.arn, "aws:PrincipalOrgID": "o-exampleorg1"}
    )
    assert not lets(
        policy, account(BILLING), "kms:Decrypt", **{BUS_CONTEXT: BUS.arn, "aws:PrincipalOrgID": "o-other00001"}
    )
    assert not lets(policy, account(BILLING), "kms:Decrypt", **{"aws:PrincipalOrgID": "o-exampleorg1"})


def test_eventbridge_writes_to_queues_for_the_accounts_of_their_rules_only() -> None:
    policy = BARE.with_queue_sources([BILLING])
    use = ("kms:GenerateDataKey", "kms:Decrypt")

    assert lets(policy, EVENTBRIDGE, *use, **{"aws:SourceAccount": BILLING})
    assert lets(policy, EVENTBRIDGE, *use, **{"aws:SourceAccount": ORDERS})
    assert not lets(policy, EVENTBRIDGE, *use, **{"aws:SourceAccount": STRANGER})
    assert not lets(policy, EVENTBRIDGE, *use, **{"aws:SourceAccount": ORDERS, BUS_CONTEXT: OTHER_BUS.arn})


def test_cloudwatch_logs_encrypts_for_just_the_log_group() -> None:
    policy, logs = BARE.with_log_groups([LOG_GROUP]), Principal.of_service(f"logs.{REGION}.amazonaws.com")
    context = "kms:EncryptionContext:aws:logs:arn"

    assert lets(policy, logs, "kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", **{context: LOG_GROUP})
    assert not lets(policy, logs, "kms:Decrypt", **{context: f"{LOG_GROUP}-other"})
    assert not lets(policy, Principal.of_service("logs.us-east-1.amazonaws.com"), "kms:Decrypt", **{context: LOG_GROUP})


def test_the_logs_of_an_encrypted_bus_are_encrypted_by_eventbridge_and_decrypted_by_their_delivery() -> None:
    policy, delivery = BARE.with_logs_of_buses(), Principal.of_service("delivery.logs.amazonaws.com")
    own, foreign = (f"arn:aws:logs:{REGION}:{each}:*" for each in (ORDERS, STRANGER))
    context = "kms:EncryptionContext:SourceArn"

    assert lets(policy, EVENTBRIDGE, "kms:GenerateDataKey", **{context: own})
    assert lets(policy, delivery, "kms:Decrypt", "kms:GenerateDataKey", **{context: own})
    assert not lets(policy, EVENTBRIDGE, "kms:Decrypt", **{context: own})
    assert not lets(policy, delivery, "kms:Decrypt", **{context: foreign})


def test_a_policy_is_the_same_in_whatever_order_it_grew() -> None:
    first, second = EncryptedBus(bus=BUS, archived=True), EncryptedBus(bus=OTHER_BUS, archived=False)

    one = BARE.with_bus(first).with_queue_sources([BILLING]).with_bus(second)
    other = BARE.with_bus(second).with_bus(first).with_queue_sources([BILLING])

    assert one.document() == other.document()


def test_a_key_changes_its_material_and_outlives_its_stack() -> None:
    plan = plan_encryption_key(BARE, "orders", Encryption(rotation_days=180, pending_window_days=7))

    key, alias = plan.resources["OrdersKey"], plan.resources["OrdersKeyAlias"]
    assert key["Properties"]["EnableKeyRotation"] is True
    assert key["Properties"]["RotationPeriodInDays"] == 180
    assert key["Properties"]["PendingWindowInDays"] == 7
    assert key["DeletionPolicy"] == key["UpdateReplacePolicy"] == "Retain"
    assert alias["Properties"] == {
        "AliasName": "alias/acme-prod-orders",
        "TargetKeyId": {"Fn::GetAtt": ["OrdersKey", "Arn"]},
    }


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"rotation_days": 30}, "rotation_days must be 90 to 2560 days, got 30"),
        ({"pending_window_days": 60}, "pending_window_days must be 7 to 30 days, got 60"),
    ],
)
def test_fails_on_a_number_of_days_that_kms_does_not_take(settings: dict[str, int], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        Encryption(**settings)
