"""The browser that the page is looked at with: a real Chromium, without a window."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "node_modules"

# What unpacks the Chromium of the npm package, which needs no root, and prints where it is.
_UNPACK = 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath()).then(console.log)'

_QUIETLY = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@cache
def executable() -> str | None:
    """Return where a Chromium is: what CHROMIUM says, one on the PATH, or that of the npm package; nothing if none."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return named or _unpacked()


def _unpacked() -> str | None:
    node = ROOT / ".venv" / "bin" / "node"
    if not (MODULES / "@sparticuz" / "chromium").is_dir() or not node.exists():
        return None
    folder = MODULES / ".cache"
    folder.mkdir(exist_ok=True)
    done = subprocess.run(  # noqa: S603 - our own Node
        [node, "--input-type=module", "--eval", _UNPACK],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},  # it unpacks there, once
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Start the browser; it is closed at the end.

    Raises:
        RuntimeError: If there is none.
    """
    path = executable()
    if path is None:
        raise RuntimeError("there is no Chromium: run make page, or name one: CHROMIUM=/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_QUIETLY)
        yield browser
        browser.close()
