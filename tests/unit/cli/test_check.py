"""The command, as it is called: in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.called import called

CLEAN = '{"Resources": {"Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "acme-prod-orders"}}}}'
PUBLIC = {
    "Type": "AWS::Events::EventBusPolicy",
    "Properties": {
        "EventBusName": "acme-prod-orders",
        "StatementId": "public",
        "Statement": {"Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": "*"},
    },
}
FAULTY = json.dumps({"Resources": {**json.loads(CLEAN)["Resources"], "Public": PUBLIC}})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clean.json").write_text(CLEAN)
    (tmp_path / "faulty.json").write_text(FAULTY)
    return tmp_path


def test_a_clean_template_is_exit_code_0(folder: Path) -> None:
    result = called(folder, "check", "clean.json")

    assert (result.returncode, result.stdout, result.stderr) == (0, "0 errors, 0 warnings\n", "")


def test_a_finding_is_exit_code_1_with_place_and_fix(folder: Path) -> None:
    result = called(folder, "check", "faulty.json")

    assert result.returncode == 1
    assert "error ACC001 faulty.json/Public (Statement)" in result.stdout
    assert "fix: name the accounts, or add aws:PrincipalOrgID with the id of your organisation" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "missing.json"], "'missing.json' can't be read: No such file or directory"),
        (["check", "."], "'.' must be an assembly"),
        (["check", "clean.json", "--account", "12"], "account must be a 12-digit account id"),
        (
            ["check", "clean.json", "--config", "faulty.json"],
            "must be a configuration file: Resources: Extra",
        ),
        (["check", "clean.json", "--baseline", "clean.json"], "'clean.json' must be a baseline"),
        (["check", "clean.json", "--format", "json", "--output", "no/such/file"], "'no/such/file' can't be written"),
        (["explain", "DLV1"], "ID must be that of a check"),
    ],
)
def test_what_can_not_be_read_is_one_line_and_exit_code_2(folder: Path, arguments: list[str], said: str) -> None:
    result = called(folder, *arguments)

    assert result.returncode == 2
    assert result.stderr.startswith("cdk-eventbridge: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_unknown_option_is_exit_code_2(folder: Path) -> None:
    assert called(folder, "check", "clean.json", "--nonsense").returncode == 2


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_from_what_on_it_fails_can_be_set(folder: Path, fail_on: str, code: int) -> None:
    assert called(folder, "check", "faulty.json", "--fail-on", fail_on).returncode == code


def test_a_baseline_lets_what_was_there_pass_and_finds_what_is_new(folder: Path) -> None:
    assert called(folder, "check", "faulty.json", "--write-baseline", "baseline.json").returncode == 0
    assert called(folder, "check", "faulty.json", "--baseline", "baseline.json").returncode == 0

    (folder / "faulty.json").write_text(FAULTY.replace('"Public"', '"Another"'))
    result = called(folder, "check", "faulty.json", "--baseline", "baseline.json")

    assert result.returncode == 1
    assert "in the baseline are found no more" in result.stdout


def test_a_configuration_sets_levels_acknowledges_and_adds_checks(folder: Path) -> None:
    (folder / "acme_checks.py").write_text(
        """
from cdk_eventbridge_patterns.checks import Severity, TopologyCheck

class NoBus(TopologyCheck):
    id = "ACME001"
    severity = Severity.WARNING
    fix = "have none"

    def findings(self, topology):
        for bus in topology.buses:
            yield self.finding(bus.location, f"bus {bus.name!r} is one too many")
"""
    )
    (folder / "checks.yaml").write_text(
        """
levels: {ACC009: "off"}
checks: ["acme_checks:NoBus"]
acknowledgements:
  - {id: ACC001, where: "*/Public", reason: a public bus, owner: team-orders, expires: 2099-01-01}
"""
    )

    result = called(folder, "check", "faulty.json", "--config", "checks.yaml")

    assert result.returncode == 0
    assert "warning ACME001 faulty.json/Bus" in result.stdout
    assert result.stdout.endswith("0 errors, 1 warning, 1 acknowledged, 0 known from the baseline\n")


def test_sarif_goes_to_a_file(folder: Path) -> None:
    assert called(folder, "check", "faulty.json", "--format", "sarif", "--output", "found.sarif").returncode == 1

    log = json.loads((folder / "found.sarif").read_text())
    assert "ACC001" in {result["ruleId"] for result in log["runs"][0]["results"]}


def test_explain_prints_the_page_of_a_check(folder: Path) -> None:
    result = called(folder, "explain", "dlv001")

    assert result.returncode == 0
    assert "Why this matters" in result.stdout


def test_it_starts_without_node_the_cdk_and_sam(folder: Path) -> None:
    code = (
        "import sys\n"
        "from cdk_eventbridge_patterns.cli.check import Check\n"
        "Check(paths=['faulty.json']).run(form='json', output=None, fail_on='error', show_undecided=False)\n"
        "loaded = {'aws_cdk', 'jsii', 'constructs', 'cdk_nag', 'samtranslator', 'boto3'} & set(sys.modules)\n"
        "sys.exit(f'loaded {loaded}' if loaded else 0)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603

    assert (result.returncode, result.stderr) == (0, "")
