"""In which line of a template a resource is written."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from cdk_eventbridge_patterns.topology.location import Location


def line_of(location: Location) -> int:
    """Return the line in which the resource at *location* begins; the first where that is not known."""
    if not location.template_file or not location.logical_id:
        return 1
    return _lines(location.template_file).get(location.logical_id, 1)


@lru_cache(maxsize=512)
def _lines(file: str) -> dict[str, int]:
    """Return the first line of each key that stands alone in its line, as logical ids do."""
    try:
        text = Path(file).read_text(errors="replace")
    except OSError:
        return {}
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        key = re.match(r"""\s+["']?([A-Za-z0-9]+)["']?\s*:\s*\{?\s*$""", line)
        if key is not None:
            lines.setdefault(key[1], number)
    return lines
