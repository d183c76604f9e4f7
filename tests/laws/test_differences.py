"""What is the same makes no difference, and what is said to break nobody brings nobody what was not promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cdk_eventbridge_patterns.contracts import EventSchema
from cdk_eventbridge_patterns.differences import Difference, State, differences
from cdk_eventbridge_patterns.matching import Dead, EventPattern, Live, OnlyUndeclared, satisfiable
from cdk_eventbridge_patterns.testing.builders import a_bus, a_rule, a_schema, a_target, a_topology, queue_arn
from tests.laws.schemas import SCALARS, Dice, two_documents
from tests.mutation.world import World
from tests.mutation.worlds.central import central
from tests.mutation.worlds.newer import newer
from tests.mutation.worlds.routes import routes

LAW = settings(max_examples=25, deadline=None)
PAIRS = 6
VALUES = 15
EVENT_TYPE = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}
ENVELOPE = {
    "version": "0", "id": "1", "source": "com.acme.orders", "detail-type": "OrderPlaced.v1", "account": "111111111111",
    "time": "2026-01-01T00:00:00Z", "region": "eu-west-1", "resources": [],
}  # fmt: skip


@pytest.mark.parametrize("world", [central(), routes(), newer()], ids=lambda world: world.name)
def test_an_estate_does_not_differ_from_itself_in_whatever_order_it_is_read(world: World) -> None:
    backwards = world.read_at_once(reversed(world.templates))

    assert differences(State(topology=world.topology), State(topology=backwards)) == ()


@LAW
@given(seed=st.integers(0, 2**32))
def test_what_breaks_nobody_brings_a_target_only_what_the_old_contract_promised(seed: int) -> None:
    dice = Dice(seed)
    for _ in range(PAIRS):
        old, new, asked = *two_documents(dice), a_filter(dice)
        pattern = EventPattern.parse(asked)
        before, after = (Draft202012Validator(schema) for schema in (old, new))
        is_waited_for = isinstance(satisfiable(pattern, schema_of(old)), Live)
        if not is_waited_for or any(each.breaking is not False for each in compared(old, new, asked)):
            continue
        for _ in range(VALUES):
            detail = {"at": dice.likely(new["properties"]["at"], new)}
            arrives = after.is_valid(detail) and pattern.matches({**ENVELOPE, "detail": detail})
            assert not arrives or before.is_valid(detail), (old, new, asked, detail)


@LAW
@given(seed=st.integers(0, 2**32))
def test_a_rule_that_is_said_to_match_no_more_could_match_before_and_cannot_now(seed: int) -> None:
    dice = Dice(seed)
    for _ in range(PAIRS):
        old, new, asked = *two_documents(dice), a_filter(dice)
        pattern = EventPattern.parse(asked)
        uses = [use for each in compared(old, new, asked) for use in each.uses if use.breaking is True]
        is_said = any("matches no" in use.reason for use in uses)

        before, after = satisfiable(pattern, schema_of(old)), satisfiable(pattern, schema_of(new))

        assert is_said is (isinstance(before, Live) and isinstance(after, Dead | OnlyUndeclared)), (old, new, asked)


def a_filter(dice: Dice) -> dict[str, Any]:
    """Throw an event pattern on the field that the schemas have."""
    value = dice.one(*SCALARS, {"exists": True}, {"exists": False}, {"anything-but": ["a"]}, {"numeric": [">", 0]})
    detail = dice.one({}, {"detail": {"at": [value]}}, {"detail": {"at": {"id": [value]}}})
    return {**EVENT_TYPE, **detail}


def compared(old: Any, new: Any, asked: dict[str, Any]) -> Sequence[Difference]:
    """Compare estates whose one rule sends the whole event on."""
    rule = a_rule(a_target(queue_arn()), event_pattern=asked)
    base, head = (State(topology=a_topology(a_bus(), a_schema(detail), rule)) for detail in (old, new))
    return differences(base, head)


def schema_of(detail: Any) -> EventSchema:
    found = a_schema(detail).schema
    assert isinstance(found, EventSchema)
    return found
