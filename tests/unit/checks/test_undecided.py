"""What a check can't decide it says, once and with the reason; it neither passes over it nor calls it a fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.checks import Severity
from cdk_eventbridge_patterns.checks.registry import topology_checks
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_key,
    a_policy,
    a_queue,
    a_receiver,
    a_role,
    a_rule,
    a_target,
    a_topology,
    an_archive,
    an_endpoint,
    bus_arn,
    key_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided
from tests.flows import INVOICES, PARTS, a_delivery, a_mover, the_flow

CHECKS = {check.id: check for check in topology_checks()}

STAGE = unknown("parameter 'Stage'")
TO_BILLING = bus_arn("acme-prod-billing", account=BILLING)
LOST, KEY = queue_arn(account=ORDERS), key_arn(account=ORDERS)
BY_DEPLOYER = {"Effect": "Allow", "Principal": {"AWS": role_arn("deploy")}, "Action": "kms:Decrypt", "Resource": "*"}
FOR_A_BUS = {
    "Effect": "Allow",
    "Principal": {"Service": ["events.amazonaws.com", "delivery.logs.amazonaws.com"]},
    "Action": "kms:*",
    "Resource": "*",
    "Condition": {"ArnEquals": {"aws:SourceArn": bus_arn()}},
}
STREAM = f"arn:aws:kinesis:eu-west-1:{ORDERS}:stream/facts"
LOG = f"arn:aws:logs:eu-west-1:{ORDERS}:log-group:orders"
DELIVER = role_arn("deliver", account=ORDERS)
SOMETIMES = {
    "Effect": "Allow",
    "Principal": {"Service": "events.amazonaws.com"},
    "Action": "sqs:SendMessage",
    "Resource": "*",
    "Condition": {"ArnEquals": {"aws:SourceArn": f"arn:aws:events:eu-west-1:{ORDERS}:rule/{STAGE}"}},
}
OF_STAGE = {
    **SOMETIMES,
    "Condition": {"ArnEquals": {"aws:SourceArn": f"arn:aws:events:eu-west-1:{BILLING}:rule/acme-prod-billing/{STAGE}"}},
}
OF_PROD = {**SOMETIMES, "Condition": {"ArnEquals": {"aws:SourceArn": bus_arn("acme-prod")}}}
rule = a_rule(a_target(LOST, dead_letter_arn=LOST))
move = a_rule(a_target(TO_BILLING, role_arn=role_arn()), account=BILLING)
GIVEN = Undecided("it is given")
onward = a_rule(a_target(bus_arn("acme-prod-shipping")), name="on", on=TO_BILLING, event_pattern=GIVEN)
abroad = a_rule(a_target(bus_arn("acme-prod-shipping", region="us-east-1")), name="on", on=TO_BILLING)
pushed = a_rule(a_target(TO_BILLING, role_arn=role_arn("push", account=ORDERS)))
to_stream = a_rule(a_target(STREAM, role_arn=DELIVER))
OTHER_STREAM = {"Effect": "Allow", "Action": "kinesis:PutRecord", "Resource": f"{STREAM}-2"}
TASK = f"arn:aws:ecs:eu-west-1:{ORDERS}:cluster/orders"
PUSH = {
    "Effect": "Allow",
    "Principal": {"AWS": f"arn:aws:iam::{ORDERS}:root"},
    "Action": "events:PutEvents",
    "Resource": TO_BILLING,
    "Condition": {"StringEquals": {"events:source": "com.acme.orders"}},
}
OF_ORGANIZATION = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": "events:*",
    "Resource": "*",
    "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-acme123456"}},
}

CONFIRM = f"arn:aws:lambda:eu-west-1:{ORDERS}:function:confirm"
PUBLISH = {
    "Effect": "Allow",
    "Action": "events:PutEvents",
    "Resource": bus_arn(),
    "Condition": {"StringEquals": {"events:source": "com.acme.orders", "events:detail-type": "OrderPlaced.v1"}},
}

UNDECIDED: Sequence[tuple[str, list[Element], str]] = [
    ("DLV002", [rule, a_policy(LOST, SOMETIMES)], "parameter 'Stage' is known at deployment only"),
    ("DLV006", [rule, a_policy(LOST, SOMETIMES)], "parameter 'Stage' is known at deployment only"),
    (
        "DLV009",
        [to_stream, a_role("deliver", account=ORDERS, unread=("arn:aws:iam::aws:policy/Kinesis",))],
        "policy arn:aws:iam::aws:policy/Kinesis of role deliver is in no template",
    ),
    (
        "DLV009",
        [to_stream, a_role("deliver", OTHER_STREAM, account=ORDERS, unread=("arn:aws:iam::aws:policy/Kinesis",))],
        "policy arn:aws:iam::aws:policy/Kinesis of role deliver is in no template",
    ),
    (
        "DLV009",
        [a_rule(a_target(TASK, role_arn=DELIVER)), a_role("deliver", account=ORDERS)],
        f"what it takes to deliver to {TASK} is not known here",
    ),
    ("DLV012", [replace(rule, targets=Undecided("a parameter gives them"))], "a parameter gives them"),
    (
        "DLV013",
        [a_bus(f"acme-{STAGE}", dead_letter_arn=LOST), a_policy(LOST, OF_PROD)],
        "parameter 'Stage' is known at deployment only",
    ),
    ("TOP001", [move, onward], "it is given"),
    ("TOP001", [move, abroad], "others saw it move once in a Region and once out"),
    (
        "TOP002",
        [
            move,
            a_rule(a_target(bus_arn()), name="back", on=TO_BILLING, event_pattern={"$or": [{"source": [STAGE]}] * 2}),
        ],
        "parameter 'Stage' is known at deployment only",
    ),
    (
        "TOP007",
        [a_rule(a_target(TO_BILLING, role_arn=role_arn(account="999999999999")))],
        f"role {role_arn(account='999999999999')} is in no template that was read",
    ),
    (
        "TOP008",
        [pushed, a_bus("acme-prod-billing", account=BILLING), a_bus_policy(PUSH, on=TO_BILLING)],
        "aws:SourceArn, is not documented",
    ),
    (
        "TOP013",
        [a_bus(), move, a_bus_policy(OF_ORGANIZATION)],
        f"the organisation of account {BILLING} is not known",
    ),
    (
        "TOP018",
        [an_endpoint(bus_arn(), f"arn:aws:events:{STAGE}:{ORDERS}:event-bus/acme-prod-orders", replicates=False)],
        "parameter 'Stage'",
    ),
    (
        "TOP019",
        [an_endpoint(bus_arn(), TO_BILLING, role_arn=role_arn(account="999999999999"))],
        f"role {role_arn(account='999999999999')} is in no template that was read",
    ),
    ("TOP019", [an_endpoint(bus_arn(), TO_BILLING, replicates=GIVEN)], "it is given"),
    ("ENC001", [rule, a_queue(account=ORDERS, key=KEY)], f"key {KEY} is in no template that was read"),
    ("ENC003", [a_bus(key_arn=KEY)], f"key {KEY} is in no template that was read"),
    ("ENC007", [an_archive(key_arn=KEY)], f"key {KEY} is in no template that was read"),
    (
        "ENC009",
        [a_rule(a_target(LOG)), a_receiver(LOG, "AWS::Logs::LogGroup", key=KEY)],
        f"key {KEY} is in no template that was read",
    ),
    (
        "ENC010",
        [to_stream, a_receiver(STREAM, "AWS::Kinesis::Stream", key=KEY), a_role("deliver", account=ORDERS)],
        f"key {KEY} is in no template that was read",
    ),
    (
        "ENC011",
        [a_bus(dead_letter_arn=queue_arn(account=ORDERS)), a_queue(account=ORDERS, key=KEY)],
        f"key {KEY} is in no template that was read",
    ),
    (
        "ENC012",
        [a_bus(key_arn=KEY), a_rule(account=BILLING), a_key("1234", BY_DEPLOYER, account=ORDERS)],
        f"just {role_arn('deploy')} may ask",
    ),
    (
        "ENC013",
        [a_bus(key_arn=KEY, log_level="INFO"), a_key("1234", FOR_A_BUS, account=ORDERS)],
        "whether a delivery of logs says to KMS for which bus it asks is not documented",
    ),
    ("FLW001", the_flow(mover=a_mover(event_pattern=GIVEN)), "it is given"),
    ("FLW001", the_flow(mover=replace(a_mover(), targets=GIVEN)), "it is given"),
    ("FLW001", the_flow(delivery=a_delivery(enabled=GIVEN)), "it is given"),
    ("FLW001", the_flow(queue_policy=a_policy(INVOICES, OF_STAGE)), "parameter 'Stage' is known at deployment only"),
    (
        "FLW001",
        the_flow(role=a_role(unread=("arn:aws:iam::aws:policy/Events",))),
        "policy arn:aws:iam::aws:policy/Events of role from-orders is in no template",
    ),
    ("FLW002", [PARTS["bus"], a_rule(a_target(LOST), event_pattern=GIVEN)], "it is given"),
    (
        "FLW003",
        [
            PARTS["bus"],
            a_rule(a_target(CONFIRM), conditional=GIVEN),
            a_receiver(CONFIRM, "AWS::Lambda::Function", role_arn=role_arn("confirm", account=ORDERS)),
            a_role("confirm", PUBLISH, account=ORDERS),
        ],
        "it is given",
    ),
]


@pytest.mark.parametrize(
    ("check", "elements", "reason"), UNDECIDED, ids=[f"{each[0]} {index}" for index, each in enumerate(UNDECIDED)]
)
def test_what_can_not_be_decided_is_said_with_the_reason(check: str, elements: list[Element], reason: str) -> None:
    findings = list(CHECKS[check].findings(a_topology(*elements)))

    assert all(finding.undecided and finding.severity is Severity.INFO for finding in findings)
    assert [reason in finding.message for finding in findings] == [True] * max(1, len(findings))


def test_the_organisation_that_an_estate_file_names_decides() -> None:
    topology = a_topology(a_bus(), move, a_bus_policy(OF_ORGANIZATION), organization="o-acme123456")

    assert list(CHECKS["TOP013"].findings(topology)) == []


def test_another_organisation_is_refused() -> None:
    topology = a_topology(a_bus(), move, a_bus_policy(OF_ORGANIZATION), organization="o-zeta123456")

    (finding,) = CHECKS["TOP013"].findings(topology)
    assert "StringEquals aws:principalorgid is o-acme123456, and that of the request is o-zeta123456" in finding.message


def test_a_key_that_is_read_decides() -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
        "Resource": "*",
    }
    topology = a_topology(rule, a_queue(account=ORDERS, key=KEY), a_key("1234", statement, account=ORDERS))

    assert list(CHECKS["ENC001"].findings(topology)) == []


@pytest.mark.parametrize("check", ["ACC002", "ACC003"])
def test_whom_a_condition_of_a_parameter_lets_in_is_undecided(check: str) -> None:
    principal = "*" if check == "ACC002" else {"Service": "events.amazonaws.com"}
    written = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "sqs:SendMessage",
        "Condition": {"ArnEquals": {"aws:SourceArn": Undecided("a parameter gives the list")}},
    }

    (finding,) = CHECKS[check].findings(a_topology(rule, a_policy(LOST, written)))

    assert finding.undecided
    assert "a parameter gives the list" in finding.message
