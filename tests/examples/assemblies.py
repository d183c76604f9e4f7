"""The assemblies of all examples, made by a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.examples.synthesize import BUILDERS

ROOT = Path(__file__).parents[2]

# The folder of each, below the one that all are made in.
EXAMPLES = ("reference", *BUILDERS, "pipeline")


def synthesize_all(folder: Path) -> None:
    """Make an assembly of each example below *folder*, with the CDK's own validation of templates on."""
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    environment = {key: value for key, value in os.environ.items() if key != "CDK_VALIDATION"} | {
        "CDK_OUTDIR": str(folder / "reference"),
        "CDK_CONTEXT_JSON": json.dumps(context),
    }
    command = [sys.executable, "-m", "tests.examples.synthesize", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)  # noqa: S603


def templates(assembly: Path) -> list[Path]:
    """Return all templates of an assembly, those of stages and nested stacks too."""
    return sorted(assembly.rglob("*.template.json"))
