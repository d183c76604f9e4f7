"""What becomes of an estate in words, for whatever shows it to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cdk_eventbridge_patterns.adoption import Fate, Interruption, Outcome, Proposal, Proposals, Takeover, Verdict
from cdk_eventbridge_patterns.undecided import Undecided

Report = Takeover | Proposals
"""What `adopt` answers: what becomes of what exists, or what our constructs for it would be."""


class Entry(NamedTuple):
    """One thing to tell: what sort it is in a word, what it is about, more of it, and whether it is bad."""

    word: str
    title: str
    lines: tuple[str, ...] = ()
    bad: bool = False


def entries(report: Report) -> Iterator[Entry]:
    """Return all there is to tell, what matters most first."""
    if isinstance(report, Takeover):
        yield from map(_interruption, report.interruptions)
        yield from map(_outcome, report.outcomes)
    else:
        yield from map(_proposal, report.proposals)


def summary(report: Report) -> str:
    """Return how many there are of which sort: `1 replaced, 4 changed in place, 2 kept; 1 interrupted`."""
    if isinstance(report, Takeover):
        found = Counter(each.fate.value for each in report.outcomes)
        interrupted = Counter(_interruption(each).word for each in report.interruptions)
        flows = _counted(interrupted, ("interrupted", "perhaps interrupted")) or "nothing interrupted"
        return f"{_counted(found, [fate.value for fate in Fate]) or 'nothing to compare'}; {flows}"
    found = Counter(each.verdict.value for each in report.proposals)
    return _counted(found, [verdict.value for verdict in Verdict]) or "nothing to take over"


def code(report: Report) -> Mapping[str, str]:
    """Return the Python that takes each stack over, by account, Region and stack."""
    return {} if isinstance(report, Takeover) else report.snippets


def _counted(found: Mapping[str, int], order: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"{found[word]} {word}" for word in order if found.get(word))


def _interruption(interruption: Interruption) -> Entry:
    unsure = isinstance(interruption.answer, Undecided)
    lines = [interruption.reason]
    if isinstance(interruption.answer, Undecided) and interruption.answer.reason not in interruption.reason:
        lines.append(f"undecided: {interruption.answer.reason}")
    return Entry("perhaps interrupted" if unsure else "interrupted", interruption.who, tuple(lines), bad=True)


def _outcome(outcome: Outcome) -> Entry:
    about = f"{outcome.resource_type} {outcome.name}"
    title = f"{about}: {', '.join(outcome.properties)}" if outcome.properties else about
    lines = [f"at {outcome.location}"] if outcome.fails is not False else []
    lines += [] if outcome.told is None else [outcome.told]
    lines += [f"undecided: {outcome.fails.reason}"] if isinstance(outcome.fails, Undecided) else []
    return Entry(outcome.fate.value, title, tuple(lines), bad=outcome.fails is True)


def _proposal(proposal: Proposal) -> Entry:
    by_convention = [] if proposal.by_convention is None else [f"by the convention {proposal.by_convention}"]
    call = [] if proposal.call is None else [proposal.call]
    return Entry(
        proposal.verdict.value,
        f"{proposal.kind} {proposal.name} at {proposal.location}",
        (*proposal.reasons, *call, *proposal.changes, *by_convention),
        bad=proposal.verdict in (Verdict.NOT_EXPRESSIBLE, Verdict.REPLACED),
    )
