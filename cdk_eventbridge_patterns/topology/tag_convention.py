"""The tags an organisation wants on its resources, and what their values may be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.undecided import Undecided

# https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
_KEY = re.compile(r"(?!aws:)[\w\s.:/=+\-@]{1,128}")
_VALUE = re.compile(r"[\w\s.:/=+\-@]{0,256}")

Allowed = Collection[str] | re.Pattern[str]
"""The values that a tag may have, or a pattern that the whole value matches."""


@dataclass(frozen=True)
class TagFault:
    """What is wrong with one tag.

    Args:
        key: The tag.

        actual: The value it has, nothing where it is missing, or why it is undecided.

        expected: What it may be, in words.
    """

    key: str
    actual: str | Undecided | None
    expected: str


@dataclass(frozen=True, kw_only=True)
class TagConvention:
    """The tags that every taggable resource has, such as owner, service, stage, data class and cost centre.

    Args:
        required: What each tag may be: a collection of values, or a compiled pattern for the whole value.

        values: The values that are given to all resources. Default: none; each scope adds its own by `with_values`.

    Raises:
        DeclarationError: If AWS allows no such tag, or the convention itself no such value.
    """

    required: Mapping[str, Allowed]
    values: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what could not be deployed, or would be found at once."""
        for key, allowed in self.required.items():
            if isinstance(allowed, str) or not isinstance(allowed, (Collection, re.Pattern)):
                msg = (
                    f"required[{key!r}] must be the allowed values, such as ['prod', 'test'], or a compiled pattern, "
                    f"got {allowed!r}"
                )
                raise DeclarationError(msg)
        for key, value in [*((key, "") for key in self.required), *self.values.items()]:
            if not _KEY.fullmatch(key) or not isinstance(value, str) or not _VALUE.fullmatch(value):
                msg = f"a tag must be text that AWS allows, such as 'owner': 'team-orders', got {key!r}: {value!r}"
                raise DeclarationError(msg)
        for key, value in self.values.items():
            fault = self._fault(key, value)
            if fault is not None:
                msg = f"values[{key!r}] must be {fault.expected}, got {value!r}"
                raise DeclarationError(msg)

    def with_values(self, values: Mapping[str, str]) -> TagConvention:
        """Return this convention with more values, such as those of one service."""
        return replace(self, values={**self.values, **values})

    def faults(self, tags: Mapping[str, str | Undecided]) -> Iterator[TagFault]:
        """Return what is wrong with the tags of a resource."""
        for key in self.required:
            fault = self._fault(key, tags.get(key))
            if fault is not None:
                yield fault

    def _fault(self, key: str, value: str | Undecided | None) -> TagFault | None:
        allowed = self.required.get(key)
        if isinstance(allowed, re.Pattern):
            fits = isinstance(value, str) and allowed.fullmatch(value) is not None
            return None if fits else TagFault(key, value, f"text that matches {allowed.pattern}")
        if allowed is None or value in allowed:
            return None
        return TagFault(key, value, f"one of {', '.join(map(repr, sorted(allowed)))}")
