"""The page as one HTML document."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.diagrams.folded import folded, is_large
from cdk_eventbridge_patterns.diagrams.page.contents import contents_of
from cdk_eventbridge_patterns.diagrams.page.wheel import wheel_of
from cdk_eventbridge_patterns.diagrams.picture_of import picture_of
from cdk_eventbridge_patterns.diagrams.svg import nodes_of, svg_of
from cdk_eventbridge_patterns.diagrams.svg import style as picture_style
from cdk_eventbridge_patterns.topology.topology import Topology

_SCRIPTS = (
    "dom.js",
    "data.js",
    "state.js",
    "lit.js",
    "scenes.js",
    "drawing.js",
    "search.js",
    "trace.js",
    "about.js",
    "consumers.js",
    "findings.js",
    "access.js",
    "page.js",
)
"""The parts of the one script, in the order in which they know each other."""

_IN_SCRIPTS = str.maketrans({each: f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"})
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_VARIABLE = re.compile(r"(--[\w-]+): (#[0-9a-f]{6});")


def page_of(topology: Topology, findings: Sequence[Finding] = (), *, title: str = "EventBridge topology") -> str:
    """Return the page: one document, which loads nothing and runs no script but its own.

    Args:
        topology: All that was read.

        findings: What checks said of it. Default: nothing.

        title: What it is called.

    Raises:
        DiagramError: If Graphviz, which lays the picture out, is not installed.
    """
    picture = picture_of(topology, findings, title=title)
    boxes = folded(picture)
    large = is_large(boxes)
    drawn = picture_style()
    style = f"main {{\n{drawn}}}\n{_palette(drawn)}{_read('page.css')}"
    script = "".join(map(_read, _SCRIPTS))
    return Template(_read("page.html")).substitute(
        title=escape(title),
        policy=_policy(style, script),
        style=style,
        script=script,
        drawing=wheel_of(boxes) if large else _STYLE.sub("", svg_of(picture, bare=True)),
        parts=f'<div id="parts" hidden>{nodes_of(picture)}</div>' if large else "",
        data=as_json(contents_of(topology, picture, findings, boxes if large else None)),
    )


def as_json(data: Mapping[str, Any]) -> str:
    """Return *data* as JSON that may stand in a script element: whatever names hold, it ends nothing."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPTS)


def _policy(style: str, script: str) -> str:
    """Return the content security policy: nothing but this style and this script, and no connection anywhere."""
    own = f"style-src {_digest(style)}; script-src {_digest(script)}"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _palette(style: str) -> str:
    """Return the colours of the picture for the whole page, those of light and dark in one, as the page can switch."""
    colours: dict[str, list[str]] = {}
    for name, colour in _VARIABLE.findall(style):
        colours.setdefault(name, []).append(colour)
    lines = "".join(f"  {name}: light-dark({', '.join(both)});\n" for name, both in colours.items())
    return f":root, .picture svg {{\n{lines}}}\n"


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
