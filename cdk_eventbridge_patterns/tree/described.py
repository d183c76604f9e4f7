"""How an error names a construct that somebody handed in."""

from __future__ import annotations

from typing import Any


def described(value: Any) -> str:  # noqa: ANN401 - whatever was handed in
    """Return the path of a construct, and anything else as Python writes it."""
    node = getattr(value, "node", None)
    return repr(value) if node is None else f"'{node.path}'"
