"""Texts that fit both a contract and an event pattern: the language of the one in that of the other."""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from interegular import FSM, InvalidSyntax, Unsupported, parse_pattern
from interegular.fsm import anything_else

from cdk_eventbridge_patterns.matching.ignore_case import forms_of
from cdk_eventbridge_patterns.matching.matchers import (
    AnythingBut,
    AnythingButMatching,
    Cidr,
    Equals,
    EqualsAddress,
    EqualsIgnoreCase,
    Matcher,
    Prefix,
    PrefixIgnoreCase,
    Suffix,
    SuffixIgnoreCase,
    Wildcard,
)

# Texts that many contracts allow, tried before anything is worked out.
_COMMON = (
    *("text", "", "a", "A", "0", "1", "EUR", "2026-01-01T00:00:00Z", "2026-01-01", "a@example.com"),
    *("6a7e8feb-b491-4cf7-a9f1-bf3703467718", "https://example.com/"),
)
_MOST_SHOWN = 4
_MOST_TRIED = 64
_MOST_STEPS = 200_000
_ANY = "(?s:.*)"

# What characters an address has; which of such texts are addresses is more than a language can say.
_ADDRESS = "[0-9a-fA-F:.]+"

# `[]` and `[^]` are whole classes in JavaScript, and go on in Python; what looks ahead misses the empty text in
# interegular.
_READ_IN_TWO_WAYS = re.compile(r"\[\^?\]|\(\?<?[=!]")

_Test = Callable[[Any], bool]


class TooHardError(Exception):
    """A language that can't be worked out: a construct that is not supported, or too many states."""


def guesses(parts: Sequence[Mapping[str, Any]], matchers: Sequence[Matcher]) -> Iterator[str]:
    """Return texts that are likely to fit, before anything is worked out."""
    for part in parts:
        given = [*part.get("examples", ()), part.get("default")]
        yield from (value for value in given if isinstance(value, str))
    shortest = max((part["minLength"] for part in parts if isinstance(part.get("minLength"), int)), default=0)
    # A contract may ask for any length; texts so long are worked out, or not found.
    shortest = min(shortest, 10_000)
    cores = [core for matcher in matchers for core in _cores(matcher)]
    starts = [text for matcher in matchers if isinstance(matcher, Prefix) for text in [matcher.text]]
    ends = [text for matcher in matchers if isinstance(matcher, Suffix) for text in [matcher.text]]
    cores += [start + end for start in starts for end in ends]
    for core in [*cores, *_COMMON]:
        missing = shortest - len(core)
        yield core
        if missing > 0:
            yield core + "a" * missing
            yield "a" * missing + core


def _cores(matcher: Matcher) -> Iterator[str]:
    if isinstance(matcher, Prefix | Suffix | EqualsIgnoreCase | PrefixIgnoreCase | SuffixIgnoreCase | EqualsAddress):
        yield matcher.text
        yield matcher.text.lower()
        yield matcher.text.upper()
    elif isinstance(matcher, Wildcard):
        yield "".join(matcher.parts)
        yield "a".join(matcher.parts)
    elif isinstance(matcher, Cidr):
        yield str(matcher.network.network_address)
        yield str(matcher.network[-1])


def worked_out(parts: Sequence[Mapping[str, Any]], matchers: Sequence[Matcher], fits: _Test) -> list[str] | None:
    """Return texts that fit, an empty list if it is proved that there are none, nothing if neither comes out.

    Raises:
        TooHardError: If a language can't be worked out.
    """
    _refuse_foreign_letters(parts, matchers)
    asked = [language for matcher in matchers if (language := language_of(matcher)) is not None]
    patterns = [part["pattern"] for part in parts if isinstance(part.get("pattern"), str)]
    lengths = _lengths(parts)
    # Python, unlike others, lets a line feed follow the end of a text: no good witness, but no proof against it either.
    for line_feed in (False, True):
        language = _joined([*(language_in(pattern, line_feed=line_feed) for pattern in patterns), *asked])
        words = list(islice(_words(language, *lengths), _MOST_TRIED))
        if found := [word for word in words if fits(word)]:
            return found[:_MOST_SHOWN]
    return None if words else []


def _lengths(parts: Sequence[Mapping[str, Any]]) -> tuple[int, int | None]:
    shortest = max((part.get("minLength", 0) for part in parts), default=0)
    return shortest, min((part["maxLength"] for part in parts if "maxLength" in part), default=None)


def language_of(matcher: Matcher) -> FSM | None:
    """Return a language that holds at least the texts that *matcher* lets through, nothing where that is any.

    Raises:
        TooHardError: If it can't be worked out.
    """
    if isinstance(matcher, AnythingBut):
        texts = [re.escape(value) for value in matcher.values if isinstance(value, str)]
        return all_but(_of("|".join(texts))) if texts else None
    if isinstance(matcher, AnythingButMatching):
        return all_but(_of("|".join(str(_spelled(inner)) for inner in matcher.matchers)))
    spelled = _spelled(matcher)
    return None if spelled is None else _of(spelled)


def all_but(language: FSM) -> FSM:
    """Return the texts that are not in *language*."""
    others: FSM = language.everythingbut()  # type: ignore[no-untyped-call]
    return others


def is_exact(matcher: Matcher) -> bool:
    """Whether `language_of` is just what *matcher* lets through."""
    return not isinstance(matcher, Cidr | EqualsAddress)


