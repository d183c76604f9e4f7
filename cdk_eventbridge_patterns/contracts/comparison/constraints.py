"""Bounds, formats and the like: what says more about a value of a type."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from cdk_eventbridge_patterns.contracts.change import Change, ChangeKind
from cdk_eventbridge_patterns.contracts.comparison.keywords import LEAST, MOST, Plain
from cdk_eventbridge_patterns.contracts.comparison.values import key
from cdk_eventbridge_patterns.undecided import Answer, Undecided

_NUMBERS = ("number", "integer")

# What it means that one of these is another now.
_TEXTS: dict[str, tuple[ChangeKind, Answer]] = {
    "pattern": (
        ChangeKind.PATTERN_CHANGED,
        Undecided("whether one regular expression allows all that another does is not worked out"),
    ),
    "format": (ChangeKind.CONSTRAINT_CHANGED, True),
}


def constraints(old: Plain, new: Plain, path: str) -> Iterator[Change]:
    """Return the changes of what is asked of a value, besides its type; only what concerns values of the new type."""
    type_ = new.get("type")
    for keyword, of in (LEAST | MOST).items():
        if type_ in (None, of):
            sign = 1 if keyword in LEAST else -1
            yield from _bound(old, new, path, keywords=(keyword,), sign=sign)
    if type_ in (None, *_NUMBERS):
        yield from _bound(old, new, path, keywords=("minimum", "exclusiveMinimum"), sign=1)
        yield from _bound(old, new, path, keywords=("maximum", "exclusiveMaximum"), sign=-1)
        yield from _multiple(old, new, path)
    if type_ in (None, "array"):
        yield from _unique(old, new, path)
    if type_ in (None, "string"):
        yield from _text(old, new, path)


def _bound(old: Plain, new: Plain, path: str, *, keywords: tuple[str, ...], sign: int) -> Iterator[Change]:
    """Compare a bound, or the stronger of two; *sign* turns greatest into least."""
    was, now = _strongest(old, keywords, sign), _strongest(new, keywords, sign)
    if was == now:
        return
    tighter = was is None or (now is not None and now > was)
    yield _moved(path, _shown(old, keywords), _shown(new, keywords), tighter=tighter)


def _strongest(plain: Plain, keywords: tuple[str, ...], sign: int) -> tuple[Fraction, bool] | None:
    said = [keyword for keyword in keywords if keyword in plain]
    found = [(sign * _exact(plain[keyword]), keyword.startswith("exclusive")) for keyword in said]
    # No text is shorter than nothing, so a least length of 0 says nothing.
    found = [bound for bound in found if keywords[0] not in LEAST or bound[0] > 0]
    return max(found, default=None)


def _multiple(old: Plain, new: Plain, path: str) -> Iterator[Change]:
    was, now = old.get("multipleOf"), new.get("multipleOf")
    if key(was) == key(now) or (was == 1 and now is None and new.get("type") == "integer"):
        return
    tighter = was is None or (now is not None and (_exact(now) / _exact(was)).denominator == 1)
    yield _moved(path, _shown(old, ("multipleOf",)), _shown(new, ("multipleOf",)), tighter=tighter)


def _unique(old: Plain, new: Plain, path: str) -> Iterator[Change]:
    was, now = old.get("uniqueItems", False), new.get("uniqueItems", False)
    if was != now:
        yield _moved(path, "uniqueItems" if was else None, "uniqueItems" if now else None, tighter=now)


def _text(old: Plain, new: Plain, path: str) -> Iterator[Change]:
    for keyword, changed in _TEXTS.items():
        was, now = _shown(old, (keyword,)), _shown(new, (keyword,))
        if was is None or now is None:
            if was != now:
                yield _moved(path, was, now, tighter=was is None)
        elif was != now:
            kind, breaking = changed
            yield Change(path=path, kind=kind, breaking=breaking, was=was, now=now)


def _moved(path: str, was: str | None, now: str | None, *, tighter: bool) -> Change:
    kind = ChangeKind.CONSTRAINT_TIGHTENED if tighter else ChangeKind.CONSTRAINT_LOOSENED
    return Change(path=path, kind=kind, breaking=not tighter, was=was, now=now)


def _shown(plain: Plain, keywords: tuple[str, ...]) -> str | None:
    said = [f"{keyword} {key(plain[keyword])}" for keyword in keywords if keyword in plain]
    return ", ".join(said) or None


def _exact(number: Any) -> Fraction:  # noqa: ANN401 - a JSON number
    """Return the number as it is written: 0.1 is a tenth."""
    return Fraction(str(number))
