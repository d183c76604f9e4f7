"""What is said to be possible has a witness, and what is said to be impossible no event contradicts."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cdk_eventbridge_patterns.contracts import EventSchema
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.matching.analysis import Dead, Live, OnlyUndeclared, covers, overlaps, satisfiable
from tests.laws.contracts import EVENT_PATTERNS, contracts

LAW = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Contract = tuple[EventSchema, st.SearchStrategy[dict[str, Any]]]


@LAW
@given(contracts(), EVENT_PATTERNS, st.data())
def test_a_dead_event_pattern_matches_no_event_that_the_contract_allows(
    contract: Contract, pattern: EventPattern, data: st.DataObject
) -> None:
    schema, events = contract
    verdict = satisfiable(pattern, schema)

    event = data.draw(events)

    if isinstance(verdict, Dead) and Draft202012Validator(schema.schema).is_valid(event):
        assert not pattern.matches(event), verdict


@LAW
@given(contracts(), EVENT_PATTERNS)
def test_a_witness_is_valid_and_matches(contract: Contract, pattern: EventPattern) -> None:
    schema, _ = contract
    verdict = satisfiable(pattern, schema)

    if isinstance(verdict, Live | OnlyUndeclared):
        assert list(Draft202012Validator(schema.schema).iter_errors(verdict.witness)) == []
        assert pattern.matches(verdict.witness)


@LAW
@given(contracts(), EVENT_PATTERNS, EVENT_PATTERNS, st.data())
def test_two_event_patterns_that_do_not_overlap_match_no_event_both(
    contract: Contract, one: EventPattern, other: EventPattern, data: st.DataObject
) -> None:
    schema, events = contract
    anyhow, under_contract = overlaps(one, other), overlaps(one, other, schema)

    event = data.draw(events)

    if one.matches(event) and other.matches(event):
        assert anyhow is not False
        if Draft202012Validator(schema.schema).is_valid(event):
            assert under_contract is not False


@LAW
@given(contracts(), EVENT_PATTERNS, EVENT_PATTERNS, st.data())
def test_what_a_covered_event_pattern_matches_the_covering_one_does(
    contract: Contract, wider: EventPattern, narrower: EventPattern, data: st.DataObject
) -> None:
    answer = covers(wider, narrower)

    event = data.draw(contract[1])

    if answer is True and narrower.matches(event):
        assert wider.matches(event)


@LAW
@given(EVENT_PATTERNS)
def test_an_event_pattern_is_never_said_not_to_cover_itself(pattern: EventPattern) -> None:
    assert covers(pattern, pattern) is True
