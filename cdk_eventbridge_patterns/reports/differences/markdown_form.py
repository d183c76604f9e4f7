"""Differences as a comment on a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.differences import Difference
from cdk_eventbridge_patterns.reports.differences import words
from cdk_eventbridge_patterns.reports.markdown import escaped

# GitHub takes comments of 65,536 characters: half of it for what breaks, a quarter each for the rest.
_LONGEST = 60_000


def markdown_form(differences: Sequence[Difference], notes: Sequence[str]) -> str:
    """Return *differences* as Markdown: what breaks in a table, the rest folded, and *notes* on what was not seen."""
    parts = [f"### EventBridge: {words.summary(differences)}"]
    breaking = words.of_answer(differences, "breaking")
    if breaking:
        parts.append(_table("breaks", breaking, longest=_LONGEST // 2))
    for word in ("undecided", "not breaking"):
        found = words.of_answer(differences, word)
        if found:
            table = _table("has to do with", found, longest=_LONGEST // 4)
            parts.append(f"<details>\n<summary>{len(found)} {word}</summary>\n\n{table}\n\n</details>")
    if notes:
        parts.append("\n".join(f"- {escaped(note)}" for note in notes))
    return "\n\n".join(parts) + "\n"


def _table(heading: str, differences: Sequence[Difference], *, longest: int) -> str:
    lines = [f"| what | where | {heading} |", "|---|---|---|"]
    for number, difference in enumerate(differences):
        line = f"| {_what(difference)} | {escaped(words.where(difference))} | {_who(difference)} |"
        if sum(map(len, lines)) + len(line) > longest:
            return "\n".join([*lines, f"| and {len(differences) - number} more | | |"])
        lines.append(line)
    return "\n".join(lines)


def _what(difference: Difference) -> str:
    told = escaped(words.title(difference))
    contract = words.by_contract(difference)
    return told if contract is None else f"{told}<br>{escaped(contract)}"


def _who(difference: Difference) -> str:
    return "<br>".join(map(escaped, words.lines(difference)))
