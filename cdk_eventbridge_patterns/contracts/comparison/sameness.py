"""Whether two schemas, each in its document, say the same in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.contracts.comparison.document import SchemaDocument
from cdk_eventbridge_patterns.contracts.comparison.keywords import (
    ASSERTING,
    DESCRIPTIVE,
    NAMED_SCHEMAS,
    ONE_SCHEMA,
    SCHEMA_LISTS,
    UNORDERED,
)
from cdk_eventbridge_patterns.contracts.comparison.merged import TooHardError
from cdk_eventbridge_patterns.contracts.comparison.values import key


class Sameness:
    """The comparison of two documents.

    Args:
        descriptions: Whether what only describes must be the same, too.
    """

    def __init__(self, old: SchemaDocument, new: SchemaDocument, *, descriptions: bool) -> None:
        self._old = old
        self._new = new
        self._keywords = ASSERTING | frozenset(DESCRIPTIVE if descriptions else ())

    def of(self, old: Any, new: Any) -> bool:  # noqa: ANN401 - JSON
        """Whether the two say the same; where they refer to themselves, by what they say before."""
        return self._schemas(old, new, set())

    def _schemas(self, old: Any, new: Any, assumed: set[tuple[str, str]]) -> bool:  # noqa: ANN401 - JSON
        if not isinstance(old, Mapping) or not isinstance(new, Mapping):
            return key(old) == key(new)
        said = self._keywords & old.keys()
        return said == self._keywords & new.keys() and all(
            self._keyword(keyword, old[keyword], new[keyword], assumed) for keyword in said
        )

    def _keyword(self, keyword: str, old: Any, new: Any, assumed: set[tuple[str, str]]) -> bool:  # noqa: ANN401
        if keyword == "$ref":
            return self._references(old, new, assumed)
        if keyword in NAMED_SCHEMAS:
            return old.keys() == new.keys() and all(self._schemas(old[name], new[name], assumed) for name in old)
        if keyword in SCHEMA_LISTS or (keyword in ONE_SCHEMA and isinstance(old, list) and isinstance(new, list)):
            return len(old) == len(new) and all(self._schemas(*pair, assumed) for pair in zip(old, new, strict=True))
        if keyword in ONE_SCHEMA:
            return self._schemas(old, new, assumed)
        if keyword in UNORDERED and isinstance(old, list) and isinstance(new, list):
            return sorted(map(key, old)) == sorted(map(key, new))
        return key(old) == key(new)

    def _references(self, old: Any, new: Any, assumed: set[tuple[str, str]]) -> bool:  # noqa: ANN401 - JSON
        pair = (str(old), str(new))
        if pair in assumed:
            return True
        assumed.add(pair)
        try:
            return self._schemas(self._old.pointed_at(old), self._new.pointed_at(new), assumed)
        except TooHardError:
            # What another document says may have changed without a trace here.
            return False
