"""`cdk-eventbridge diagram`, and `diff` as a picture, as they are called."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.unit.cli.called import called
from tests.unit.cli.test_diff import WHERE, billing, orders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orders.json").write_text(orders("placed", "paid"))
    (tmp_path / "billing.json").write_text(billing("paid"))
    (tmp_path / "estate.yaml").write_text(
        json.dumps(
            {
                "sources": [
                    {"path": "orders.json", "account": "111111111111", "region": "eu-west-1"},
                    {"path": "billing.json", "account": "222222222222", "region": "eu-west-1"},
                ]
            }
        )
    )
    return tmp_path


def diagram(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return called(folder, "diagram", "estate.yaml", *arguments)


def texts(svg: str) -> set[str]:
    return {each.text or "" for each in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")}  # noqa: S314


def test_all_accounts_are_drawn_and_counted_in_the_title(folder: Path) -> None:
    result = diagram(folder)

    assert (result.returncode, result.stderr) == (0, "")
    shown = texts(result.stdout)
    assert {"2 accounts, 1 bus, 1 rule", "acme-prod-orders", "acme-prod-billing--ship", "invoices"} <= shown


def test_a_picture_can_have_a_title_and_be_written_to_a_file(folder: Path) -> None:
    result = diagram(folder, "--title", "Acme", "--output", "acme.svg")

    assert result.stdout == ""
    assert "Acme" in texts((folder / "acme.svg").read_text())


def test_findings_are_drawn_save_those_that_somebody_acknowledged(folder: Path) -> None:
    entry = {"id": "DLV001", "where": "*", "reason": "lost on purpose"}
    (folder / "checks.yaml").write_text(json.dumps({"acknowledgements": [entry]}))

    drawn, acknowledged = diagram(folder), diagram(folder, "--config", "checks.yaml")

    assert "DLV001" in drawn.stdout
    assert "DLV001" not in acknowledged.stdout


def test_one_box_for_each_service_and_less_than_all_can_be_asked_for(folder: Path) -> None:
    boxes, narrowed = diagram(folder, "--detail", "services"), diagram(folder, "--only", "acme-prod-orders")

    assert "1 bus, 1 rule" in texts(boxes.stdout)
    assert "invoices" not in texts(narrowed.stdout)
    assert "acme-prod-orders" in texts(narrowed.stdout)


def test_mermaid_can_be_asked_for(folder: Path) -> None:
    assert diagram(folder, "--format", "mermaid").stdout.startswith("flowchart LR\n")


def test_what_is_nowhere_in_the_picture_is_told_in_one_line(folder: Path) -> None:
    result = diagram(folder, "--only", "shipping")

    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "only must be an event, a service, an account or a name in the picture" in result.stderr


def test_a_file_that_can_not_be_written_is_told_in_one_line(folder: Path) -> None:
    result = diagram(folder, "--output", "nowhere/acme.svg")

    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert "'nowhere/acme.svg' can't be written" in result.stderr


def test_more_than_twelve_services_are_drawn_as_boxes_unless_all_is_asked_for(folder: Path) -> None:
    accounts = [f"{index:012}" for index in range(13)]
    for account in accounts:
        (folder / f"{account}.json").write_text(orders("placed"))
    sources = [{"path": f"{account}.json", "account": account, "region": "eu-west-1"} for account in accounts]
    (folder / "estate.yaml").write_text(json.dumps({"sources": sources}))

    boxes, everything = diagram(folder), diagram(folder, "--detail", "all")

    assert "1 bus" in texts(boxes.stdout)
    assert "1 bus" not in texts(everything.stdout)


@pytest.mark.parametrize("form", ["svg", "mermaid"])
def test_a_difference_can_be_a_picture(folder: Path, form: str) -> None:
    (folder / "after.json").write_text(orders("placed"))

    result = called(folder, "diff", "orders.json", "after.json", "--used-by", "billing.json", *WHERE, "--format", form)

    assert (result.returncode, result.stderr) == (1, "")
    assert "EventBridge" in result.stdout
    assert "1 breaking" in result.stdout
    assert "acme-prod-billing" in result.stdout


def test_the_page_is_one_document_with_all_findings_in_it(folder: Path) -> None:
    result = diagram(folder, "--format", "html", "--title", "Acme")

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("<!doctype html>")
    assert "<title>Acme</title>" in result.stdout
    assert '"check":"DLV001"' in result.stdout


@pytest.mark.parametrize(("option", "value"), [("only", "placed"), ("detail", "services")])
def test_the_page_shows_all_and_takes_nothing_that_leaves_something_out(folder: Path, option: str, value: str) -> None:
    result = diagram(folder, "--format", "html", f"--{option}", value)

    assert result.returncode == 2
    assert result.stderr.startswith(f"cdk-eventbridge: {option} must be left out with --format html")
