"""What a check's documentation says: its docstring, part by part."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

from cdk_eventbridge_patterns.checks.check import Check
from cdk_eventbridge_patterns.checks.registry import family_of

SECTIONS = ("Why this matters", "Avoid", "Prefer", "What it misses", "When to acknowledge it")
_CODE = ("Avoid", "Prefer")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The documentation of one check.

    Args:
        id: Its id.

        family: Its family.

        severity: How much its findings matter, if nothing else is set.

        title: The bad thing, in a sentence.

        sections: What is said under each of `SECTIONS`.

        fix: The cure.
    """

    id: str
    family: str
    severity: str
    title: str
    sections: dict[str, str]
    fix: str

    @property
    def markdown(self) -> str:
        """The page, as Markdown."""
        parts = [f"# {self.id}", self.title, f"*{self.family}, {self.severity}* · Fix: {self.fix}."]
        for heading, text in self.sections.items():
            parts += [f"## {heading}", f"```text\n{text}\n```" if heading in _CODE else text]
        return "\n\n".join(parts) + "\n"


def explanation_of(check: type[Check]) -> Explanation:
    """Return what the docstring of *check* says; a team's own check may have less in it."""
    title, *rest = _HEADING.split(inspect.getdoc(check) or check.__name__)
    written = dict(zip(rest[::2], rest[1::2], strict=True))
    return Explanation(
        id=check.id,
        family=family_of(check),
        severity=check.severity.value,
        title=" ".join(title.split()),
        sections={
            heading: inspect.cleandoc(text) if heading in _CODE else text.strip() for heading, text in written.items()
        },
        fix=check.fix,
    )
