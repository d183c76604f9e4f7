"""`cdk-eventbridge diff`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cdk_eventbridge_patterns.cli.app import app
from cdk_eventbridge_patterns.errors import EventBridgePatternsError
from tests.unit.cli.called import called

BUS_ARN = "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders"
EVENT = {
    "service": "orders",
    "event": "OrderPlaced",
    "version": 1,
    "source": "com.acme.orders",
    "detail_type": "OrderPlaced.v1",
    "data_class": "internal",
}
pytestmark = pytest.mark.usefixtures("folder")

WHERE = ["--account", "111111111111", "--region", "eu-west-1"]


def orders(*statuses: str) -> str:
    """The template of orders, whose OrderPlaced has one of these statuses."""
    detail = {"type": "object", "properties": {"status": {"enum": list(statuses)}, "total": {"type": "number"}}}
    properties = {
        "source": {"enum": ["com.acme.orders"]},
        "detail-type": {"enum": ["OrderPlaced.v1"]},
        "detail": detail,
    }
    content = {"$schema": "http://json-schema.org/draft-04/schema#", "type": "object", "properties": properties}
    stamp = {"EventBridgePatterns": {"service": "orders", "publishes": [EVENT]}}
    return template(
        Bus=("AWS::Events::EventBus", {"Name": "acme-prod-orders"}, stamp),
        Schema=(
            "AWS::EventSchemas::Schema",
            {"RegistryName": "acme-prod-orders", "SchemaName": "OrderPlaced", "Content": json.dumps(content)},
            {"EventBridgePatterns": {"service": "orders", "publishes": [EVENT]}},
        ),
    )


def billing(*statuses: str) -> str:
    """The template of billing, whose rule on the bus of orders waits for these statuses."""
    pattern = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"], "detail": {"status": list(statuses)}}
    queue = "arn:aws:sqs:eu-west-1:222222222222:invoices"
    rule = {
        "Name": "acme-prod-billing--ship",
        "EventBusName": BUS_ARN,
        "EventPattern": pattern,
        "Targets": [{"Id": "invoices", "Arn": queue, "Input": "{}"}],
    }
    stamp = {"EventBridgePatterns": {"service": "billing", "consumes": ["orders/OrderPlaced.v1"]}}
    return template(Rule=("AWS::Events::Rule", rule, stamp))


def template(**resources: tuple[str, dict[str, Any], dict[str, Any]]) -> str:
    return json.dumps(
        {
            "Resources": {
                logical_id: {"Type": kind, "Properties": properties, "Metadata": metadata}
                for logical_id, (kind, properties, metadata) in resources.items()
            }
        }
    )


ESTATE = """
sources:
  - {path: billing.json, account: "222222222222", region: eu-west-1}
