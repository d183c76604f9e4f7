"""The page of what a trace knows, made from the facts and their preface: `python -m tests.docs.pages` writes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.facts.fact import Evidence, Fact
from tests.facts.facts import FACTS
from tests.facts.holders import holders

FILE = Path(__file__).parents[2] / "docs" / "what_a_trace_knows.md"

_PREFACE = Path(__file__).parents[1] / "facts" / "preface.md"


def page() -> str:
    """Return the page."""
    preface = _PREFACE.read_text(encoding="utf-8")
    return "\n".join([preface, *(_section(subject, facts) for subject, facts in FACTS.items())])


def _section(subject: str, facts: Sequence[Fact]) -> str:
    lines = [f"### {subject}", "", "| | fact | who says so | held by |", "|---|---|---|---|"]
    lines += [f"| {fact.id} | {fact.says} | {_source(fact)} | {_tests(fact)} |" for fact in facts]
    return "\n".join(lines) + "\n"


def _source(fact: Fact) -> str:
    """Return who says so, each page by its last name."""
    named = [f"[{_name(source)}]({source})" for source in fact.sources]
    seen = "; compare" if fact.evidence is Evidence.OPEN else ":"
    return f"{fact.evidence.value}{seen} {', '.join(named)}" if named else fact.evidence.value


def _name(source: str) -> str:
    return source.rpartition("/")[2].removesuffix(".html")


def _tests(fact: Fact) -> str:
    return "<br>".join(
        f"[{test.removeprefix('test_').replace('_', ' ')}](../{file})"
        for test in fact.tests
        for file in holders().get(test, [])
    )
