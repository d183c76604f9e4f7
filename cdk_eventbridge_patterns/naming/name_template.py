"""The fixed text of names: segments and separators around the service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cdk_eventbridge_patterns.naming.case import Case
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind

DEFAULT_TEMPLATE = "{organization}-{stage}-{service}"

_SERVICE = "{service}"
_SEGMENT = re.compile(r"\{([^{}]*)\}")
_ELEMENT = r"(?:\{[a-z][a-z0-9_]*\}|[A-Za-z0-9]+)"
_SEPARATED = re.compile(rf"{_ELEMENT}(?:[-_.]{_ELEMENT})*")
# A capital says where a word begins, so a separator may be missing.
_CAPITALIZED = re.compile(rf"{_ELEMENT}(?:[-_.]?{_ELEMENT})*")


@dataclass(frozen=True)
class NameTemplate:
    """A template such as `{organization}-{stage}-{service}`."""

    text: str

    def faults(self, argument: str, case: Case, segments: Mapping[str, str]) -> Iterator[str]:
        """Yield what is wrong with it."""
        got = f"got {self.text!r}"
        form = _CAPITALIZED if case is Case.PASCAL else _SEPARATED
        if not isinstance(self.text, str) or not form.fullmatch(self.text):
            yield (
                f"{argument} must be segments and words joined by single '-', '_' or '.', such as "
                f"{DEFAULT_TEMPLATE!r}, {got}"
            )
            return
        if self.text.count(_SERVICE) != 1:
            yield f"{argument} must name {_SERVICE} exactly once, such as {DEFAULT_TEMPLATE!r}, {got}"
        known = ["service", *segments]
        for segment in _SEGMENT.findall(self.text):
            if segment not in known:
                yield f"{argument} must name segments that there are, such as {{{'}, {'.join(known)}}}, {got}"

    def for_kind(self, kind: ResourceKind) -> NameTemplate:
        """Return the template with a hyphen for each separator that names of *kind* can't hold."""
        text = self.text
        for separator in "_.":
            if not kind.allows(separator):
                # The underscores that are left belong to the names of segments.
                text = "".join(
                    piece if piece.startswith("{") else piece.replace(separator, "-")
                    for piece in re.split(r"(\{[^{}]*\})", text)
                )
        return NameTemplate(text)

    def around_service(self, segments: Mapping[str, str]) -> tuple[str, str]:
        """Return the text before and after the service, with *segments* filled in."""
        before, _, after = self.text.partition(_SERVICE)
        return before.format_map(segments), after.format_map(segments)
