"""What a trace takes for a fact about EventBridge."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Evidence(Enum):
    """Who says so."""

    DOCUMENTED = "documented by AWS"
    SEEN = "seen by others"
    OPEN = "documented nowhere"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact, and the tests that hold it.

    Args:
        id: Its id: the letters of its subject and a number, never reused.

        says: The fact, and what a trace answers. Of what is documented nowhere: the question, and what it answers.

        evidence: Who says so.

        tests: The names of the test functions that hold it.

        sources: The pages that say so, or that are silent. Default: no page comes near.
    """

    id: str
    says: str
    evidence: Evidence
    tests: tuple[str, ...]
    sources: tuple[str, ...] = ()


def documented(id: str, says: str, *sources: str, tests: tuple[str, ...]) -> Fact:
    """Return a fact that AWS documents."""
    return Fact(id=id, says=says, evidence=Evidence.DOCUMENTED, sources=sources, tests=tests)


def seen(id: str, says: str, *sources: str, tests: tuple[str, ...]) -> Fact:
    """Return a fact that others saw in AWS, and that AWS does not document."""
    return Fact(id=id, says=says, evidence=Evidence.SEEN, sources=sources, tests=tests)


def undocumented(id: str, says: str, *sources: str, tests: tuple[str, ...]) -> Fact:
    """Return a question that nobody answers, and what a trace says to it."""
    return Fact(id=id, says=says, evidence=Evidence.OPEN, sources=sources, tests=tests)
