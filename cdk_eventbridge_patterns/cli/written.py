"""Where a command writes to: a file, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from cdk_eventbridge_patterns.errors import AssemblyError


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """Open *output* to be written, or standard output.

    Raises:
        AssemblyError: If the file can't be written.
    """
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise AssemblyError(f"'{output}' can't be written: {error.strerror}") from None


def write(text: str, output: Path | None) -> None:
    """Write *text* to *output*, or to standard output.

    Raises:
        AssemblyError: If the file can't be written.
    """
    with opened(output) as file:
        typer.echo(text, nl=False, file=file)
