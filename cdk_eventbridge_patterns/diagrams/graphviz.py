"""Graphviz, in a process of its own: where it gives up, it takes its process with it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from cdk_eventbridge_patterns.errors import DiagramError

_LAY_OUT = """
import sys, warnings
from pygraphviz import AGraph
warnings.simplefilter("ignore")
sys.stdout.buffer.write(AGraph(string=sys.stdin.read()).draw(format="json0", prog="dot"))
"""


def lay_out(dot: str) -> Mapping[str, Any]:
    """Return what Graphviz makes of a graph in its own language, as its JSON says it.

    https://graphviz.org/docs/outputs/json/

    Raises:
        DiagramError: If Graphviz is not installed, or can't lay it out.
    """
    if find_spec("pygraphviz") is None:
        raise DiagramError(
            "this picture must be laid out by Graphviz, which is not installed: "
            "pip install 'cdk-eventbridge-patterns[diagrams]', or ask for --format mermaid"
        )
    done = subprocess.run(  # noqa: S603 - our own Python
        [sys.executable, "-c", _LAY_OUT], input=dot, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        raise DiagramError(
            f"Graphviz could not lay out the picture and said {said!r}; "
            "ask for --detail services, for less by --only, or for --format mermaid"
        )
    laid_out: Mapping[str, Any] = json.loads(done.stdout)
    return laid_out