def has_word(languages: Sequence[FSM]) -> bool:
    """Whether some text is in all of *languages*."""
    return next(_words(_joined(languages), 0, None), None) is not None


def _spelled(matcher: Matcher) -> str | None:
    """Return the regular expression of *matcher*, nothing where it says nothing of texts."""
    if isinstance(matcher, Wildcard):
        return _ANY.join(map(re.escape, matcher.parts))
    if isinstance(matcher, Equals):
        return re.escape(matcher.value) if isinstance(matcher.value, str) else None
    if isinstance(matcher, Cidr | EqualsAddress):
        return _ADDRESS
    spell = _SPELLING.get(type(matcher))
    return None if spell is None else spell(matcher)


def _ignoring_case(text: str) -> str:
    return "".join(f"(?:{'|'.join(map(re.escape, forms))})" for forms in forms_of(text))


_SPELLING: dict[type[Matcher], Callable[[Any], str]] = {
    Prefix: lambda matcher: re.escape(matcher.text) + _ANY,
    Suffix: lambda matcher: _ANY + re.escape(matcher.text),
    EqualsIgnoreCase: lambda matcher: _ignoring_case(matcher.text),
    PrefixIgnoreCase: lambda matcher: _ignoring_case(matcher.text) + _ANY,
    SuffixIgnoreCase: lambda matcher: _ANY + _ignoring_case(matcher.text),
}


def language_in(pattern: str, *, line_feed: bool = False) -> FSM:
    """Return the texts in which *pattern* is found; anchors are understood at the ends of its branches.

    Where *line_feed* is set, one may follow an end that is asked for.

    Raises:
        TooHardError: If it can't be worked out.
    """
    if _READ_IN_TWO_WAYS.search(pattern):
        raise TooHardError(f"{pattern!r} has what is not read the same everywhere")
    branches = []
    for branch in _branches(pattern):
        start, branch = ("", branch[1:]) if branch.startswith("^") else (_ANY, branch)  # noqa: PLW2901
        anchored = branch.endswith("$") and not re.search(r"(?<!\\)(?:\\\\)*\\\$$", branch)
        end, branch = ("\\n?" if line_feed else "", branch[:-1]) if anchored else (_ANY, branch)  # noqa: PLW2901
        branches.append(f"{start}(?:{branch}){end}")
    return _of("|".join(branches))


def _branches(pattern: str) -> list[str]:
    """Return the alternatives of *pattern* at its top level."""
    branches, depth, in_class, escaped = [""], 0, False, False
    for character in pattern:
        if not (escaped or in_class or depth) and character == "|":
            branches.append("")
            continue
        branches[-1] += character
        if escaped:
            escaped = False
            continue
        escaped = character == "\\"
        if in_class:
            in_class = character != "]"
        else:
            in_class = character == "["
            depth += (character == "(") - (character == ")")
    return branches


def _refuse_foreign_letters(parts: Sequence[Mapping[str, Any]], matchers: Sequence[Matcher]) -> None:
    # What \d and \w are beyond ASCII is seen in two ways.
    classes = any("\\" in str(part.get("pattern", "")) for part in parts)
    if classes and not all(str(matcher.spelled()).isascii() for matcher in matchers):
        raise TooHardError("its pattern has classes of characters, and the event pattern letters beyond ASCII")


@lru_cache(maxsize=1_024)
def _of(pattern: str) -> FSM:
    try:
        return parse_pattern(pattern).to_fsm()
    except (Unsupported, InvalidSyntax, RecursionError, NotImplementedError) as error:
        raise TooHardError(f"{pattern!r} is more than can be worked out") from error


def _joined(languages: Sequence[FSM]) -> FSM:
    joined = _of(_ANY)
    for language in sorted(languages, key=lambda each: len(each.states)):
        if len(joined.states) * len(language.states) > _MOST_STEPS:
            raise TooHardError("its pattern and the event pattern are more than can be worked out together")
        joined = joined & language
    return joined


def _words(language: FSM, shortest: int, longest: int | None) -> Iterator[str]:
    """Return words of *language*, short ones first, until there are none or it took too long.

    Raises:
        TooHardError: If it took too long.
    """
    if longest is not None and longest >= shortest + len(language.states):
        # Then the shortest word that is long enough comes first, if there is any.
        longest = None
    letters = {key: _letter(symbols, language) for key, symbols in language.alphabet.by_transition.items()}
    seen = {(language.initial, 0)}
    waiting = deque([(language.initial, 0, "")])
    steps = 0
    while waiting:
        state, length, word = waiting.popleft()
        if state in language.finals and length >= shortest:
            yield word
        for key, after in language.map.get(state, {}).items():
            # Beyond the shortest, how long it is matters only to what is the longest.
            place = (after, length + 1 if longest is not None else min(length + 1, shortest + 1))
            steps += 1
            if steps > _MOST_STEPS:
                raise TooHardError("its pattern and lengths are more than can be worked out together")
            if place not in seen and (longest is None or length < longest):
                seen.add(place)
                waiting.append((after, place[1], word + letters[key]))


def _letter(symbols: Sequence[Any], language: FSM) -> str:
    """Return the plainest character that takes a step."""
    known: list[str] = [symbol for symbol in symbols if symbol is not anything_else]
    if anything_else in symbols:
        letters = chain("axyz019", map(chr, range(ord(" "), sys.maxunicode)))
        known.append(next(letter for letter in letters if letter not in set(language.alphabet)))
    return min(known, key=lambda letter: (not letter.isascii(), not letter.isalnum(), letter))
