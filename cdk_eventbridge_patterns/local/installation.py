"""The emulator, installed into an environment of its own, which shares nothing with that of the library."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from cdk_eventbridge_patterns.errors import EmulatorError
from cdk_eventbridge_patterns.local.interpreter import LOOKED_IN, NEEDED, find_interpreter

PINS = Path(__file__).with_name("emulator-constraints.txt")
"""The emulator and all it needs, each in the version that was tried."""

FOLDER = Path(".emulator")
"""Where it is installed, in the folder that tests and demos are run from."""

_LAST_LINES = 12


def install(folder: Path = FOLDER) -> Path:
    """Return the Python of the emulator, which is installed if it is not yet there; that takes a minute or two.

    Args:
        folder: Where it is, or shall be. Default: `.emulator` in the current folder.

    Raises:
        EmulatorError: If there is no Python that it runs on, or it can't be installed.
    """
    python = folder.absolute() / "bin" / "python"
    if is_installed(folder):
        return python
    interpreter = find_interpreter()
    if interpreter is None:
        raise EmulatorError(f"the emulator needs {NEEDED}, and there is none: {LOOKED_IN}")
    shutil.rmtree(folder, ignore_errors=True)
    _run([str(interpreter), "-m", "venv", str(folder)])
    _run([str(python), "-m", "pip", "install", "--quiet", "--requirement", str(PINS)])
    _mark(folder).write_bytes(PINS.read_bytes())
    return python


def is_installed(folder: Path = FOLDER) -> bool:
    """Return whether the emulator is in *folder*, in these versions."""
    mark = _mark(folder)
    return mark.is_file() and mark.read_bytes() == PINS.read_bytes()


def _mark(folder: Path) -> Path:
    return folder / "installed.txt"


def _run(command: list[str]) -> None:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603 - our own words
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-_LAST_LINES:])
        raise EmulatorError(f"the emulator can't be installed: {' '.join(command)}\n{said}")
