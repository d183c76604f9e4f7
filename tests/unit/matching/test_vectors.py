"""The vectors of aws/event-ruler and of the service itself, where their file is at hand.

It is not part of this repository: it lies beside it, or where `EVENT_PATTERN_VECTORS` says.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern, RuleSet
from cdk_eventbridge_patterns.matching.complexity import complexity

ROOT = Path(__file__).parents[3]
FILE = Path(os.environ.get("EVENT_PATTERN_VECTORS") or ROOT.parent / "shared" / "pattern-vectors.jsonl")
FIRST = 10

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="no file of vectors; EVENT_PATTERN_VECTORS names one")


def vectors() -> list[dict[str, Any]]:
    """Return all vectors but the oddities of the reference that are not to be followed."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [vector for vector in map(json.loads, lines) if "quirk" not in vector]


def answer(vector: Mapping[str, Any]) -> str:
    try:
        pattern = EventPattern.parse(vector["pattern"])
    except EventPatternError:
        return "invalid"
    if vector["event"] is None:
        return "valid"
    return "match" if pattern.matches(vector["event"]) else "no_match"


def test_every_vector_is_answered_as_expected() -> None:
    wrong = [
        f"{vector['id']}: expected {vector['expect']}, got {got}: {vector['pattern']} against {vector['event']}"
        for vector in vectors()
        if (got := answer(vector)) != vector["expect"]
    ]

    assert not wrong, "\n".join([f"{len(wrong)} wrong, the first of them:", *wrong[:FIRST]])


def test_all_rules_together_answer_as_each_alone() -> None:
    asked = [vector for vector in vectors() if vector["expect"] in ("match", "no_match")]
    rules = {vector["id"]: EventPattern.parse(vector["pattern"]) for vector in asked}
    together = RuleSet(rules)

    wrong = [
        f"{vector['id']}: expected {vector['expect']}"
        for vector in asked
        if (vector["id"] in together.matching(vector["event"])) != (vector["expect"] == "match")
    ]

    assert not wrong, "\n".join(wrong[:FIRST])


def test_the_canonical_form_of_a_vector_answers_as_the_vector() -> None:
    wrong = [
        f"{vector['id']}: {pattern}"
        for vector in vectors()
        if vector["expect"] in ("match", "no_match")
        and (pattern := EventPattern.parse(vector["pattern"]))
        and EventPattern.parse(pattern.canonical(), longest=None).matches(vector["event"])
        != (vector["expect"] == "match")
    ]

    assert not wrong, "\n".join(wrong[:FIRST])


def test_the_complexity_of_wildcards_is_counted_as_by_the_reference() -> None:
    counted = [vector for vector in vectors() if "complexity" in vector]

    wrong = [
        f"{vector['pattern']}: expected {vector['complexity']}, got {score}"
        for vector in counted
        if (score := complexity(operands(json.loads(vector["pattern"])["detail"]["k"]), most=99))
        != vector["complexity"]
    ]

    assert counted
    assert not wrong, "\n".join(wrong[:FIRST])


def operands(values: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    """Return the operands of the wildcards among *values*, those of one anything-but together."""
    return {
        (value["wildcard"],) if "wildcard" in value else tuple(value["anything-but"]["wildcard"]) for value in values
    }