"""
CONTRACT = '{"type": "object", "properties": {"status": {"enum": ["placed", "paid"]}}}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Before: an order may be void. After: it may not, and billing still waits for it."""
    files = {
        "base.json": orders("placed", "paid", "void"),
        "head.json": orders("placed", "paid"),
        "billing.json": billing("void"),
        "consumers.yaml": ESTATE,
        "one.yaml": f"organization: o-exampleorg1{ESTATE}",
        "other.yaml": f"organization: o-exampleorg2{ESTATE}",
        "contracts/base/orders/OrderPlaced.v1.json": CONTRACT,
        "contracts/head/orders/OrderPlaced.v1.json": CONTRACT.replace('"paid"', '"paid", "void"'),
        "contracts/bad/orders/OrderPlaced.v1.json": "{",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def diff(*arguments: str) -> Result:
    """Run the command in this process, which is quicker than one of its own."""
    return CliRunner().invoke(app, ["diff", *arguments])


def test_the_same_twice_is_no_difference_and_exit_code_0() -> None:
    result = diff("base.json", "base.json", "--used-by", "consumers.yaml", *WHERE)

    assert (result.exit_code, result.stdout) == (0, "no differences\n")


def test_a_change_that_breaks_a_consumers_rule_is_exit_code_1_with_rule_account_and_reason() -> None:
    result = diff("base.json", "head.json", "--used-by", "consumers.yaml", *WHERE)

    assert result.exit_code == 1
    assert result.stdout == (
        'breaking  event changed: orders/OrderPlaced.v1, detail.status: value removed: "void"\n'
        "    in 111111111111 eu-west-1\n"
        "    not breaking by the contract, and yet it breaks\n"
        "    rule 'acme-prod-billing--ship' of billing in account 222222222222: its event pattern matches no "
        "orders/OrderPlaced.v1 any more: at detail.status it is one of ['placed', 'paid'], which can't satisfy "
        "['void']\n"
        "\n"
        "1 breaking, 0 undecided, 0 not breaking\n"
    )


def test_the_page_shows_what_the_command_prints(folder: Path) -> None:
    total = r'"total\": {\"type\": \"number\"}'
    (folder / "head.json").write_text(orders("placed", "paid").replace(rf", \{total}", ""))
    page = Path(__file__).parents[3] / "docs" / "diff.md"
    shown = page.read_text().partition("```console\n")[2].partition("```")[0]

    result = diff("base.json", "head.json", "--used-by", "consumers.yaml", *WHERE)

    assert shown.partition("\n")[2] == result.stdout


def test_without_the_consumer_it_breaks_nobody() -> None:
    result = diff("base.json", "head.json", *WHERE)

    assert result.exit_code == 0
    assert result.stdout.endswith("0 breaking, 0 undecided, 1 not breaking\n")


def test_templates_of_which_nobody_says_the_account_are_compared_all_the_same() -> None:
    result = diff("base.json", "head.json")

    assert result.stdout.startswith("not breaking  event changed: orders/OrderPlaced.v1, detail.status")


def test_json_goes_to_a_file_in_a_form_with_a_version(folder: Path) -> None:
    arguments = ["--used-by", "consumers.yaml", "--format", "json", "--output", "found.json"]
    assert diff("base.json", "head.json", *arguments, *WHERE).exit_code == 1

    found = json.loads((folder / "found.json").read_text())
    assert (found["version"], found["notes"]) == (1, [])
    (difference,) = found["differences"]
    assert (difference["kind"], difference["name"], difference["path"]) == (
        "event changed",
        "orders/OrderPlaced.v1",
        "detail.status",
    )
    assert (difference["breaking"], difference["byContract"]["breaking"]) == ("yes", "no")
    assert difference["where"] == [{"account": "111111111111", "region": "eu-west-1"}]
    (use,) = difference["uses"]
    assert (use["account"], use["service"], use["rule"]) == ("222222222222", "billing", "acme-prod-billing--ship")
    assert (use["breaking"], use["file"]) == ("yes", "billing.json")


def test_markdown_has_what_breaks_in_a_table() -> None:
    result = diff("base.json", "head.json", "--used-by", "consumers.yaml", "--format", "markdown", *WHERE)

    assert result.exit_code == 1
    assert result.stdout.startswith("### EventBridge: 1 breaking, 0 undecided, 0 not breaking\n\n| what | where |")
    assert "rule 'acme-prod-billing--ship' of billing in account 222222222222" in result.stdout


def test_text_goes_to_a_file(folder: Path) -> None:
    diff("base.json", "head.json", "--output", "found.txt", *WHERE)

    assert (folder / "found.txt").read_text().endswith("0 breaking, 0 undecided, 1 not breaking\n")


@pytest.mark.parametrize(("fail_on", "code"), [("breaking", 1), ("undecided", 1), ("never", 0)])
def test_what_makes_it_fail_can_be_set(fail_on: str, code: int) -> None:
    arguments = ["--used-by", "consumers.yaml", "--fail-on", fail_on]

    assert diff("base.json", "head.json", *arguments, *WHERE).exit_code == code


def test_what_is_undecided_fails_where_that_is_asked(folder: Path) -> None:
    reads = billing("placed").replace('"Input": "{}"', '"InputPath": {"Ref": "Path"}')
    (folder / "billing.json").write_text(reads)
    (folder / "head.json").write_text(orders("placed", "paid", "void").replace("total", "sum"))
    arguments = ["base.json", "head.json", "--used-by", "consumers.yaml", *WHERE]

    lenient, strict = diff(*arguments), diff(*arguments, "--fail-on", "undecided")

    assert (lenient.exit_code, strict.exit_code) == (0, 1)
    assert "'Path' is known at deployment only" in lenient.stdout


def test_contracts_are_judged_by_themselves_where_no_consumer_was_read() -> None:
    result = diff("contracts/base", "contracts/head")

    assert result.exit_code == 1
    assert 'breaking  event changed: orders/OrderPlaced.v1, detail.status: value added: "void"' in result.stdout
    assert "No consumer's templates were read, so what breaks is what the contract says." in result.stdout


def test_contracts_are_held_against_consumers() -> None:
    result = diff("contracts/head", "contracts/base", "--used-by", "consumers.yaml")

    assert result.exit_code == 1
    assert "its event pattern matches no orders/OrderPlaced.v1 any more" in result.stdout


def test_a_convention_tells_which_unstamped_rules_get_the_event_of_a_contract(folder: Path) -> None:
    unstamped = (
        billing("placed").replace('"EventBridgePatterns"', '"Other"').replace('"Input": "{}"', '"InputPath": "$"')
    )
    (folder / "billing.json").write_text(unstamped)
    (folder / "checks.yaml").write_text("convention: {organization: acme, stage: prod}")
    arguments = ["contracts/base", "contracts/head", "--used-by", "consumers.yaml"]

    unknown, known = diff(*arguments), diff(*arguments, "--config", "checks.yaml")

    assert (unknown.exit_code, known.exit_code) == (0, 1)
    assert "its contract says neither source nor detail-type" in unknown.stdout
    assert "rule 'acme-prod-billing--ship' in account 222222222222" in known.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.json", "head.json"], "'missing.json' can't be read: No such file or directory"),
        (["base.json", "contracts/head"], "BASE and HEAD must both be folders of contracts, or neither"),
        (["contracts/base", "missing"], "'missing' can't be read: No such file or directory"),
        (["contracts/base", "contracts/bad"], "'contracts/bad/orders/OrderPlaced.v1.json': "),
        (["contracts", "contracts/base"], "'contracts/bad/orders/OrderPlaced.v1.json': "),
        (["base.json", "head.json", "--used-by", "contracts"], "'contracts' must be an assembly"),
        (["base.json", "head.json", "--region", "nowhere"], "region must be"),
        (["one.yaml", "one.yaml", "--used-by", "other.yaml"], "estate files must name one organisation"),
        (["base.json", "head.json", "--output", "no/such/file"], "'no/such/file' can't be written"),
    ],
)
def test_what_can_not_be_read_is_said(arguments: list[str], said: str) -> None:
    result = diff(*arguments)

    assert isinstance(result.exception, EventBridgePatternsError)
    assert said in str(result.exception)


def test_in_a_process_of_its_own_that_is_one_line_and_exit_code_2(folder: Path) -> None:
    result = called(folder, "diff", "base.json", "contracts/bad")

    assert result.returncode == 2
    assert result.stderr.startswith("cdk-eventbridge: BASE and HEAD must both be folders of contracts")
    assert result.stderr.count("\n") == 1


def test_in_a_process_of_its_own_what_breaks_is_exit_code_1(folder: Path) -> None:
    assert called(folder, "diff", "base.json", "head.json", "--used-by", "consumers.yaml", *WHERE).returncode == 1


def test_a_stack_that_is_compared_is_not_a_consumers_too(folder: Path) -> None:
    """An estate file of everybody, as a platform team has it, holds the producer's stack as it was."""
    (folder / "estate.yaml").write_text(
        ESTATE + '  - {path: base.json, account: "111111111111", region: eu-west-1, stack: orders}\n'
    )

    result = diff("base.json", "head.json", "--used-by", "estate.yaml", *WHERE)

    assert result.stdout.count("event changed") == 1
    assert result.exit_code == 1
