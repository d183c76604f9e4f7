"""Arrays of objects: all that an alternative asks of them must be in the same element."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.matching import EventPattern

MUG_IN_RED = {"items": {"sku": ["mug"], "colour": ["red"]}}
MUG_NO_GIFT = {"items": {"sku": ["mug"], "voucher": [{"exists": False}]}}
NO_GIFT_MUG = {"items": {"gift": [{"exists": False}], "sku": ["mug"]}}


@pytest.mark.parametrize(
    ("pattern", "items", "expected"),
    [
        pytest.param(MUG_IN_RED, [{"sku": "mug", "colour": "red"}], True, id="one element has both"),
        pytest.param(MUG_IN_RED, [{"sku": "mug"}, {"colour": "red"}], False, id="two elements have one each"),
        pytest.param(
            MUG_IN_RED,
            [{"sku": "mug", "colour": "blue"}, {"sku": "mug", "colour": "red"}],
            True,
            id="the second has both",
        ),
        pytest.param(
            MUG_IN_RED, {"sku": ["cup", "mug"], "colour": ["blue", "red"]}, True, id="arrays of text are free"
        ),
        pytest.param(MUG_IN_RED, [[{"sku": "cup"}, {"sku": "mug", "colour": "red"}]], True, id="arrays in arrays"),
        pytest.param(MUG_IN_RED, [[{"sku": "mug"}, {"colour": "red"}]], False, id="elements of the inner array"),
        pytest.param(MUG_IN_RED, [], False, id="nothing"),
        pytest.param(MUG_IN_RED, ["mug", {"sku": "mug", "colour": "red"}], True, id="text and objects"),
        pytest.param(MUG_NO_GIFT, [{"sku": "mug"}, {"voucher": 1}], True, id="absent in the element chosen before"),
        pytest.param(MUG_NO_GIFT, [{"sku": "mug", "voucher": 1}], False, id="there in the element chosen before"),
        pytest.param(
            NO_GIFT_MUG, [{"sku": "mug"}, {"gift": True}], False, id="absence is asked first, of all elements"
        ),
        pytest.param(NO_GIFT_MUG, [{"sku": "mug"}, {}], True, id="absent in all elements"),
    ],
)
def test_fields_of_an_array_are_satisfied_by_one_element(
    pattern: dict[str, Any],
    items: Any,
    *,
    expected: bool,
) -> None:
    assert EventPattern.parse(pattern).matches({"items": items}) is expected


def test_two_arrays_are_free_of_each_other() -> None:
    pattern = EventPattern.parse({"items": {"sku": ["mug"]}, "parcels": {"state": ["sent"]}})

    assert pattern.matches({"items": [{"sku": "cup"}, {"sku": "mug"}], "parcels": [{"state": "sent"}]})


def test_many_arrays_of_many_elements_are_matched_in_no_time() -> None:
    arrays = [f"array{number}" for number in range(8)]
    pattern = EventPattern.parse({array: {"n": [{"numeric": [">", 0]}], "x": ["no"]} for array in arrays})
    elements = [{"n": number, "x": "no" if number == 1 else "yes"} for number in range(300)]

    assert pattern.matches(dict.fromkeys(arrays, elements))
    assert not pattern.matches(dict.fromkeys(arrays, elements[2:]))


def test_a_path_given_twice_is_what_it_was_given_last() -> None:
    after = EventPattern.parse({"a": ["1"], "$or": [{"a": ["2"]}, {"b": ["3"]}]})
    before = EventPattern.parse({"$or": [{"a": ["2"]}, {"b": ["3"]}], "a": ["1"]})

    assert after.matches({"a": "2"})
    assert not after.matches({"a": "1"})
    assert not before.matches({"a": "2"})
    assert before.matches({"a": "1", "b": "3"})


def test_or_is_a_field_where_it_cannot_be_read_as_an_operator() -> None:
    assert EventPattern.parse({"$or": {"a": ["1"]}}).matches({"$or": {"a": "1"}})
    assert EventPattern.parse({"$or": [{"numeric": [">", 1]}, {"prefix": "x"}]}).matches({"$or": 5})


def test_fields_without_a_name_are_fields() -> None:
    pattern = EventPattern.parse({"": {"a": ["1"]}, "$or": [{"": ["2"]}, {"b": {"": ["3"]}}]})

    assert pattern.matches({"": {"a": "1"}, "b": {"": "3"}})
    assert not pattern.matches({"a": "1", "b": {"": "3"}})
