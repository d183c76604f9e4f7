"""A Python that the emulator runs on, wherever this machine keeps one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

VERSION = "3.13"
"""The one it runs on: it needs what is new there, says that it runs on older ones, and was not tried on newer ones."""

NEEDED = f"Python {VERSION}"
LOOKED_IN = f"looked for python{VERSION} on the PATH, and among those of pyenv and uv"

_ASK = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"


def find_interpreter() -> Path | None:
    """Return a Python of this version that can make virtual environments; nothing where there is none."""
    return next((each for each in _candidates() if _version(each) == VERSION), None)


def _candidates() -> Iterator[Path]:
    yield from _on_path(f"python{VERSION}")
    yield from _of_pyenv()
    yield from _of_uv()
    yield Path(sys.executable)
    yield from _on_path("python3")


def _on_path(name: str) -> Iterator[Path]:
    found = shutil.which(name)
    if found:
        yield Path(found)


def _of_pyenv() -> Iterator[Path]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(root.glob(f"versions/{VERSION}.*/bin/python"), reverse=True)


def _of_uv() -> Iterator[Path]:
    uv = shutil.which("uv")
    answer = _answer(uv, "python", "find", "--no-project", VERSION) if uv else None
    if answer:
        yield Path(answer)


def _version(python: Path) -> str | None:
    return _answer(str(python), "-I", "-c", _ASK)


def _answer(*command: str) -> str | None:
    """Return what a command prints; nothing where it fails, as the stand-ins of pyenv do."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - our own words
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
