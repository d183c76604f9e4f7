"""The page on which check finds which fault: `python -m tests.mutation.report` writes it anew."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.mutation.kind import Kind
from tests.mutation.kinds.every import KINDS
from tests.mutation.known_misses import KNOWN_MISSES, KnownMiss
from tests.mutation.score import Result, score

PAGE = Path(__file__).parents[2] / "docs" / "mutation_score.md"

_HEAD = """# Mutation score

Do the checks find what is wrong? Correct topologies are made wrong in one place at a time: a statement is taken out of
a policy, an account in an ARN is another, a queue becomes FIFO. Each fault is put into every place where it can be,
and all checks judge the templates that result. On the untouched templates they find nothing; a test holds them to it.

A fault counts as found where a check of a family that is right for it says so. What a check can't decide does not
count. What would leave the topology correct by AWS's rules is no fault, and is not made: `tests/mutation/kinds` says
what was left out.

The topologies are the three examples, an estate that encrypts all by keys of its own, an organisation that subscribes
as a whole, one bus for all accounts with keys,
logs and alarms, routes across accounts and Regions, and a bus of the newer kind (`AWS::EventsV2`).

This page is generated: `python -m tests.mutation.report`.
"""


def page(results: Sequence[Result]) -> str:
    """Return the page."""
    found = sum(1 for result in results if result.rightly_found_by)
    share = f"{len(KINDS)} kinds of faults in {len(results)} places: {found} found, {100 * found / len(results):.1f} %."
    return "\n".join([_HEAD, share, "", *_table(results), "", *_misses(results)])


def _table(results: Sequence[Result]) -> Iterator[str]:
    yield "| Fault | Places | Found | Found by another family only | Missed | By |"
    yield "|---|--:|--:|--:|--:|---|"
    for kind in KINDS:
        yield _row(kind, [result for result in results if result.kind is kind])


def _row(kind: Kind, results: Sequence[Result]) -> str:
    found = sum(1 for result in results if result.rightly_found_by)
    otherwise = sum(1 for result in results if result.found_by and not result.rightly_found_by)
    missed = len(results) - found - otherwise
    by = Counter(each for result in results for each in result.rightly_found_by)
    ids = ", ".join(f"{each} {count}" for each, count in sorted(by.items()))
    return f"| {kind.name} | {len(results)} | {found} | {otherwise} | {missed} | {ids} |"


def _misses(results: Sequence[Result]) -> Iterator[str]:
    yield "## What is missed\n"
    for reason in dict.fromkeys(each.reason for each in KNOWN_MISSES):
        yield f"* {reason[0].upper()}{reason[1:]}:"
        yield from (_miss(each, results) for each in KNOWN_MISSES if each.reason == reason)
    if not KNOWN_MISSES:
        yield "Nothing."
    yield ""


def _miss(miss: KnownMiss, results: Sequence[Result]) -> str:
    places = sum(1 for result in results if miss.covers(result))
    return f"    * {miss.kind} ({places} {'place' if places == 1 else 'places'})"


def main() -> None:
    """Write the page."""
    import conftest  # noqa: F401, PLC0415 - the environment of the tests, before Node starts
    from tests.mutation.worlds.every import every_world  # noqa: PLC0415 - imports the CDK, which starts Node

    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(page(list(score(every_world(Path(folder))))), encoding="utf-8")


if __name__ == "__main__":
    main()
