"""What pages show of a command and what it prints is what there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cdk_eventbridge_patterns.cli.app import app

DOCS = Path(__file__).parents[2] / "docs"


def examples_of(page: str, command: str) -> list[object]:
    """Return the commands that a page shows, each with the files that it reads and what it prints."""
    text = (DOCS / page).read_text(encoding="utf-8")
    files = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", text, re.DOTALL))
    shown = re.findall(rf"```console\n\$ cdk-eventbridge ({command})\n(.*?)```", text, re.DOTALL)
    assert shown, f"{page} shows no command"
    return [pytest.param(files, typed, printed, id=typed) for typed, printed in shown]


EXAMPLES = [*examples_of("adoption.md", r"adopt [^\n]*"), *examples_of("who.md", r"who [^\n]*estate\.yaml[^\n]*")]


@pytest.mark.parametrize(("files", "command", "shown"), EXAMPLES)
def test_the_command_prints_what_the_page_shows(
    files: dict[str, str], command: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(app, shlex.split(command))

    assert (result.exit_code, result.output) == (1 if "--into" in command else 0, shown)
