"""Starts the emulator with our corrections. Run by path, by the emulator's own Python.

This library is not installed there. It is found by the place of this file and not by a search path, which would let in
packages of another Python.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from pathlib import Path
from threading import Thread

PACKAGE = Path(__file__).parents[2]


def main() -> None:
    """Correct the emulator and run it, until it is stopped or whoever started it is gone."""
    Thread(target=_end_with_parent, daemon=True).start()
    _make_importable(PACKAGE)
    correct = importlib.import_module(f"{PACKAGE.name}.local.inside.corrections").correct
    correct()
    importlib.import_module("localemu.runtime.main").main()


def _end_with_parent() -> None:
    """Wait for the end of the standard input, which the parent holds, and end all that was started here."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.killpg(0, signal.SIGKILL)


def _make_importable(package: Path) -> None:
    file = package / "__init__.py"
    spec = importlib.util.spec_from_file_location(package.name, file, submodule_search_locations=[str(package)])
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} can't be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[package.name] = module
    spec.loader.exec_module(module)


if __name__ == "__main__":
    main()
