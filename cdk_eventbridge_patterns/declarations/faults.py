"""What is wrong with a file, each fault at its place, all of them told at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cdk_eventbridge_patterns.errors import DeclarationError, EventBridgePatternsError


@dataclass(frozen=True)
class Where:
    """A place in a file: its line, and the path of keys that leads to it."""

    file: Path
    line: int | None = None
    path: str = ""

    def below(self, key: str | int, line: int) -> Where:
        """Return the place of what *key* leads to."""
        step = f"[{key}]" if isinstance(key, int) else f".{key}" if self.path else key
        return replace(self, line=line, path=self.path + step)

    def __str__(self) -> str:
        at = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        return f"{at}: {self.path}" if self.path else at


class Faults:
    """The faults that were found so far."""

    def __init__(self) -> None:
        self._found: list[tuple[Where, str]] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, where: Where, message: str) -> None:
        """Note a fault."""
        self._found.append((where, message))

    @contextmanager
    def caught(self, where: Where) -> Iterator[None]:
        """Note what the library itself refuses meanwhile."""
        try:
            yield
        except EventBridgePatternsError as error:
            self.add(where, str(error))

    def check(self) -> None:
        """Tell all faults, in the order of files and lines.

        Raises:
            DeclarationError: If there is one.
        """
        if not self._found:
            return
        ordered = sorted(self._found, key=lambda each: (str(each[0].file), each[0].line or 0))
        lines = "\n".join(f"  {where}: {message}" for where, message in ordered)
        number = "a fault" if len(ordered) == 1 else f"{len(ordered)} faults"
        raise DeclarationError(f"services must be declared without fault, got {number}:\n{lines}")
