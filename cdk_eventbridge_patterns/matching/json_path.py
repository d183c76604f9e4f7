"""JSON paths as rules write them: the plain ones, which point to one place."""

from __future__ import annotations

import re

_PATH = re.compile(r"\$(?:\.[^.\[\]*?()@'\" ]+|\[[0-9]+\])*")
_STEP = re.compile(r"\.([^.\[]+)|\[([0-9]+)\]")


def plain_steps(path: str) -> tuple[str | int, ...] | None:
    """Return the field names and array indices that *path* goes by, none for `$`.

    Nothing is returned for what is no plain path: one with a wildcard, a filter, or a name in brackets.
    """
    if _PATH.fullmatch(path) is None:
        return None
    return tuple(name or int(index) for name, index in _STEP.findall(path))
