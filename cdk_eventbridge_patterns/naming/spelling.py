"""How services and parts are spelled in physical names: a case and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.arn import is_region
from cdk_eventbridge_patterns.naming.case import Case

_BEFORE_A_DIGIT = re.compile(r"-(?=[0-9])")


@dataclass(frozen=True)
class Spelling:
    """Writes words joined by hyphens as they stand in a name, and reads them back."""

    case: Case
    abbreviations: Mapping[str, str] = field(default_factory=dict)

    def write(self, text: str) -> str:
        """Return *text* as it stands in a name.

        Raises:
            NamingError: If it could not be read back.
        """
        written = self._written.get(text)
        if written is None:
            kept = self._is_kept(text)
            written = text if kept else self.case.join([self._abbreviate(word) for word in text.split("-")])
            self._written[text] = written
        return written

    def read(self, spelled: str) -> str | None:
        """Return the text that is written as *spelled*, or nothing if none is."""
        if self._is_kept(spelled):
            return spelled
        words = self.case.split(spelled)
        if not words or any(word in self.abbreviations for word in words):
            return None
        return "-".join(self._words.get(word, word) for word in words)

    def nearest(self, words: Sequence[str]) -> str:
        """Return *words*, which may come from any name, as a text that can be written; empty if nothing is left."""
        text = "-".join(self._words.get(word, word) for word in words)
        if self.case is Case.PASCAL and not self._is_kept(text):
            return _BEFORE_A_DIGIT.sub("", text).lstrip("0123456789-")
        return text

    def _abbreviate(self, word: str) -> str:
        if word in self._words:
            msg = (
                f"a name must not use {word!r}, the short form of {self._words[word]!r}, since it could not be parsed "
                f"back; write {self._words[word]!r}"
            )
            raise NamingError(msg)
        return self.abbreviations.get(word, word)

    def _is_kept(self, text: str) -> bool:
        """Return whether *text* is a Region, whose number would be a word of digits only."""
        return self.case is Case.PASCAL and is_region(text)

    @cached_property
    def _written(self) -> dict[str, str]:
        """What was written before: all names of a service begin alike, and many end alike."""
        return {}

    @cached_property
    def _words(self) -> dict[str, str]:
        return {short: word for word, short in self.abbreviations.items()}
