"""What becomes of an estate as JSON: one form, which stays as it is within a version."""

from __future__ import annotations

import json
from typing import Any

from cdk_eventbridge_patterns.adoption import Interruption, Outcome, Proposal, Takeover
from cdk_eventbridge_patterns.reports.adoption.words import Report
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.undecided import Answer, Undecided, in_a_word

VERSION = 1


def json_form(report: Report) -> str:
    """Return *report* as a JSON object.

    It has `version`, which changes with the form, and `notes` on what was not seen.

    What becomes of an estate has `outcomes`, each with `fate`, `type`, `name`, `properties`, `told`, `fails`,
    `undecided`, `file` and `construct`, and `interruptions`, each with `who`, `reason`, `interrupted` and `undecided`.

    How an estate would come over has `proposals`, each with `verdict`, `kind`, `name`, `reasons`, `call`, `changes`,
    `byConvention`, `file` and `construct`, and `python`, by stack.
    """
    written: dict[str, Any] = {"version": VERSION, "notes": list(report.notes)}
    if isinstance(report, Takeover):
        written |= {
            "outcomes": [_outcome(each) for each in report.outcomes],
            "interruptions": [_interruption(each) for each in report.interruptions],
        }
    else:
        written |= {"proposals": [_proposal(each) for each in report.proposals], "python": dict(report.snippets)}
    return json.dumps(written, indent=2) + "\n"


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "fate": outcome.fate.value,
        "type": outcome.resource_type,
        "name": outcome.name,
        "properties": list(outcome.properties),
        "told": outcome.told,
        **_answer("fails", outcome.fails),
        **_place(outcome.location),
    }


def _interruption(interruption: Interruption) -> dict[str, Any]:
    return {
        "who": interruption.who,
        "reason": interruption.reason,
        **_answer("interrupted", interruption.answer),
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "verdict": proposal.verdict.value,
        "kind": proposal.kind,
        "name": proposal.name,
        "reasons": list(proposal.reasons),
        "call": proposal.call,
        "changes": list(proposal.changes),
        "byConvention": proposal.by_convention,
        **_place(proposal.location),
    }


def _answer(name: str, answer: Answer) -> dict[str, str | None]:
    return {name: in_a_word(answer), "undecided": answer.reason if isinstance(answer, Undecided) else None}


def _place(location: Location) -> dict[str, str | None]:
    return {"file": location.template_file, "construct": str(location)}
