"""`cdk-eventbridge trace`, as it is called: in a process of its own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.unit.cli.called import called

TEMPLATE = """
Resources:
  Bus:
    Type: AWS::Events::EventBus
    Properties: {Name: acme-prod-orders}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      Name: ship
      EventBusName: acme-prod-orders
      EventPattern: {source: [com.acme.orders], detail-type: [OrderPlaced.v1], detail: {total: [{numeric: [">", 10]}]}}
      Targets: [{Id: parcels, Arn: "arn:aws:sqs:eu-west-1:111111111111:parcels"}]
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: parcels}
"""
POLICY = """
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: ["https://sqs.eu-west-1.amazonaws.com/111111111111/parcels"]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: events.amazonaws.com}
            Action: sqs:SendMessage
            Resource: arn:aws:sqs:eu-west-1:111111111111:parcels
            Condition: {ArnEquals: {aws:SourceArn: "arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/ship"}}
"""
PACK = """
Resources:
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: pack, EventSourceArn: "arn:aws:sqs:eu-west-1:111111111111:parcels"}
"""
ORDER = {"source": "com.acme.orders", "detail-type": "OrderPlaced.v1", "detail": {"total": 20}}
HOME = ("--account", "111111111111", "--region", "eu-west-1")


def trace(folder: Path, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return called(folder, "trace", *arguments, given=given)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shipping.yaml").write_text(TEMPLATE + POLICY)
    (tmp_path / "open.yaml").write_text(TEMPLATE)
    (tmp_path / "order.json").write_text(json.dumps(ORDER))
    return tmp_path


def test_what_is_fed_from_a_target_is_told_below_it(folder: Path) -> None:
    (folder / "pack.yaml").write_text(PACK)

    result = trace(folder, "order.json", "shipping.yaml", "pack.yaml", "--bus", "acme-prod-orders", *HOME)

    assert "        · feeds function pack (111111111111, eu-west-1)" in result.stdout.splitlines()


def test_the_way_of_the_event_is_printed_as_a_tree_down_to_what_the_target_receives(folder: Path) -> None:
    result = trace(folder, "order.json", "shipping.yaml", "--bus", "acme-prod-orders", *HOME)

    assert (result.returncode, result.stderr) == (0, "")
    published, bus, rule, target, received, lost = result.stdout.splitlines()
    assert published == "✓ OrderPlaced.v1 of com.acme.orders, published by account 111111111111"
    assert bus == "  ✓ bus acme-prod-orders (111111111111, eu-west-1)"
    assert rule == "    ✓ rule ship: matches"
    assert target == "      ✓ queue parcels (111111111111, eu-west-1): delivered"
    assert '"detail":{"total":20}' in received
    assert "what fails 186 times or for 86400 s is lost: there is no dead-letter queue" in lost


def test_a_missing_statement_is_printed_ready_to_paste(folder: Path) -> None:
    result = trace(folder, "order.json", "open.yaml", "--bus", "acme-prod-orders", *HOME)

    (missing,) = [line for line in result.stdout.splitlines() if "missing in" in line]
    assert json.loads(missing.partition(": {")[2].join(["{", ""])) == {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "arn:aws:sqs:eu-west-1:111111111111:parcels",
        "Condition": {
            "ArnEquals": {"aws:SourceArn": "arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/ship"}
        },
    }


def test_an_expectation_that_is_not_met_is_exit_code_1_and_says_so(folder: Path) -> None:
    met = trace(folder, "order.json", "shipping.yaml", "--bus", "acme-prod-orders", "--expect", "parcels", *HOME)
    unmet = trace(folder, "order.json", "open.yaml", "--bus", "acme-prod-orders", "--expect", "parcels", *HOME)
    spared = trace(folder, "order.json", "shipping.yaml", "--bus", "acme-prod-orders", "--expect-not", "parcels", *HOME)

    assert met.returncode == 0
    assert (unmet.returncode, unmet.stderr) == (
        1,
        "cdk-eventbridge: parcels was expected to receive it, and does not\n",
    )
    assert (spared.returncode, spared.stderr) == (
        1,
        "cdk-eventbridge: parcels was expected not to receive it, and does\n",
    )


def test_json_has_each_decision_and_a_flat_list_of_arrivals(folder: Path) -> None:
    result = trace(folder, "order.json", "shipping.yaml", "--bus", "acme-prod-orders", "--format", "json", *HOME)

    read = json.loads(result.stdout)
    assert read["version"] == 1
    assert read["arrivals"] == [
        {
            "target": "arn:aws:sqs:eu-west-1:111111111111:parcels",
            "arrives": "yes",
            "outcome": "delivered",
            "path": ["arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/ship"],
        }
    ]
    (rule,) = read["bus"]["rules"]
    assert (rule["matches"], rule["targets"][0]["deadLetterQueueGetsIt"]) == ("yes", "no")


def test_the_event_may_come_from_standard_input(folder: Path) -> None:
    result = trace(folder, "-", "shipping.yaml", "--bus", "acme-prod-orders", *HOME, given=json.dumps(ORDER))

    assert result.returncode == 0
    assert "delivered" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.json", "shipping.yaml", "--bus", "acme-prod-orders"], "'missing.json' can't be read as an event"),
        (["shipping.yaml", "shipping.yaml", "--bus", "acme-prod-orders"], "'shipping.yaml' can't be read as an event"),
        (["order.json", "shipping.yaml", "--bus", "acme-prod-ordres"], "such as 'acme-prod-orders'"),
        (["order.json", "missing.yaml", "--bus", "acme-prod-orders"], "'missing.yaml' can't be read"),
        (["order.json", "shipping.yaml", "--bus", "acme-prod-orders", "--from", "me"], "publisher must be an account"),
    ],
)
def test_what_was_asked_wrongly_is_one_line_and_exit_code_2(folder: Path, arguments: list[str], said: str) -> None:
    result = trace(folder, *arguments, *HOME)

    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert said in result.stderr


def test_an_event_that_is_no_object_is_refused(folder: Path) -> None:
    (folder / "order.json").write_text("[]")

    result = trace(folder, "order.json", "shipping.yaml", "--bus", "acme-prod-orders", *HOME)

    assert (result.returncode, result.stderr) == (
        2,
        "cdk-eventbridge: 'order.json' must hold one event, a JSON object, got list\n",
    )
