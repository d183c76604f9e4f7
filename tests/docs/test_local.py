"""The page on deployments lists every correction of the emulator."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORRECTIONS = ROOT / "cdk_eventbridge_patterns" / "local" / "inside" / "corrections"
FILES = [file for file in sorted(CORRECTIONS.glob("*.py")) if file.stem != "__init__"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_a_correction_is_on_the_page_and_says_what_is_shipped_and_where_aws_says_otherwise(file: Path) -> None:
    page = (ROOT / "docs" / "local.md").read_text(encoding="utf-8")

    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""

    first, _, rest = said.partition("\n")
    assert f"| {first} |" in page
    assert rest.strip().startswith("As shipped")
    assert "https://docs.aws.amazon.com/" in rest


def test_every_correction_is_applied() -> None:
    applied = (CORRECTIONS / "__init__.py").read_text(encoding="utf-8")

    (names,) = (line for line in applied.splitlines() if line.startswith("ALL = "))
    assert sorted(names.removeprefix("ALL = (").removesuffix(")").split(", ")) == [file.stem for file in FILES]
