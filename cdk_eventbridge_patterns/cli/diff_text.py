"""Differences for people, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

from cdk_eventbridge_patterns.cli.writable import writable
from cdk_eventbridge_patterns.differences import Difference
from cdk_eventbridge_patterns.reports.differences import words

_STYLES = {"breaking": "bold red", "undecided": "yellow", "not breaking": "green"}


def print_differences(differences: Sequence[Difference], notes: Sequence[str], file: TextIO) -> None:
    """Print *differences*, what breaks first, and *notes* on what was not seen."""
    console = Console(file=file, highlight=False, soft_wrap=True)
    for difference in differences:
        word = words.word_for(difference.breaking)
        console.print(Text.assemble((word, _STYLES[word]), f"  {writable(words.title(difference), file)}"))
        for line in _details(difference):
            console.print(Text(f"    {writable(line, file)}"))
    if differences:
        console.print()
    for note in notes:
        console.print(Text(writable(note, file), style="dim"))
    console.print(Text(words.summary(differences)))


def _details(difference: Difference) -> Iterator[str]:
    places = words.where(difference)
    if places:
        yield f"in {places}"
    contract = words.by_contract(difference)
    if contract is not None:
        yield contract
    yield from words.lines(difference)
