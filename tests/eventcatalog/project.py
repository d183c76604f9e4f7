"""EventCatalog, installed apart, and what it builds of a catalogue of ours."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from shutil import rmtree
from typing import Any

INSTALLED = Path(__file__).parents[2] / ".eventcatalog"
_MODULES = INSTALLED / "node_modules"

# A build must need no network: whoever tries fails.
_OFFLINE = "--import data:text/javascript,globalThis.fetch=async()=>{throw(new(Error)('offline'))}"
_QUIET = {"NODE_OPTIONS": _OFFLINE, "NO_UPDATE_NOTIFIER": "1", "NO_COLOR": "1", "ASTRO_TELEMETRY_DISABLED": "1"}

_CLOCK = re.compile(r"^\d\d:\d\d:\d\d ?")
_DURATION = re.compile(r" ?\(\+\d+ms\)| in [\dms. ]+$")
_NOT_TEXT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)


def is_installed() -> bool:
    """Return whether `make eventcatalog` installed it."""
    return (INSTALLED / ".installed").exists()


def new_project() -> Path:
    """Return an empty folder beside what is installed: its build takes no link to that for it."""
    project = INSTALLED / "catalog"
    if project.exists():
        rmtree(project)
    project.mkdir()
    return project


def build(project: Path) -> subprocess.CompletedProcess[str]:
    """Build a project, offline, and return how that went."""
    return subprocess.run(  # noqa: S603 - our own words
        [str(_MODULES / ".bin" / "eventcatalog"), "build"],
        cwd=project,
        env={**os.environ, **_QUIET},
        capture_output=True,
        text=True,
        check=False,
    )


def without_times(log: str) -> Iterator[str]:
    """Return the lines of a log without what differs from run to run."""
    for line in log.splitlines():
        yield _DURATION.sub("", _CLOCK.sub("", line)).rstrip()


def text_of(page: Path) -> str:
    """Return what a reader sees of a page."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", _NOT_TEXT.sub("", page.read_text(encoding="utf-8")))).split())


def links_of(page: Path) -> set[str]:
    """Return where the links of a page lead."""
    return set(re.findall(r'href="([^"]*)"', page.read_text(encoding="utf-8")))


def asyncapi_schema() -> dict[str, Any]:
    """Return the JSON Schema of AsyncAPI 3.0 documents, as its makers publish it."""
    schema: dict[str, Any] = json.loads((_MODULES / "@asyncapi" / "specs" / "schemas" / "3.0.0.json").read_text())
    return schema
