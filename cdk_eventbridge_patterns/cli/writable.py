"""Text that a terminal can take."""

from __future__ import annotations

from typing import TextIO


def writable(text: str, file: TextIO) -> str:
    """Return *text* as the file can take it: not every terminal knows every character."""
    encoding = getattr(file, "encoding", None) or "utf-8"
    return text.encode(encoding, errors="replace").decode(encoding)
