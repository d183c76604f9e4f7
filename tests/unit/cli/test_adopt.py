"""`cdk-eventbridge adopt`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cdk_eventbridge_patterns.cli.app import app
from cdk_eventbridge_patterns.errors import EventBridgePatternsError

pytestmark = pytest.mark.usefixtures("folder")

WHERE = ["--account", "111111111111", "--region", "eu-west-1"]
PLAIN = """
Resources:
  Hub:
    Type: AWS::Events::EventBus
    Properties: {Name: orders-hub}
  Ship:
    Type: AWS::Events::Rule
    Properties:
      Name: ship-orders
      EventBusName: !Ref Hub
      EventPattern: {source: [orders.web], detail-type: [Order Placed]}
      Targets: [{Id: queue, Arn: "arn:aws:sqs:eu-west-1:111111111111:invoices"}]
"""
SAM = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Ship:
    Type: AWS::Serverless::Function
    Properties:
      Handler: ship.handler
      Runtime: python3.13
      CodeUri: s3://acme-code/ship.zip
      Events:
        Placed:
          Type: EventBridgeRule
          Properties:
            EventBusName: orders-hub
            Pattern: {source: [orders.web], detail-type: [Order Placed]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "plain.yaml": PLAIN,
        "sam.yaml": SAM,
        "retried.yaml": PLAIN.replace('invoices"}', 'invoices", RetryPolicy: {MaximumRetryAttempts: 3}}'),
        "renamed.yaml": PLAIN.replace("ship-orders", "acme-prod-orders--ship"),
        "other-target.yaml": PLAIN.replace("Id: queue", "Id: invoices"),
        "acme.yaml": "convention: {organization: acme, stage: prod}",
        "without.yaml": "levels: {}",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def adopt(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["adopt", *arguments])


def test_what_comes_over_is_told_with_the_python_for_it() -> None:
    result = adopt("plain.yaml", "--config", "acme.yaml", "--service", "orders-hub=orders", *WHERE)

    assert result.exit_code == 0
    assert 'adopt=Adopted(logical_id="Ship", name="ship-orders", target_id="queue")' in result.stdout
    assert result.stdout.endswith("2 taken over\n")


def test_a_rule_of_sam_has_no_name_and_is_replaced() -> None:
    result = adopt("sam.yaml", "--config", "acme.yaml", *WHERE)

    assert (result.exit_code, "its name is made up by CloudFormation" in result.stdout) == (0, True)


def test_what_changes_in_place_is_exit_code_0() -> None:
    result = adopt("plain.yaml", "--into", "retried.yaml", *WHERE)

    assert result.exit_code == 0
    assert result.stdout == (
        "changed in place  AWS::Events::Rule ship-orders: Targets.queue.RetryPolicy\n"
        "kept  AWS::Events::EventBus orders-hub\n\n"
        "1 changed in place, 1 kept; nothing interrupted\n"
    )


def test_what_is_replaced_is_exit_code_1_unless_nothing_is_to_fail() -> None:
    result = adopt("plain.yaml", "--into", "renamed.yaml", *WHERE)

    assert result.exit_code == 1
    assert result.stdout.startswith("replaced  AWS::Events::Rule ship-orders: Name\n")
    assert adopt("plain.yaml", "--into", "renamed.yaml", "--fail-on", "never", *WHERE).exit_code == 0


def test_what_is_undecided_fails_where_that_is_asked_for() -> None:
    command = ["plain.yaml", "--into", "other-target.yaml", *WHERE]

    assert adopt(*command).exit_code == 0
    assert adopt(*command, "--fail-on", "undecided").exit_code == 1


def test_json_has_every_field() -> None:
    came = json.loads(adopt("plain.yaml", "--into", "renamed.yaml", "--format", "json", *WHERE).stdout)
    would = json.loads(adopt("plain.yaml", "--config", "acme.yaml", "--format", "json", *WHERE).stdout)

    assert came["version"] == 1
    assert came["outcomes"][0] == {
        "fate": "replaced",
        "type": "AWS::Events::Rule",
        "name": "ship-orders",
        "properties": ["Name"],
        "told": "ship-orders → acme-prod-orders--ship: "
        "events in the moment between the two may be lost or arrive twice",
        "fails": "yes",
        "undecided": None,
        "file": "plain.yaml",
        "construct": "renamed.yaml/Ship",
    }
    assert would["proposals"][0]["verdict"] == "taken over"
    assert list(would["python"]) == ["111111111111 eu-west-1 plain"]


def test_markdown_is_a_table_with_the_python() -> None:
    result = adopt("plain.yaml", "--config", "acme.yaml", "--format", "markdown", "--output", "out.md", *WHERE)

    written = Path("out.md").read_text(encoding="utf-8")
    assert (result.exit_code, result.stdout) == (0, "")
    assert written.startswith("### EventBridge: 2 taken over\n\n| | what | how |\n")
    assert "```python\nfrom aws_cdk import Stack" in written


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["plain.yaml"], "pass --config with a file that has one"),
        (["plain.yaml", "--config", "without.yaml"], "adopt needs the convention"),
        (["nothing.yaml", "--config", "acme.yaml"], "'nothing.yaml'"),
        (["plain.yaml", "--into", "nothing.yaml"], "'nothing.yaml'"),
        (["plain.yaml", "--config", "acme.yaml", "--service", "orders"], "such as 'orders-hub=orders', got 'orders'"),
        (["plain.yaml", "--config", "acme.yaml", "--service", "hub=Orders"], "--service must be lower-case words"),
        (["plain.yaml", "--into", "plain.yaml", "--output", "no/such/folder"], "can't be written"),
    ],
    ids=["no convention", "no convention in it", "no file", "no new file", "half a service", "no service", "no folder"],
)
def test_a_mistake_is_one_line(arguments: list[str], message: str) -> None:
    """That `main` makes exit code 2 of it is tested with `check`."""
    result = adopt(*arguments, *WHERE)

    assert isinstance(result.exception, EventBridgePatternsError)
    assert message in str(result.exception)
