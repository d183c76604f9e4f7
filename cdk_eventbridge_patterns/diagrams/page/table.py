"""Values that are said once and pointed at by their number, so that the page stays small."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

_Value = TypeVar("_Value", bound=Hashable)


class Table(Generic[_Value]):
    """A list in which every value is there once."""

    def __init__(self) -> None:
        self._numbers: dict[_Value, int] = {}

    def number_of(self, value: _Value) -> int:
        """Return where *value* is in the list, which it is put into if it is not there."""
        return self._numbers.setdefault(value, len(self._numbers))

    def __contains__(self, value: _Value) -> bool:
        return value in self._numbers

    @property
    def values(self) -> list[_Value]:
        """The list."""
        return list(self._numbers)
