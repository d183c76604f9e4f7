"""Numbers as EventBridge compares them: by value where a double holds them exactly, else by their text."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

# A decimal of at most 15 digits survives the way through a double. https://www.exploringbinary.com/decimal-precision-of-binary-floating-point-numbers/
_SURELY_EXACT_TEXT = 15
_SURELY_EXACT_INT = 2**53


@dataclass(frozen=True)
class Number:
    """A JSON number.

    Args:
        key: What it is compared by: its value, or its text where a double can't hold it exactly
            (`9007199254740993`, `1e400`).
    """

    key: float | str

    @classmethod
    def of_text(cls, text: str) -> Number:
        """Return the number that is spelled *text* in JSON."""
        value = float(text)
        if len(text) <= _SURELY_EXACT_TEXT and "e" not in text and "E" not in text:
            return cls(value)
        return cls(value if _is_exact(value, text) else text)

    @classmethod
    def of(cls, value: float | Decimal) -> Number:
        """Return the number that Python holds as *value*."""
        if isinstance(value, int) and -_SURELY_EXACT_INT <= value <= _SURELY_EXACT_INT:
            return cls(float(value))
        return cls.of_text(format(value, "d") if isinstance(value, int) else str(value))

    @property
    def value(self) -> float | None:
        """The value, where it can be compared."""
        return self.key if isinstance(self.key, float) else None

    @property
    def text(self) -> str:
        """The number in JSON, spelled the same for all equal ones."""
        if isinstance(self.key, str):
            return self.key
        return str(int(self.key)) if abs(self.key) < _SURELY_EXACT_INT and self.key.is_integer() else repr(self.key)

    def __repr__(self) -> str:
        return self.text


def _is_exact(value: float, text: str) -> bool:
    try:
        return Decimal(repr(value)) == Decimal(text)
    except InvalidOperation:  # an exponent beyond what even a decimal holds
        return False


def number_of(value: object) -> Number | None:
    """Return the number that *value* is, or nothing if it is none that JSON has."""
    if isinstance(value, Number):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    try:
        return Number.of(value) if isinstance(value, int) or math.isfinite(value) else None
    except ValueError:  # more digits than Python turns into text
        return None
