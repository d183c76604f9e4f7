"""That the trace says who receives an event, and what, as the emulator delivers it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from tests.agreement.cases import EVENT_PATTERNS, INPUTS, RULES
from tests.agreement.delivery import Delivery
from tests.agreement.difference import SPELLING, Difference
from tests.agreement.emulator import Emulator
from tests.agreement.resources import one_rule, published
from tests.agreement.strategies import INPUTS as ANY_INPUTS
from tests.agreement.strategies import ORDERS


def _differences(case: Delivery, emulator: Emulator) -> list[Difference]:
    """Return what is different but for the spelling of JSON, of which the emulator has its own everywhere."""
    return [each for each in case.differences(emulator) if each.kind not in SPELLING]


@pytest.mark.parametrize("case", EVENT_PATTERNS.values(), ids=EVENT_PATTERNS)
def test_who_receives_an_event_by_its_event_pattern(emulator: Emulator, case: Delivery) -> None:
    assert case.undecided() == []
    assert _differences(case, emulator) == []


@pytest.mark.parametrize("case", RULES.values(), ids=RULES)
def test_who_receives_an_event_by_rules_targets_and_buses(emulator: Emulator, case: Delivery) -> None:
    assert case.undecided() == []
    assert _differences(case, emulator) == []


@pytest.mark.parametrize("case", INPUTS.values(), ids=INPUTS)
def test_what_a_queue_receives(emulator: Emulator, case: Delivery) -> None:
    assert case.undecided() == []
    assert _differences(case, emulator) == []


@pytest.mark.parametrize(
    "name",
    [
        "a constant",
        "the path of a text",
        "a text of texts",
        "a text of a number and a boolean",
        "lines of text",
        "a text in a text",
        "a number and a boolean",
        "variables in an array",
        "a path that finds nothing",
        "the rule",
    ],
)
def test_a_text_in_which_the_emulator_writes_no_object_is_the_same_to_the_letter(emulator: Emulator, name: str) -> None:
    assert INPUTS[name].differences(emulator) == []


def test_what_a_queue_receives_whatever_the_input_and_the_event(emulator: Emulator) -> None:
    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(ANY_INPUTS, ORDERS)
    def is_the_same(given_: dict[str, object], detail: dict[str, object]) -> None:
        case = Delivery(one_rule(given_), published(detail))
        assume(not case.undecided())
        assert _differences(case, emulator) == []

    is_the_same()
