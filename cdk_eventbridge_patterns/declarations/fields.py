"""The fields of one mapping of a file, each asked for by its name, with what is wrong about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from cdk_eventbridge_patterns.declarations.document import Items, Section
from cdk_eventbridge_patterns.declarations.faults import Faults, Where
from cdk_eventbridge_patterns.naming.words import nearest

_T = TypeVar("_T")

_ACCOUNT_DIGITS = 12


class Fields:
    """One mapping.

    Args:
        section: What the file holds.

        where: Where that is.

        known: The keys it may have; any other is a fault.

        faults: Where to note what is wrong. Who asks for a field that is wrong gets what it is by default.
    """

    def __init__(self, section: Section, where: Where, *, known: Sequence[str], faults: Faults) -> None:
        self._section = section
        self.where = where
        self._faults = faults
        for key in section:
            if key not in known:
                hint = f"did you mean {nearest(key, known)!r}?"
                faults.add(self.at(key), f"there is no such key; {hint} known are {', '.join(known)}")

    def __len__(self) -> int:
        return len(self._section)

    def __contains__(self, key: str) -> bool:
        return key in self._section

    def at(self, key: str) -> Where:
        """Return where a field is; one that is left out, where the mapping is."""
        return self.where.below(key, self._section.lines[key]) if key in self._section else self.where

    def get(self, key: str) -> Any:  # noqa: ANN401 - whatever the file holds
        """Return a field as it is."""
        return self._section.get(key)

    def text(self, key: str, example: str) -> str | None:
        """Return a text; nothing where it is left out or none."""
        return self._of(key, str, f"a text, such as {example!r}")

    def flag(self, key: str) -> bool:
        """Return whether a field is true."""
        return bool(self._of(key, bool, "true or false"))

    def account(self, key: str) -> str | None:
        """Return an account, which must be there, and in quotes."""
        value = self._section.get(key)
        if key not in self._section:
            self._faults.add(self.where, f'{key} is missing; say which it is in, such as {key}: "111111111111"')
        elif isinstance(value, int) and not isinstance(value, bool):
            quoted = f'"{value:0{_ACCOUNT_DIGITS}}"'
            self._faults.add(
                self.at(key), f"must be in quotes, {quoted}: without, it is a number, which loses zeros at its front"
            )
        else:
            return self._of(key, str, 'a 12-digit account id in quotes, such as "111111111111"')
        return None

    def items(self, key: str, example: str) -> Iterator[tuple[Any, Where]]:
        """Return the items of a list, each with its place."""
        found = self._of(key, Items, f"a list, such as {example}")
        if found is not None:
            for number, (item, line) in enumerate(zip(found, found.lines, strict=True)):
                yield item, self.at(key).below(number, line)

    def texts(self, key: str, example: str) -> list[str]:
        """Return the items of a list of texts."""
        found = []
        for item, where in self.items(key, example):
            if isinstance(item, str):
                found.append(item)
            else:
                self._faults.add(where, f"must be a text in quotes, got {item!r}")
        return found

    def fields(self, key: str, known: Sequence[str], example: str) -> Fields | None:
        """Return a field that is a mapping itself."""
        found = self._of(key, Section, f"a mapping, such as {example}")
        return None if found is None else Fields(found, self.at(key), known=known, faults=self._faults)

    def sections(self, key: str, known: Sequence[str], example: str) -> Iterator[tuple[str, Fields]]:
        """Return the mappings of a field by their names."""
        found = self._of(key, Section, f"a mapping, such as {example}")
        if found is None:
            return
        for name, section in found.items():
            where = self.at(key).below(name, found.lines[name])
            if isinstance(section, Section):
                yield name, Fields(section, where, known=known, faults=self._faults)
            else:
                self._faults.add(where, f"must be a mapping, such as {example}, got {section!r}")

    def _of(self, key: str, kind: type[_T], rule: str) -> _T | None:
        value = self._section.get(key)
        if isinstance(value, kind):
            return value
        if key in self._section:
            self._faults.add(self.at(key), f"must be {rule}, got {value!r}")
        return None
