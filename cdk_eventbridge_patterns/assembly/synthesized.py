"""Sources that are an app of the CDK, without importing the CDK."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def path_of(source: Any) -> Path:  # noqa: ANN401 - a CDK app, or a path
    """Return the path of *source*; an app or a stage is known by its `synth`, and is synthesized."""
    return Path(source.synth().directory) if hasattr(source, "synth") else Path(source)
