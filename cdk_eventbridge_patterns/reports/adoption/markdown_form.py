"""What becomes of an estate as Markdown, for a pull request or a ticket."""

from __future__ import annotations

from cdk_eventbridge_patterns.reports.adoption import words
from cdk_eventbridge_patterns.reports.markdown import escaped


def markdown_form(report: words.Report) -> str:
    """Return *report* as Markdown: a table, the Python in blocks, and notes on what was not seen."""
    rows = [
        f"| {escaped(entry.word)} | {escaped(entry.title)} | {'<br>'.join(map(escaped, entry.lines))} |"
        for entry in words.entries(report)
    ]
    parts = [f"### EventBridge: {words.summary(report)}"]
    if rows:
        parts.append("\n".join(["| | what | how |", "|---|---|---|", *rows]))
    parts += [f"`{where}`\n\n```python\n{code}```" for where, code in words.code(report).items()]
    if report.notes:
        parts.append("\n".join(f"- {escaped(note)}" for note in report.notes))
    return "\n\n".join(parts) + "\n"
