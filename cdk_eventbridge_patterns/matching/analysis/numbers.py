"""Numbers that fit both a contract and an event pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf, lcm
from typing import Any

from cdk_eventbridge_patterns.matching.matchers import Numeric

# A range with no more numbers than this is gone through.
_MOST_COUNTED = 1_000

_Test = Callable[[Any], bool]
_Bound = Fraction | float


@dataclass
class Numbers:
    """The numbers between two bounds, every one or the multiples of a step."""

    low: _Bound = -inf
    low_included: bool = True
    high: _Bound = inf
    high_included: bool = True
    step: Fraction | None = None

    @classmethod
    def of(cls, parts: Sequence[Mapping[str, Any]], ranges: Sequence[Numeric], *, whole: bool) -> Numbers:
        """Return those that *parts* of a schema and *ranges* of an event pattern let through."""
        numbers = cls(step=Fraction(1) if whole else None)
        for part in parts:
            numbers._hold_to_part(part)
        for each in ranges:
            if each.low is not None:
                numbers._raise_low(each.low, included=each.low_included)
            if each.high is not None:
                numbers._lower_high(each.high, included=each.high_included)
        return numbers

    @property
    def is_empty(self) -> bool:
        """Whether there is none."""
        if self.low > self.high or (self.low == self.high and not (self.low_included and self.high_included)):
            return True
        return self.step is not None and isinstance(self.low, Fraction) and self.first > self.last

    def candidates(self, fits: _Test) -> tuple[list[Any], bool]:
        """Return some of the numbers that *fits*, and whether these are looked for among all there are."""
        if self.is_finite:
            every = self._multiples() if self.step or not isinstance(self.low, Fraction) else iter([self.low])
            return [value for value in map(_json, every) if fits(value)][:_MOST_SHOWN], True
        return [value for value in map(_json, self._some()) if fits(value)][:_MOST_SHOWN], False

    @property
    def is_finite(self) -> bool:
        """Whether there are so few that each can be tried."""
        if self.low == self.high:
            return True
        if self.step is None or not isinstance(self.low, Fraction) or not isinstance(self.high, Fraction):
            return False
        return (self.last - self.first) / self.step <= _MOST_COUNTED

    @property
    def first(self) -> Fraction:
        """The least multiple of the step, where there is a lower bound."""
        step = self._step
        first = Fraction(ceil(self.low / step)) * step
        return first + step if first == self.low and not self.low_included else first

    @property
    def last(self) -> _Bound:
        """The greatest multiple of the step, or no end."""
        if not isinstance(self.high, Fraction):
            return inf
        last = Fraction(floor(self.high / self._step)) * self._step
        return last - self._step if last == self.high and not self.high_included else last

    @property
    def _step(self) -> Fraction:
        return self.step or Fraction(1)

    def _multiples(self) -> Iterator[Fraction]:
        each, last = self.first, self.last
        while each <= last:
            yield each
            each += self._step

    def _some(self) -> Iterator[Fraction]:
        if self.step is not None:
            start = self.first if isinstance(self.low, Fraction) else Fraction(0)
            if isinstance(self.low, Fraction) or self.high >= 0:
                yield from (start + number * self.step for number in range(2 * _MOST_SHOWN))
            if isinstance(self.high, Fraction) and isinstance(self.last, Fraction):
                yield from (self.last - number * self.step for number in range(2 * _MOST_SHOWN))
            return
        ends = [bound for bound in (self.low, self.high) if isinstance(bound, Fraction)]
        if len(ends) == 2:  # noqa: PLR2004 - a lower and an upper one
            yield from (ends[0] + (ends[1] - ends[0]) * Fraction(part, 16) for part in (8, 4, 12, 2, 1))
        yield from ends
        near = ends or [Fraction(0)]
        yield from (end + offset for offset in (1, -1, Fraction(1, 2), Fraction(-1, 2), 10, -10) for end in near)

    def _hold_to_part(self, part: Mapping[str, Any]) -> None:
        # Draft 4 has a flag where later drafts have a bound of its own.
        for keyword, exclusive, hold in (
            ("minimum", "exclusiveMinimum", self._raise_low),
            ("maximum", "exclusiveMaximum", self._lower_high),
        ):
            if _is_number(part.get(keyword)):
                hold(part[keyword], included=part.get(exclusive) is not True)
            if _is_number(part.get(exclusive)):
                hold(part[exclusive], included=False)
        if _is_number(part.get("multipleOf")) and part["multipleOf"] > 0:
            multiple = _fraction(part["multipleOf"])
            self.step = multiple if self.step is None else _common_multiple(self.step, multiple)

    def _raise_low(self, bound: float, *, included: bool) -> None:
        value = _fraction(bound)
        if value > self.low or (value == self.low and not included):
            self.low, self.low_included = value, included

    def _lower_high(self, bound: float, *, included: bool) -> None:
        value = _fraction(bound)
        if value < self.high or (value == self.high and not included):
            self.high, self.high_included = value, included


_MOST_SHOWN = 4


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fraction(value: float) -> Fraction:
    # As it is written, not as a double holds it: 0.3 is a multiple of 0.1.
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _common_multiple(one: Fraction, other: Fraction) -> Fraction:
    denominator = lcm(one.denominator, other.denominator)
    return Fraction(lcm(int(one * denominator), int(other * denominator)), denominator)


def _json(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
