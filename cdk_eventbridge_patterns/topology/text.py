"""Text out of a template, parts of which may be known at deployment only.

What a part will be is written in its place, between `«` and `»`: `arn:aws:sqs:eu-west-1:111111111111:«name of
Orders/Queue»`. There are two sorts. A *generated* part is a name that CloudFormation makes up: nobody can write it
beforehand, so it equals nothing but itself. An *unknown* part, such as a parameter without a value, may turn out to be
anything. So two texts are compared with three answers: yes, no, and undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from cdk_eventbridge_patterns.undecided import Answer, Undecided

_PART = re.compile(r"«[^»]*»")
_GENERATED_PART = re.compile(r"«name of ([^»]*)»")
_AROUND_PARTS = re.compile(r"(«[^»]*»)")
_GENERATED = "«name of "

_Token = str  # one character, a part in its brackets, or a wildcard
_ANY, _ONE = "**", "??"


def generated(resource: str) -> str:
    """Return the part that stands for the name CloudFormation makes up for *resource*."""
    return f"{_GENERATED}{_plain(resource)}»"


def unknown(what: str) -> str:
    """Return the part that stands for *what*, such as `parameter 'Stage'`."""
    return f"«{_plain(what)}»"


def is_literal(text: str) -> bool:
    """Return whether all of *text* is known."""
    return "«" not in text


def is_known(text: str) -> bool:
    """Return whether *text* says which one is meant: no part of it may turn out to be anything."""
    return is_literal(text) or all(part.startswith(_GENERATED) for part in _PART.findall(text))


def unknown_parts(text: str) -> list[str]:
    """Return what is unknown in *text*, without brackets, to be said to its reader."""
    return [part[1:-1] for part in _PART.findall(text) if not part.startswith(_GENERATED)]


def told(text: str) -> str:
    """Return *text* for people: what CloudFormation will make up a name for stands in place of that name."""
    return _GENERATED_PART.sub(r"\1", text)


def without_parts(text: str) -> str:
    """Return what of *text* is known."""
    return _PART.sub("", text)


def same(one: str, other: str) -> Answer:
    """Return whether two texts are the same once deployed."""
    if one == other:
        return True
    if is_literal(one) and is_literal(other):
        return False
    return _compared(_tokens(one, wild=False), _tokens(other, wild=False))


def may_be_one_of(text: str, others: Iterable[str]) -> bool:
    """Return whether one of *others* may turn out to be *text*."""
    return any(same(other, text) is not False for other in others)


def like(pattern: str, text: str) -> Answer:
    """Return whether *text* fits *pattern*, in which `*` stands for any characters and `?` for one, as in policies."""
    if pattern in ("*", text):
        return True
    if is_literal(pattern) and is_literal(text):
        return _fits_literally(pattern, text)
    return _compared(_tokens(pattern, wild=True), _tokens(text, wild=False))


def _fits_literally(pattern: str, text: str) -> bool:
    head, star, tail = pattern.partition("*")
    if not tail and "?" not in head:  # as nearly all are: without a wildcard, or with one at the end
        return text.startswith(head) if star else text == head
    return _regex(pattern).fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _regex(pattern: str) -> re.Pattern[str]:
    parts = (".*" if c == "*" else "." if c == "?" else re.escape(c) for c in re.sub(r"\*+", "*", pattern))
    return re.compile("".join(parts), re.DOTALL)


def lowered(text: str) -> str:
    """Return *text* in lower case, save what stands for an unknown part."""
    if is_literal(text):
        return text.lower()
    return "".join(part if part.startswith("«") else part.lower() for part in _AROUND_PARTS.split(text))


def account_of(arn: str) -> str:
    """Return the account in an ARN; of other text, a part that stands for it."""
    return _arn_part(arn, 4, "account")


def region_of(arn: str) -> str:
    """Return the Region in an ARN; of other text, a part that stands for it."""
    return _arn_part(arn, 3, "Region")


def service_of(arn: str) -> str:
    """Return the service in an ARN, as ARNs call it: `sqs`, `events`; of other text, nothing."""
    parts = arn.split(":", 5)
    return parts[2] if len(parts) == 6 else ""  # noqa: PLR2004 - an ARN has six parts


def bus_name_of(arn: str) -> str:
    """Return the name in the ARN of a bus."""
    return arn.split(":", 5)[-1].partition("/")[2]


def without_version(arn: str) -> str:
    """Return the ARN of a function without the version or alias at its end; others as they are."""
    return ":".join(arn.split(":")[:7]) if ":function:" in arn else arn


def log_groups_beside(arn: str) -> str:
    """Return what a policy of CloudWatch Logs is of: all log groups of the account and Region of *arn*."""
    return ":".join(arn.split(":", 5)[:5]) + ":log-group:*"


def _arn_part(arn: str, index: int, what: str) -> str:
    parts = arn.split(":", 5)
    return parts[index] if len(parts) == 6 else unknown(f"{what} of {arn}")  # noqa: PLR2004 - an ARN has six parts


def _compared(pattern: tuple[_Token, ...], text: tuple[_Token, ...]) -> Answer:
    if _fits(pattern, text, maybe=False):
        return True
    if not _fits(pattern, text, maybe=True):
        return False
    parts = [token[1:-1] for token in (*pattern, *text) if token.startswith("«")]
    return Undecided(f"{_listed(parts)} {'is' if len(set(parts)) == 1 else 'are'} known at deployment only")


def _fits(pattern: tuple[_Token, ...], text: tuple[_Token, ...], *, maybe: bool) -> bool:
    """Return whether *text* surely fits *pattern*, or, where *maybe*, whether it may.

    The usual table of a match with wildcards, row by row: at each place of the text, which places of the pattern can be
    reached. An unknown part may stand for any characters on either side.
    """
    reached = _spread({0}, pattern, maybe=maybe)
    for token in text:
        following = {after for place in reached for after in _after(token, place, pattern, maybe=maybe)}
        reached = _spread(following, pattern, maybe=maybe)
        if not reached:
            return False
    return len(pattern) in reached


def _after(token: _Token, place: int, pattern: tuple[_Token, ...], *, maybe: bool) -> Iterable[int]:
    """Return the places of *pattern* that may be reached by reading *token* at *place*."""
    if maybe and _is_unknown(token):
        return range(place, len(pattern) + 1)
    if place == len(pattern):
        return ()
    expected = pattern[place]
    if expected == _ANY or (maybe and _is_unknown(expected)):
        return (place,)
    if expected == token or (expected == _ONE and len(token) == 1):
        return (place + 1,)
    if maybe and _is_generated(token) and (_ANY in pattern[place:] or expected == _ONE):
        # Its characters are made up by CloudFormation; with a wildcard they may be those of the pattern.
        return range(place, len(pattern) + 1)
    return ()


def _spread(places: set[int], pattern: tuple[_Token, ...], *, maybe: bool) -> set[int]:
    """Return *places* with those after parts of the pattern that may stand for nothing."""
    spread = set(places)
    for place in sorted(places):
        after = place
        while after < len(pattern) and (pattern[after] == _ANY or (maybe and _is_unknown(pattern[after]))):
            after += 1
            spread.add(after)
    return spread


@lru_cache(maxsize=4096)
def _tokens(text: str, *, wild: bool) -> tuple[_Token, ...]:
    """Return the characters of *text*, its parts in brackets each as one; `*` and `?` are such only where *wild*."""
    tokens: list[_Token] = []
    end = 0
    for part in _PART.finditer(text):
        tokens += text[end : part.start()]
        tokens.append(part[0])
        end = part.end()
    tokens += text[end:]
    return tuple({"*": _ANY, "?": _ONE}.get(token, token) for token in tokens) if wild else tuple(tokens)


def _is_unknown(token: _Token) -> bool:
    return token.startswith("«") and not _is_generated(token)


def _is_generated(token: _Token) -> bool:
    return token.startswith(_GENERATED)


def _listed(parts: list[str]) -> str:
    return " and ".join(dict.fromkeys(parts))


def _plain(what: str) -> str:
    """Return *what* without what would end the part, or divide the ARN it stands in."""
    return what.translate(_NOT_IN_PARTS)


_NOT_IN_PARTS = str.maketrans("«»:", "<>,")
