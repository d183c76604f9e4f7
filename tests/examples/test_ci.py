"""The workflows that others copy call what there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from cdk_eventbridge_patterns.cli.app import app

FOLDER = Path(__file__).parents[2] / "examples" / "ci"
CHECKS, DIFF = FOLDER / "eventbridge-checks.yml", FOLDER / "eventbridge-diff.yml"


def steps_of(workflow: Path) -> list[dict[str, Any]]:
    (job,) = yaml.safe_load(workflow.read_text())["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def command_of(workflow: Path) -> list[str]:
    """The words of the one line that calls our command."""
    (line,) = [step["run"] for step in steps_of(workflow) if step.get("run", "").startswith("cdk-eventbridge ")]
    return str(line).split()


def test_every_workflow_is_tested() -> None:
    assert sorted(FOLDER.iterdir()) == [CHECKS, DIFF]


@pytest.mark.parametrize("workflow", [CHECKS, DIFF], ids=lambda file: file.stem)
def test_the_command_it_runs_has_all_its_options(workflow: Path) -> None:
    _, name, *arguments = command_of(workflow)

    command = get_command(app).commands[name]  # type: ignore[attr-defined]

    options = {option for parameter in command.params for option in parameter.opts}
    assert {argument for argument in arguments if argument.startswith("--")} <= options


def test_findings_are_uploaded_where_the_check_fails() -> None:
    (upload,) = [step for step in steps_of(CHECKS) if "upload-sarif" in step.get("uses", "")]

    assert upload["if"] == "always()"
    assert upload["with"]["sarif_file"] in command_of(CHECKS)


def test_differences_are_told_on_the_pull_request_where_somebody_breaks() -> None:
    (comment,) = [step["run"] for step in steps_of(DIFF) if step.get("run", "").startswith("gh pr comment ")]
    *_, file = command_of(DIFF)

    assert comment.endswith(f"--body-file {file}")
    assert any(str(step.get("if", "")).startswith("always()") for step in steps_of(DIFF))


def test_both_branches_are_synthesized_before_they_are_compared() -> None:
    steps = steps_of(DIFF)
    folders = {f"{step['working-directory']}/cdk.out" for step in steps if "synth" in step.get("run", "")}

    assert folders == set(command_of(DIFF)[2:4])
