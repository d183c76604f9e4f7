"""References inside one JSON document."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote


def pointed_at(reference: str, document: Any) -> Any:  # noqa: ANN401 - JSON
    """Return what a reference such as `#/$defs/Line` points to in *document*; nothing if it points nowhere."""
    found = document
    for step in unquote(reference).split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, list) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        elif isinstance(found, dict):
            found = found.get(name)
        else:
            return None
    return found
