"""The test functions that hold facts, found by name."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_FOLDERS = ("tests/unit/simulation",)


@cache
def holders() -> dict[str, list[str]]:
    """Return the files of each test function, relative to the project."""
    found: dict[str, list[str]] = {}
    for folder in _FOLDERS:
        for file in sorted((_ROOT / folder).rglob("test_*.py")):
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    found.setdefault(node.name, []).append(file.relative_to(_ROOT).as_posix())
    return found
