"""What pages show of a command and what it prints is what there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cdk_eventbridge_patterns.cli.app import app

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE_PLACE = ("--account", "111111111111", "--region", "eu-west-1")


def examples_of(page: str, command: str) -> list[object]:
    """Return the commands that a page shows, each with the files that it reads and what it prints."""
    text = (DOCS / page).read_text(encoding="utf-8")
    files = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", text, re.DOTALL))
    shown = re.findall(rf"```console\n\$ cdk-eventbridge ({command})\n(.*?)```", text, re.DOTALL)
    assert shown, f"{page} shows no command"
    return [pytest.param(files, typed, printed, id=typed) for typed, printed in shown]


EXAMPLES = [
    *examples_of("adoption.md", r"adopt [^\n]*"),
    *examples_of("who.md", r"who [^\n]*estate\.yaml[^\n]*"),
    *examples_of("catalog.md", r"catalog shop\.yaml [^\n]*"),
]


@pytest.mark.parametrize(("files", "command", "shown"), EXAMPLES)
def test_the_command_prints_what_the_page_shows(
    files: dict[str, str], command: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(app, shlex.split(command))

    assert (result.exit_code, result.output) == (1 if "--into" in command else 0, shown)


def test_a_page_of_the_catalogue_is_as_the_docs_show_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (DOCS / "catalog.md").read_text(encoding="utf-8")
    (tmp_path / "shop.yaml").write_text(re.findall(r"```yaml\n# shop\.yaml\n(.*?)```", text, re.DOTALL)[0])
    (shown,) = re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(tmp_path)

    CliRunner().invoke(app, ["catalog", "shop.yaml", *EXAMPLE_PLACE, "--output", "catalogue"])

    assert (tmp_path / "catalogue" / "events" / "OrderPlaced-of-shop.md").read_text(encoding="utf-8") == shown
