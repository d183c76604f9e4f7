"""A Python for the emulator is found wherever it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cdk_eventbridge_patterns.errors import EmulatorError
from cdk_eventbridge_patterns.local import find_interpreter, install
from cdk_eventbridge_patterns.local.installation import PINS, is_installed


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on its path, and this Python an old one."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    return tmp_path


def test_there_is_none_on_a_bare_machine(bare: Path) -> None:
    assert bare.is_dir()
    assert find_interpreter() is None


@pytest.mark.parametrize("where", ["bin/python3.13", "bin/python3", "pyenv/versions/3.13.0/bin/python"])
def test_it_is_found_on_the_path_and_with_pyenv(bare: Path, where: str) -> None:
    python = _python(bare / where, "3.13")

    assert find_interpreter() == python


def test_it_is_found_with_uv(bare: Path) -> None:
    python = _python(bare / "kept" / "python", "3.13")
    _program(bare / "bin" / "uv", f"echo {python}")

    assert find_interpreter() == python


def test_the_stand_in_of_pyenv_for_a_version_that_is_not_chosen_is_passed_over(bare: Path) -> None:
    _program(bare / "bin" / "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    python = _python(bare / "pyenv/versions/3.13.0/bin/python", "3.13")

    assert find_interpreter() == python


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.14"])
def test_one_of_another_version_does_not_do(bare: Path, version: str) -> None:
    _python(bare / "bin" / "python3", version)

    assert find_interpreter() is None


def test_installing_without_one_says_what_is_needed_and_where_it_was_looked_for(bare: Path) -> None:
    with pytest.raises(EmulatorError, match=r"needs Python 3\.13, .* on the PATH, .* pyenv and uv"):
        install(bare / "emulator")


def test_an_emulator_in_other_versions_counts_as_not_installed(tmp_path: Path) -> None:
    (tmp_path / "installed.txt").write_text("localemu==1.0.0\n")

    assert not is_installed(tmp_path)


def test_what_is_installed_is_pinned_without_saying_from_where() -> None:
    lines = [line for line in PINS.read_text().splitlines() if not line.startswith("#")]

    assert "localemu==1.3.2" in lines
    assert [line for line in lines if line.count("==") != 1 or "/" in line or "@" in line] == []


def _python(file: Path, version: str) -> Path:
    return _program(file, f"echo {version}")


def _program(file: Path, does: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{does}\n")
    file.chmod(0o755)
    return file
