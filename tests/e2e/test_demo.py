"""The demo, with the CDK's own command line: bootstrapped, deployed, used and destroyed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not (ROOT / "node_modules/.bin/cdk").exists(), reason="`make e2e` installs the CDK's CLI")
def test_the_demo_comes_to_its_end(assemblies: Path) -> None:
    command = [sys.executable, "-m", "examples.demo", str(assemblies / "reference")]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own words

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing is left in any account" in done.stdout
    assert "Deployed to 3 accounts" in done.stdout
