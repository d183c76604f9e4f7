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
_UNPACKED = MODULES / ".chromium"

# What unpacks the Chromium of the npm package, which needs no root, and prints where it is.
_UNPACK = 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath()).then(console.log)'

# Its own font for text, and for what it has none for those of the machine, if there are any.
_FONTS = """
<fontconfig>
  <dir>{folder}</dir>
  <dir>/usr/share/fonts</dir>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""

_QUIETLY = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--font-render-hinting=none",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@cache
def executable() -> Path | None:
    """Return where a Chromium is: what CHROMIUM says, one on the PATH, or that of the npm package; nothing if none."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return Path(named) if named else unpacked()


def unpacked() -> Path | None:
    """Return where the Chromium of the npm package is, unpacked beside it; nothing where that is not installed."""
    node = ROOT / ".venv" / "bin" / "node"
    if not (MODULES / "@sparticuz" / "chromium").is_dir() or not node.exists():
        return None
    _UNPACKED.mkdir(exist_ok=True)
    done = subprocess.run(  # noqa: S603 - our own Node
        [node, "--input-type=module", "--eval", _UNPACK],
        cwd=ROOT,
        # It unpacks into the folder for temporary files; the libraries and fonts that a bare machine lacks, on Lambda.
        env={**os.environ, "TMPDIR": str(_UNPACKED), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs24.x"},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(done.stdout.strip())


def _environment(path: Path) -> dict[str, str | float | bool]:
    """Return the environment of a Chromium: that of the npm package brings its own libraries and fonts."""
    if not path.is_relative_to(_UNPACKED):
        return {**os.environ}
    fonts = _UNPACKED / "fonts.conf"
    fonts.write_text(_FONTS.format(folder=_UNPACKED / "fonts" / "fonts"), encoding="utf-8")
    return {**os.environ, "LD_LIBRARY_PATH": str(_UNPACKED / "al2023" / "lib"), "FONTCONFIG_FILE": str(fonts)}


@contextmanager
def a_browser(path: Path) -> Iterator[Browser]:
    """Start a Chromium; it is closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_QUIETLY, env=_environment(path))
        yield browser
        browser.close()
