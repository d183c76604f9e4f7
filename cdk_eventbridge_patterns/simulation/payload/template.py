"""An input template, read: its text, and where in it the variables stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from cdk_eventbridge_patterns.simulation.payload.json_text import read_json

_TOKEN = re.compile(
    r"""
    (?P<part>«[^»]*»)               # known at deployment only
    | <(?P<name>[A-Za-z0-9_.\-]+)>  # a variable
    | (?P<open><)
    | (?P<escape>\\.)
    | (?P<quote>")
    | [^«<\\"]+ | .
    """,
    re.DOTALL | re.VERBOSE,
)
_STRING = re.compile(r'"(?:\\.|[^"\\])*"', re.DOTALL)
_VARIABLE, _PART = "\ue000", "\ue001"  # characters that nobody writes, in the place of what they are named for


class Form(Enum):
    """What a template makes: a JSON object or array, lines of quoted text, or neither."""

    JSON = "JSON"
    TEXT = "text"
    NEITHER = "neither"


@dataclass(frozen=True)
class Variable:
    """A variable where it is used.

    Args:
        name: Its name, without `<` and `>`.

        quoted: Whether it is inside a quoted text.

        is_field: Whether it is, by itself, the value of a field.
    """

    name: str
    quoted: bool
    is_field: bool


@dataclass(frozen=True)
class Template:
    """An input template.

    Args:
        pieces: Its text and its variables, in order.

        form: What it makes.

        has_variable_key: Whether a variable is in the name of a field.

        has_stray_bracket: Whether it has a `<` that begins no variable.

        has_other_escape: Whether it has an escape other than that of a quotation mark.

        is_laid_out: Whether it has white space around its values, other than a line break between lines of text.
    """

    pieces: tuple[str | Variable, ...]
    form: Form
    has_variable_key: bool
    has_stray_bracket: bool
    has_other_escape: bool
    is_laid_out: bool

    @classmethod
    def of(cls, text: str) -> Template:
        """Return the template that *text* is."""
        tokens = list(_tokens(text))
        pieces = tuple(token.piece for token in tokens)
        probe = "".join(token.stand_in for token in tokens)
        value = read_json(probe)
        form = Form.JSON if isinstance(value, dict | list) else Form.TEXT if _is_lines(probe, pieces) else Form.NEITHER
        return cls(
            pieces,
            form,
            has_variable_key=any(_VARIABLE in key for key in _keys(value)),
            has_stray_bracket=any(token.match["open"] for token in tokens),
            has_other_escape=any(token.match["escape"] not in {None, '\\"'} for token in tokens),
            is_laid_out=_is_laid_out(probe, form),
        )

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Its variables, as often as they occur."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Variable))


class _Token(NamedTuple):
    """A token of a template, whether it is inside quotes, and whether it comes right after a colon."""

    match: re.Match[str]
    quoted: bool
    after_colon: bool

    @property
    def piece(self) -> str | Variable:
        name = self.match["name"]
        return self.match[0] if name is None else Variable(name, self.quoted, self.after_colon)

    @property
    def stand_in(self) -> str:
        """Something that is JSON in the place of a variable or an unknown part, else the token itself."""
        if self.match["name"] is None and self.match["part"] is None:
            return self.match[0]
        character = _PART if self.match["name"] is None else _VARIABLE
        return character if self.quoted else f'"{character}"'


def _tokens(text: str) -> Iterator[_Token]:
    quoted, last = False, ""
    for match in _TOKEN.finditer(text):
        yield _Token(match, quoted, last == ":")
        quoted ^= match["quote"] is not None
        last = match[0].rstrip()[-1:] or last


def _is_lines(probe: str, pieces: tuple[str | Variable, ...]) -> bool:
    """Return whether each line is a quoted text, and each variable inside one."""
    lines = [line for line in probe.split("\n") if line.strip()]
    texts = all(isinstance(read_json(line), str) for line in lines)
    return bool(lines) and texts and all(piece.quoted for piece in pieces if isinstance(piece, Variable))


def _is_laid_out(probe: str, form: Form) -> bool:
    around, strings = _STRING.subn("", probe)
    return bool(re.search(r"\s", around)) if form is Form.JSON else around != "\n" * (strings - 1)


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(each)
