"""Text in Mermaid."""

from __future__ import annotations

# What Mermaid or HTML would read as its own signs, as Mermaid wants them written.
# https://mermaid.js.org/syntax/flowchart.html
_ENTITIES = str.maketrans({sign: f"#{ord(sign)};" for sign in '"#<>&`[]{}()|\\*_~@:;'} | {"\n": " ", "\r": " "})


def in_mermaid(text: str) -> str:
    """Return *text* as it stands between quotes in Mermaid, no sign of it read as Mermaid or HTML."""
    return text.translate(_ENTITIES)
