"""Strings, numbers, true, false and null that fit both a contract and an event pattern."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Any

from cdk_eventbridge_patterns.matching.analysis.contract_document import Conjunction, ContractDocument
from cdk_eventbridge_patterns.matching.analysis.numbers import Numbers
from cdk_eventbridge_patterns.matching.analysis.outcome import Outcome
from cdk_eventbridge_patterns.matching.analysis.texts import TooHardError, guesses, worked_out
from cdk_eventbridge_patterns.matching.condition import may_be_absent
from cdk_eventbridge_patterns.matching.json_text import shown
from cdk_eventbridge_patterns.matching.matchers import (
    Absent,
    Cidr,
    Equals,
    EqualsAddress,
    EqualsIgnoreCase,
    Matcher,
    Numeric,
    Prefix,
    PrefixIgnoreCase,
    Suffix,
    SuffixIgnoreCase,
    Wildcard,
)
from cdk_eventbridge_patterns.matching.number import Number, number_of

_MOST_COMBINATIONS = 256
_ENOUGH = 4


def leaf(document: ContractDocument, way: Conjunction, type_: str, asked: Sequence[tuple[Matcher, ...]]) -> Outcome:
    """Return values of one type that fit a way through the contract and satisfy one matcher of each that is *asked*."""
    if prod(map(len, asked)) > _MOST_COMBINATIONS:
        return Outcome(unknown="too many values are asked for at once")
    outcomes = [_Leaf(document, way, type_, matchers).outcome() for matchers in product(*asked)]
    found = Outcome.any_of(outcomes)
    if found.dead is not None:
        return Outcome.impossible("", _refusal(way, type_, asked))
    return found


def _refusal(way: Conjunction, type_: str, asked: Sequence[tuple[Matcher, ...]]) -> str:
    if any(may_be_absent(matchers) for matchers in asked):
        return "it is always there"
    limits = {keyword: value for part in way for keyword, value in part.items() if keyword in _LIMITS}
    allowed = f"a value of type {type_}" + (f" with {shown(limits)[1:-1]}" if limits else "")
    wanted = " and ".join(shown([matcher.spelled() for matcher in matchers]) for matchers in asked)
    return f"it is {allowed}, which can't satisfy {wanted}"


_LIMITS = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "pattern"),
)


# What says nothing of a value whose type fits.
_NO_LIMITS = {"type", "title", "description", "examples", "default"}


class _Leaf:
    """The search for a value of one type that satisfies all of some matchers."""

    def __init__(self, document: ContractDocument, way: Conjunction, type_: str, matchers: Sequence[Matcher]) -> None:
        self._document = document
        self._way = way
        self._limiting = [part for part in way if part.keys() - _NO_LIMITS]
        self._type = type_
        self._matchers = matchers
        self._unsure = False

    def outcome(self) -> Outcome:
        never: tuple[type[Matcher], ...] = (Absent, *_NEVER.get(self._type, ()))
        if any(isinstance(matcher, never) for matcher in self._matchers):
            return _NONE
        literals = [matcher.value for matcher in self._matchers if isinstance(matcher, Equals)]
        if literals:
            return self._among([_json(literals[0])])
        if self._type == "boolean":
            return self._among([True, False])
        if self._type == "null":
            return self._among([None])
        return self._text() if self._type == "string" else self._number()

    def _among(self, values: Sequence[Any]) -> Outcome:
        """Return those of *values* that fit, where there can be no others."""
        if any(value is _TOO_LONG for value in values):
            return Outcome(unknown="it is a number that a double can't hold")
        found = [value for value in values if self._fits(value)]
        if self._unsure and not found:
            return Outcome(unknown="the contract refers to what it does not hold")
        return Outcome(found) if found else _NONE

    def _number(self) -> Outcome:
        ranges = [matcher for matcher in self._matchers if isinstance(matcher, Numeric)]
        numbers = Numbers.of(self._way, ranges, whole=self._type == "integer")
        if numbers.is_empty:
            return _NONE
        found, are_all = numbers.candidates(self._fits)
        if found:
            return Outcome(found)
        if are_all and not self._unsure:
            return _NONE
        return Outcome(unknown="no number was found that fits, nor proved that there is none")

    def _text(self) -> Outcome:
        found: list[str] = []
        for guess in guesses(self._way, self._matchers):
            if guess not in found and self._fits(guess):
                found.append(guess)
            if len(found) == _ENOUGH:
                break
        if found:
            return Outcome(found)
        try:
            words = worked_out(self._way, self._matchers, self._fits)
        except TooHardError as error:
            return Outcome(unknown=str(error))
        if words is None:
            return Outcome(unknown="no text was found that fits, nor proved that there is none")
        return Outcome(words) if words else _NONE

    def _fits(self, value: Any) -> bool:  # noqa: ANN401 - JSON
        compared = value if isinstance(value, str | bool) or value is None else number_of(value)
        if not all(matcher.matches(compared) for matcher in self._matchers):
            return False
        if not _is_of(self._type, value):
            return False
        for part in self._limiting:
            allowed = self._document.allows(part, value)
            if allowed is None:
                self._unsure = True
            if not allowed:
                return False
        return True


# What no value of a type satisfies.
_OF_TEXT = (
    *(Prefix, Suffix, EqualsIgnoreCase, PrefixIgnoreCase, SuffixIgnoreCase, Wildcard),
    *(Cidr, EqualsAddress),
)
_NEVER: dict[str, tuple[type[Matcher], ...]] = {"string": (Numeric,), "number": _OF_TEXT, "integer": _OF_TEXT}

_NONE = Outcome.impossible("", "")
_TOO_LONG = object()


def _json(value: Any) -> Any:  # noqa: ANN401 - a leaf
    """Return the value that a literal stands for."""
    if not isinstance(value, Number):
        return value
    if value.value is None:
        return int(value.text) if value.text.lstrip("-").isdecimal() else _TOO_LONG
    return int(value.value) if value.value.is_integer() else value.value


def _is_of(type_: str, value: Any) -> bool:  # noqa: ANN401 - JSON
    if isinstance(value, bool):
        return type_ == "boolean"
    if value is None or isinstance(value, str):
        return type_ == ("null" if value is None else "string")
    return type_ == "number" or (type_ == "integer" and float(value).is_integer())
