"""Graphviz, in a process of its own: where it gives up, it takes its process with it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from cdk_eventbridge_patterns.errors import DiagramError

_LAY_OUT = """
import json, sys, warnings
from pygraphviz import AGraph
warnings.simplefilter("ignore")
for dot in json.load(sys.stdin):
    print(json.dumps(json.loads(AGraph(string=dot).draw(format="json0", prog="dot"))))
"""


def check_installed() -> None:
    """Refuse to go on without Graphviz.

    Raises:
        DiagramError: If it is not installed.
    """
    if find_spec("pygraphviz") is None:
        raise DiagramError(
            "this picture must be laid out by Graphviz, which is not installed: "
            "pip install 'cdk-eventbridge-patterns[diagrams]', or ask for --format mermaid"
        )


def lay_out(dots: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return what Graphviz makes of graphs in its own language, as its JSON says it; a process does them all.

    https://graphviz.org/docs/outputs/json/

    Raises:
        DiagramError: If Graphviz is not installed, or can't lay it out.
    """
    check_installed()
    done = subprocess.run(  # noqa: S603 - our own Python
        [sys.executable, "-c", _LAY_OUT], input=json.dumps(dots), capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        raise DiagramError(
            f"Graphviz could not lay out the picture and said {said!r}; "
            "ask for --detail services, for less by --only, or for --format mermaid"
        )
    return [json.loads(line) for line in done.stdout.splitlines()]
