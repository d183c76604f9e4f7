"""What lock files pin, they pin without saying where anything is."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("file", ["package-lock.json", "tests/eventcatalog/package-lock.json"])
def test_a_lock_file_has_versions_and_no_addresses(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")

    assert '"integrity"' in text
    assert "://" not in text
