"""Each check finds its fault, says where, and is silent on the near miss."""

from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.checks.registry import topology_checks
from cdk_eventbridge_patterns.testing.builders import a_topology
from cdk_eventbridge_patterns.topology.location import Location
from tests.unit.checks.case import Case
from tests.unit.checks.cases import access, delivery, encryption, flow, topology

CASES = [*access.CASES, *delivery.CASES, *encryption.CASES, *flow.CASES, *topology.CASES]
CHECKS = {check.id: check for check in topology_checks()}

# These have tests of their own, beside this one.
ELSEWHERE = ("CON", "OBS", "QTA")


def _name(case: Case) -> str:
    return f"{case.check} {case.id}".strip()


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_the_fault_is_found_where_it_is(case: Case) -> None:
    findings = [each for each in CHECKS[case.check].findings(a_topology(*case.broken)) if not each.undecided]

    assert [(each.message, _place(each.location)) for each in findings] == [(case.message, case.at)]


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_the_near_miss_is_fine(case: Case) -> None:
    findings = CHECKS[case.check].findings(a_topology(*case.fine))

    assert [each.message for each in findings if not each.undecided] == []


def test_every_check_has_a_case() -> None:
    ours = {id for id in CHECKS if not id.startswith(ELSEWHERE)}

    assert ours == {case.check for case in CASES}


def _place(location: Location) -> str:
    return " ".join(filter(None, [location.logical_id, location.property_path]))
