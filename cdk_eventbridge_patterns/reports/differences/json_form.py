"""Differences as JSON: one form, which stays as it is within a version."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cdk_eventbridge_patterns.differences import Difference, Use
from cdk_eventbridge_patterns.undecided import Answer, Undecided

VERSION = 1


def json_form(differences: Sequence[Difference], notes: Sequence[str]) -> str:
    """Return *differences* as a JSON object.

    It has `version`, which changes with the form, `notes` on what was not seen, and `differences`: each with `kind`,
    `name`, `path`, `told`, `breaking`, `undecided`, `byContract` (`breaking`, `undecided`; null where it is of no
    contract), `where` (each with `account` and `region`), `file`, `construct` and `uses`. A use has `account`,
    `service`, `rule`, `ruleArn`, `target`, `reason`, `breaking`, `undecided`, `file` and `construct`. `breaking` is
    `yes`, `no` or `undecided`, and `undecided` says why it is.
    """
    found = [_difference(each) for each in differences]
    return json.dumps({"version": VERSION, "notes": list(notes), "differences": found}, indent=2) + "\n"


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "kind": difference.kind.value,
        "name": difference.name,
        "path": difference.path,
        "told": difference.told,
        **_answer(difference.breaking),
        "byContract": None if difference.by_contract is None else _answer(difference.by_contract),
        "where": [{"account": account, "region": region} for account, region in difference.where],
        **_place(difference),
        "uses": [_use(each) for each in difference.uses],
    }


def _use(use: Use) -> dict[str, Any]:
    return {
        "account": use.account,
        "service": use.service,
        "rule": use.rule,
        "ruleArn": use.rule_arn,
        "target": use.target,
        "reason": use.reason,
        **_answer(use.breaking),
        **_place(use),
    }


def _answer(answer: Answer) -> dict[str, str | None]:
    if isinstance(answer, Undecided):
        return {"breaking": "undecided", "undecided": answer.reason}
    return {"breaking": "yes" if answer else "no", "undecided": None}


def _place(element: Difference | Use) -> dict[str, str | None]:
    location = element.location
    return {
        "file": None if location is None else location.template_file,
        "construct": None if location is None else str(location),
    }
