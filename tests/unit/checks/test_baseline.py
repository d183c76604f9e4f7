"""What was found before may stay, and is not to come back once it is gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cdk_eventbridge_patterns.checks.baseline import held_against, read_baseline, written_baseline
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.errors import AssemblyError
from cdk_eventbridge_patterns.topology.acknowledgement import Acknowledgement
from cdk_eventbridge_patterns.topology.location import Location

FAULT = Finding(
    check_id="DLV001",
    severity=Severity.ERROR,
    message="no dead-letter queue",
    fix="name one",
    location=Location(stack="Orders", logical_id="Ship", template_file="cdk.out/Orders.json"),
)


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    file = tmp_path / "baseline.json"
    file.write_text(written_baseline([FAULT]))
    return file


def test_what_is_in_the_baseline_is_known_whatever_its_words_and_wherever_the_file(baseline: Path) -> None:
    moved = replace(FAULT, message="has none", location=replace(FAULT.location, template_file="/elsewhere/Orders.json"))

    held, mended = held_against([moved], read_baseline(baseline))

    assert [each.known for each in held] == [True]
    assert mended == []


def test_a_second_fault_at_the_same_place_is_new(baseline: Path) -> None:
    held, _ = held_against([FAULT, FAULT], read_baseline(baseline))

    assert [each.known for each in held] == [True, False]


def test_what_is_found_no_more_is_said_so_that_the_baseline_can_shrink(baseline: Path) -> None:
    assert held_against([], read_baseline(baseline)) == ([], ["DLV001 Orders/Ship"])


def test_what_is_acknowledged_or_undecided_needs_no_baseline() -> None:
    acknowledged = replace(FAULT, acknowledged=Acknowledgement(check_id="DLV001", reason="heartbeats"))
    undecided = replace(FAULT, undecided=True, severity=Severity.INFO)

    assert '"findings": {}' in written_baseline([acknowledged, undecided])


@pytest.mark.parametrize(
    "content", ["", "[]", '{"version": 2, "findings": {}}', '{"version": 1, "findings": {"a": 0}}']
)
def test_fails_on_a_file_that_is_no_baseline(tmp_path: Path, content: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(content)

    with pytest.raises(AssemblyError, match=r"baseline\.json' must be a baseline"):
        read_baseline(file)
