"""The command as a user calls it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def called(folder: Path, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Call `cdk-eventbridge` in *folder*, in plain text of a known width; *given* is its standard input."""
    command = [sys.executable, "-m", "cdk_eventbridge_patterns.cli", *arguments]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120", "PYTHONUTF8": "1"}
    return subprocess.run(  # noqa: S603
        command, cwd=folder, input=given, capture_output=True, text=True, check=False, env=environment
    )
