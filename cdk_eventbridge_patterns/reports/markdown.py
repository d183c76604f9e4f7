"""Text in Markdown."""

from __future__ import annotations

# What Markdown, a cell of a table, or GitHub would read as its own signs; a mention would call somebody.
_ESCAPED = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "|`*_~[]\\"},
        "\n": " ",
        "\r": " ",
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "@": "@&#8203;",
    }
)


def escaped(text: str) -> str:
    """Return *text* as a cell of a table takes it, no sign of it read as Markdown."""
    return text.translate(_ESCAPED)
