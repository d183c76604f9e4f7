"""Where a command writes to: a file, or standard output."""

from __future__ import annotations

from pathlib import Path

import typer

from cdk_eventbridge_patterns.errors import AssemblyError


def write(text: str, output: Path | None) -> None:
    """Write *text* to *output*, or to standard output.

    Raises:
        AssemblyError: If the file can't be written.
    """
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AssemblyError(f"'{output}' can't be written: {error.strerror}") from None
