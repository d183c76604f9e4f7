r"""Operands of `wildcard`: `*` is any run of characters, `\*` and `\\` are the only escapes."""

from __future__ import annotations

import re
from itertools import pairwise

from cdk_eventbridge_patterns.errors import EventPatternError

_TOKEN = re.compile(r"\\[*\\]|[^\\]", re.DOTALL)

STAR = None


def tokens_of(operand: str, path: str) -> tuple[str | None, ...]:
    """Return the characters of *operand*, a `*` as None."""
    if re.sub(_TOKEN, "", operand):
        msg = rf"{path} must use \ only before * or \, got {operand!r}"
        raise EventPatternError(msg)
    tokens = tuple(STAR if read == "*" else read[-1] for read in _TOKEN.findall(operand))
    if any(one is STAR and next_one is STAR for one, next_one in pairwise(tokens)):
        msg = f"{path} must not have two * side by side, got {operand!r}"
        raise EventPatternError(msg)
    return tokens


def parts_of(operand: str) -> tuple[str, ...]:
    """Return the literal text before, between and behind the `*` of *operand*."""
    parts = [""]
    for read in _TOKEN.findall(operand):
        if read == "*":
            parts.append("")
        else:
            parts[-1] += read[-1]
    return tuple(parts)


def fits(parts: tuple[str, ...], value: str) -> bool:
    """Whether *value* is made of *parts* with anything in between."""
    head, tail = parts[0], parts[-1]
    if len(parts) == 1:
        return value == head
    position, end = len(head), len(value) - len(tail)
    if position > end or not value.startswith(head) or not value.endswith(tail):
        return False
    for part in parts[1:-1]:
        found = value.find(part, position, end)
        if found < 0:
            return False
        position = found + len(part)
    return True
