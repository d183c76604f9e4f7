"""`cdk-eventbridge usage`, as it is called."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.unit.cli.called import called
from tests.unit.cli.test_who import ENVIRONMENT, ORDERS_BUS, TEMPLATE


def usage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return called(folder, "usage", *arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orders.json").write_text(json.dumps(TEMPLATE))
    return tmp_path


def test_the_figures_stand_in_tables_beside_the_quotas(folder: Path) -> None:
    result = usage(folder, *ENVIRONMENT)

    assert (result.returncode, result.stderr) == (0, "")
    (row,) = [line.split() for line in result.stdout.splitlines() if "acme-prod-orders" in line]
    assert row[:2] == ["acme-prod-orders", "111111111111"]
    assert " ".join(row[3:]) == "of 10,240 1 of 300 1 0"


def test_the_figures_as_json_have_their_documented_form(folder: Path) -> None:
    result = usage(folder, *ENVIRONMENT, "--format", "json")

    answer = json.loads(result.stdout)
    (bus,) = answer["buses"]
    characters = bus["policy"].pop("characters")
    assert answer == {"version": 1, "buses": [bus], "billed": {"111111111111": 1}}
    assert bus == {
        "bus": ORDERS_BUS,
        "policy": {"quota": 10240},
        "rules": {"count": 1, "quota": 300},
        "events": [{"event": "orders/OrderPlaced.v1", "publisher": "111111111111", "moves": 0}],
    }
    statements = [TEMPLATE["Resources"][each]["Properties"]["Statement"] for each in ("Publish", "Subscribe")]
    policy = {"Version": "2012-10-17", "Statement": statements}
    assert characters == len(json.dumps(policy, separators=(",", ":")))


def test_what_can_not_be_read_is_told_in_one_line(folder: Path) -> None:
    result = usage(folder, "nowhere")

    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "nowhere" in result.stderr
