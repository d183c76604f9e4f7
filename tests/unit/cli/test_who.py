"""The questions of `cdk-eventbridge who`, as they are called."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.called import called

ORDERS_BUS = "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders"
TEMPLATE: dict[str, Any] = {
    "Resources": {
        "Bus": {
            "Type": "AWS::Events::EventBus",
            "Properties": {"Name": "acme-prod-orders"},
            "Metadata": {
                "EventBridgePatterns": {
                    "service": "orders",
                    "publishes": [
                        {
                            "service": "orders",
                            "event": "OrderPlaced",
                            "version": 1,
                            "source": "com.acme.orders",
                            "detail_type": "OrderPlaced.v1",
                            "data_class": "internal",
                        }
                    ],
                }
            },
        },
        "Publish": {
            "Type": "AWS::Events::EventBusPolicy",
            "Properties": {
                "EventBusName": "acme-prod-orders",
                "StatementId": "publish",
                "Statement": {
                    "Sid": "publish",
                    "Effect": "Allow",
                    "Principal": {"AWS": "arn:aws:iam::222222222222:root"},
                    "Action": "events:PutEvents",
                    "Resource": ORDERS_BUS,
                    "Condition": {"StringEquals": {"events:source": "com.acme.billing"}},
                },
            },
        },
        "Subscribe": {
            "Type": "AWS::Events::EventBusPolicy",
            "Properties": {
                "EventBusName": "acme-prod-orders",
                "StatementId": "subscribe",
                "Statement": {
                    "Sid": "subscribe",
                    "Effect": "Allow",
                    "Principal": {"AWS": "arn:aws:iam::222222222222:root"},
                    "Action": "events:*",
                    "Resource": "arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/billing-*",
                },
            },
        },
        "Local": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "Name": "local",
                "EventBusName": "acme-prod-orders",
                "EventPattern": {"source": ["com.acme.orders"]},
            },
        },
    }
}
ENVIRONMENT = ("orders.json", "--account", "111111111111", "--region", "eu-west-1")


def who(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return called(folder, "who", *arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orders.json").write_text(json.dumps(TEMPLATE))
    return tmp_path


def test_who_can_publish_is_said_with_the_statement_and_what_it_holds_to(folder: Path) -> None:
    result = who(folder, "can-publish", "orders", *ENVIRONMENT)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        f"{ORDERS_BUS}\n"
        "\n"
        "May publish\n"
        "  yes       account 111111111111: the bus is its own, so its own IAM decides\n"
        "  yes       account 222222222222\n"
        "            publishes by statement 'publish' at orders.json/Publish (Statement)\n"
        "              only events of source com.acme.billing\n"
        "\n"
        "Brought by rules of other buses\n"
        "  none\n"
    )


def test_one_event_of_a_bus_is_decided(folder: Path) -> None:
    result = who(folder, "can-publish", "orders", *ENVIRONMENT, "--event", "OrderPlaced")

    assert result.stdout.startswith(f"{ORDERS_BUS}: source com.acme.orders, detail-type OrderPlaced.v1\n")
    assert "  no        account 222222222222\n" in result.stdout
    assert "statement 'publish' does not: StringEquals events:source is com.acme.billing" in result.stdout


def test_who_can_subscribe_is_said_with_who_does(folder: Path) -> None:
    result = who(folder, "can-subscribe", "orders", *ENVIRONMENT)

    assert "puts rules, sets targets and manages them by statement 'subscribe'" in result.stdout
    assert "only rules whose name begins with billing-\n" in result.stdout
    assert "  yes       rule local of account 111111111111, at orders.json/Local\n" in result.stdout


def test_whether_one_account_can_subscribe_is_decided(folder: Path) -> None:
    result = who(folder, "can-subscribe", "orders", *ENVIRONMENT, "--by", "333333333333")

    assert "  no        account 333333333333\n" in result.stdout
    assert "account 222222222222" not in result.stdout


def test_an_answer_as_json_has_its_documented_form(folder: Path) -> None:
    result = who(folder, "can-publish", "orders", *ENVIRONMENT, "--format", "json")

    answer = json.loads(result.stdout)
    assert {key: answer[key] for key in ("version", "question", "bus", "source", "detailType", "carriers")} == {
        "version": 1,
        "question": "can-publish",
        "bus": ORDERS_BUS,
        "source": None,
        "detailType": None,
        "carriers": [],
    }
    assert answer["grants"][1] == {
        "who": "account 222222222222",
        "kind": "account",
        "answer": "yes",
        "reason": "statement 'publish' allows it",
        "provided": None,
        "ways": [
            {
                "sid": "publish",
                "effect": "Allow",
                "actions": ["events:PutEvents"],
                "names": ["account 222222222222"],
                "heldTo": ["only events of source com.acme.billing"],
                "conditions": [{"operator": "StringEquals", "key": "events:source", "values": ["com.acme.billing"]}],
                "location": {
                    "file": "orders.json",
                    "stack": "orders.json",
                    "logicalId": "Publish",
                    "property": "Statement",
                    "construct": None,
                },
            }
        ],
        "denials": [],
    }


def test_rules_are_in_the_json_of_who_can_subscribe(folder: Path) -> None:
    result = who(folder, "can-subscribe", "orders", *ENVIRONMENT, "--format", "json")

    (rule,) = json.loads(result.stdout)["rules"]
    assert (rule["rule"].endswith("rule/acme-prod-orders/local"), rule["account"], rule["answer"]) == (
        True,
        "111111111111",
        "yes",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["can-publish", "order", *ENVIRONMENT], "such as 'acme-prod-orders', got 'order'"),
        (["can-publish", "orders", "missing.json"], "'missing.json' can't be read: No such file or directory"),
        (["can-publish", "orders", *ENVIRONMENT, "--event", "OrderPlace"], "such as 'OrderPlaced', got 'OrderPlace'"),
        (
            ["can-publish", "orders", *ENVIRONMENT, "--event", "OrderPlaced", "--source", "com.acme.orders"],
            "event must be given alone",
        ),
        (["can-subscribe", "orders", *ENVIRONMENT, "--by", "billing"], "by must be a 12-digit account id"),
        (["can-subscribe", "orders", *ENVIRONMENT[:2], "12"], "account must be a 12-digit account id"),
    ],
)
def test_what_is_asked_wrongly_is_one_line_and_exit_code_2(folder: Path, arguments: list[str], said: str) -> None:
    result = who(folder, *arguments)

    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("cdk-eventbridge: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_newer_bus_has_no_rules_to_ask_about(folder: Path) -> None:
    newer = {"Resources": {"Bus": {"Type": "AWS::EventsV2::EventBus", "Properties": {"Name": "acme-prod-newer"}}}}
    (folder / "orders.json").write_text(json.dumps(newer))

    result = who(folder, "can-subscribe", "acme-prod-newer", *ENVIRONMENT)

    assert result.returncode == 2
    assert "BUS must be a classic bus" in result.stderr


def test_help_waits_for_nothing(folder: Path) -> None:
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from cdk_eventbridge_patterns.cli.app import app\n"
        "assert CliRunner().invoke(app, ['who', '--help']).exit_code == 0\n"
        "heavy = {'yaml', 'jsonschema', 'cdk_eventbridge_patterns.access', 'cdk_eventbridge_patterns.assembly'}\n"
        "sys.exit(f'loaded {heavy & set(sys.modules)}' if heavy & set(sys.modules) else 0)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603

    assert (result.returncode, result.stderr) == (0, "")
