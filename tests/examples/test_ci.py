"""The workflow that others copy calls what there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from cdk_eventbridge_patterns.cli.app import app

WORKFLOW = Path(__file__).parents[2] / "examples" / "ci" / "eventbridge-checks.yml"


@pytest.fixture
def steps() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(WORKFLOW.read_text())["jobs"]["check"]["steps"]
    return found


def test_the_command_it_runs_has_all_its_options(steps: list[dict[str, Any]]) -> None:
    (line,) = [step["run"] for step in steps if step.get("run", "").startswith("cdk-eventbridge ")]
    _, name, *arguments = line.split()

    command = get_command(app).commands[name]  # type: ignore[attr-defined]

    options = {option for parameter in command.params for option in parameter.opts}
    assert {argument for argument in arguments if argument.startswith("--")} <= options


def test_findings_are_uploaded_where_the_check_fails(steps: list[dict[str, Any]]) -> None:
    (upload,) = [step for step in steps if "upload-sarif" in step.get("uses", "")]

    assert upload["if"] == "always()"
    assert upload["with"]["sarif_file"] in [word for step in steps for word in step.get("run", "").split()]
