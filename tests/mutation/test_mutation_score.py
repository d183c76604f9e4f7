"""That the checks find the faults that are put into correct topologies, and nothing in those themselves."""

from __future__ import annotations

from dataclasses import fields

import pytest

from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.checks.registry import topology_checks
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.mutation.kind import Kind
from tests.mutation.kinds.every import KINDS
from tests.mutation.known_misses import mended, unlisted
from tests.mutation.report import PAGE, page
from tests.mutation.score import Result, findings_in
from tests.mutation.world import World


def test_nothing_is_found_in_the_untouched_topologies(worlds: list[World]) -> None:
    found = {
        world.name: [f"{each.check_id} {each.location}: {each.message}" for each in findings_in(world)]
        for world in worlds
    }

    assert found == {world.name: [] for world in worlds}


def test_every_kind_of_fault_has_a_place(results: list[Result]) -> None:
    made = {result.kind.name for result in results}

    assert [kind.name for kind in KINDS if kind.name not in made] == []
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 25


def test_nearly_every_fault_is_found_by_a_check_of_a_right_family(results: list[Result]) -> None:
    found = sum(1 for result in results if result.rightly_found_by)

    assert found / len(results) >= 0.95


def test_what_is_missed_is_what_is_listed_with_its_reason(results: list[Result]) -> None:
    assert unlisted(results) == []
    assert list(mended(results)) == []


def test_the_page_is_up_to_date(results: list[Result]) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(results), "write it anew: python -m tests.mutation.report"


def test_templates_read_one_by_one_say_what_they_say_together(worlds: list[World]) -> None:
    for world in worlds:
        together, one_by_one = world.read_at_once(world.templates), world.read(world.templates)

        for each in fields(Topology):
            if each.name not in ("names", "environments", "organization"):
                assert said(one_by_one, each.name) == said(together, each.name)
        assert one_by_one.environments == together.environments


def said(topology: Topology, field: str) -> list[str]:
    return sorted(map(repr, getattr(topology, field)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_fault_is_judged_alike_where_the_templates_are_read_together(worlds: list[World], kind: Kind) -> None:
    mutant = next(mutant for world in worlds for mutant in kind.mutate(world))

    together, one_by_one = (judge(read(mutant.templates)) for read in (mutant.world.read_at_once, mutant.world.read))

    assert set(one_by_one) == set(together)


def test_every_check_has_a_fault_that_it_finds(results: list[Result]) -> None:
    finding = {each for result in results for each in result.found_by}

    assert sorted(check.id for check in topology_checks() if check.id not in finding) == []
