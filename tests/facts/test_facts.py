"""Each fact is held by a test that is there, and says where it is from."""

from __future__ import annotations

import pytest

from tests.facts.fact import Evidence, Fact
from tests.facts.facts import FACTS
from tests.facts.holders import holders

ALL = [fact for facts in FACTS.values() for fact in facts]
each_fact = pytest.mark.parametrize("fact", ALL, ids=[fact.id for fact in ALL])


@each_fact
def test_a_fact_is_held_by_tests_that_are_there_and_only_once(fact: Fact) -> None:
    files = {name: holders().get(name, []) for name in fact.tests}

    assert fact.tests
    assert {name: found for name, found in files.items() if len(found) != 1} == {}


@each_fact
def test_a_fact_says_where_it_is_from(fact: Fact) -> None:
    assert fact.sources or fact.evidence is Evidence.OPEN
    assert all(source.startswith("https://") for source in fact.sources)


@each_fact
def test_what_is_documented_is_on_a_page_of_aws(fact: Fact) -> None:
    by_aws = [
        source
        for source in fact.sources
        if source.startswith(("https://docs.aws.amazon.com/", "https://github.com/aws-samples/"))
    ]

    assert by_aws or fact.evidence is not Evidence.DOCUMENTED


@each_fact
def test_what_is_documented_nowhere_is_answered_by_undecided(fact: Fact) -> None:
    if fact.evidence is Evidence.OPEN:
        assert "?" in fact.says
        assert "ndecided" in fact.says


def test_ids_are_the_letters_of_the_subject_and_a_number_and_never_twice() -> None:
    ids = [fact.id for fact in ALL]

    assert len(set(ids)) == len(ids)
    for facts in FACTS.values():
        assert [fact.id for fact in facts] == [f"{facts[0].id[:3]}{number}" for number in range(1, len(facts) + 1)]
