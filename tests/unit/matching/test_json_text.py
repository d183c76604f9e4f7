"""What text keeps and Python's own JSON loses: how numbers are spelled, and keys that occur twice."""

from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern, Number


@pytest.mark.parametrize("spelled", ["300", "300.0", "3e2", "3.00E+2", "0.3e3"])
def test_equal_numbers_are_equal_however_they_are_spelled(spelled: str) -> None:
    assert EventPattern.parse(f'{{"total": [{spelled}]}}').matches('{"total": 300}')
    assert EventPattern.parse('{"total": [300]}').matches(f'{{"total": {spelled}}}')


@pytest.mark.parametrize(
    "spelled", ["9007199254740993", "1.0000000000000001", "12345678901234567890", "1e400", "1e-400"]
)
def test_a_number_that_a_double_does_not_hold_equals_only_its_own_text(spelled: str) -> None:
    pattern = EventPattern.parse(f'{{"total": [{spelled}]}}')

    assert pattern.matches(f'{{"total": {spelled}}}')
    assert not pattern.matches(f'{{"total": {float(spelled)!r}}}'.replace("inf", "1e308"))
    assert not EventPattern.parse({"total": [{"numeric": [">=", -1e308]}]}).matches(f'{{"total": {spelled}}}')


def test_minus_zero_is_zero() -> None:
    assert EventPattern.parse('{"total": [-0]}').matches({"total": 0})
    assert Number.of_text("-0.0") == Number.of(0)


def test_whole_numbers_of_python_keep_all_their_digits() -> None:
    assert EventPattern.parse({"id": [2**53 + 1]}).matches({"id": 2**53 + 1})
    assert not EventPattern.parse({"id": [2**53 + 1]}).matches({"id": 2**53})


def test_whole_numbers_of_python_may_be_larger_than_any_double() -> None:
    assert EventPattern.parse({"id": [10**400]}).matches({"id": 10**400})


def test_true_is_not_one() -> None:
    assert not EventPattern.parse({"vip": [True]}).matches({"vip": 1})
    assert not EventPattern.parse({"vip": [1]}).matches({"vip": True})


def test_objects_that_occur_twice_in_a_pattern_are_merged_and_lists_are_replaced() -> None:
    merged = EventPattern.parse('{"order": {"id": ["1"]}, "order": {"vip": [true]}}')
    replaced = EventPattern.parse('{"order": {"id": ["1"], "id": ["2"]}}')

    assert merged.matches({"order": {"id": "1", "vip": True}})
    assert not merged.matches({"order": {"vip": True}})
    assert replaced.matches({"order": {"id": "2"}})
    assert not replaced.matches({"order": {"id": "1"}})


def test_both_values_of_a_key_that_occurs_twice_in_an_event_are_seen() -> None:
    event = '{"status": "open", "status": "paid"}'

    assert EventPattern.parse({"status": ["open"]}).matches(event)
    assert EventPattern.parse({"status": ["paid"]}).matches(event)


def test_half_a_character_is_a_character() -> None:
    assert EventPattern.parse(r'{"a\ud800": [{"wildcard": "*\udc00*"}]}').matches(r'{"a\ud800": "x\udc00y"}')


@pytest.mark.parametrize("deep", ['{"a":' * 20_000, "[" * 20_000])
def test_what_is_too_deep_to_follow_is_refused(deep: str) -> None:
    with pytest.raises(EventPatternError, match="event pattern must be nested at most 1000 levels deep"):
        EventPattern.parse(deep, longest=None)
    with pytest.raises(EventPatternError, match="event must be nested at most 1000 levels deep"):
        EventPattern.parse({"a": ["x"]}).matches(deep)


def test_a_mapping_that_is_too_deep_to_follow_is_refused() -> None:
    pattern: dict[str, object] = {"a": ["x"]}
    for _ in range(5_000):
        pattern = {"a": pattern}

    with pytest.raises(EventPatternError, match="event pattern must be nested"):
        EventPattern.parse(pattern, longest=None)


def test_an_event_of_python_may_be_of_any_depth() -> None:
    event: dict[str, object] = {"a": "x"}
    for _ in range(5_000):
        event = {"a": event}

    assert not EventPattern.parse({"a": ["x"]}).matches(event)
