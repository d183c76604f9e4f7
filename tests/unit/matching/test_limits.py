"""What EventBridge refuses though it is well-formed: up to where, and what the error says beyond."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.matching.complexity import complexity
from cdk_eventbridge_patterns.matching.limits import LONGEST_RAISED


def a_pattern_of(length: int) -> dict[str, Any]:
    return {"id": ["x" * (length - len('{"id":[""]}'))]}


def alternatives(count: int) -> list[dict[str, Any]]:
    return [{f"k{number}": ["v"]} for number in range(count)]


def test_a_pattern_may_be_2048_characters_long_and_not_one_more() -> None:
    EventPattern.parse(a_pattern_of(2_048))

    with pytest.raises(EventPatternError, match=r"^event pattern must be at most 2048 characters, got 2049$"):
        EventPattern.parse(a_pattern_of(2_049))


def test_text_is_as_long_as_it_is_written() -> None:
    text = json.dumps(a_pattern_of(2_040), separators=(",", ":"))

    EventPattern.parse(text + " " * 8)

    with pytest.raises(EventPatternError, match="at most 2048 characters, got 2049"):
        EventPattern.parse(text + " " * 9)


def test_a_raised_quota_can_be_passed() -> None:
    EventPattern.parse(a_pattern_of(LONGEST_RAISED), longest=LONGEST_RAISED)

    with pytest.raises(EventPatternError, match="at most 4096 characters, got 4097"):
        EventPattern.parse(a_pattern_of(LONGEST_RAISED + 1), longest=LONGEST_RAISED)


def test_alternatives_may_multiply_to_1000_and_not_more() -> None:
    EventPattern.parse({"a": {"$or": alternatives(25)}, "b": {"$or": alternatives(40)}}, longest=None)

    with pytest.raises(EventPatternError) as refused:
        EventPattern.parse({"a": {"$or": alternatives(25)}, "b": {"$or": alternatives(41)}}, longest=None)

    assert str(refused.value) == (
        "b.$or must leave the event pattern with at most 1000 combinations, "
        "the lengths of all its $or lists multiplied, got 1025"
    )


def test_an_alternative_may_ask_for_256_fields_and_not_more() -> None:
    fields = {f"k{number}": ["v"] for number in range(257)}

    EventPattern.parse(dict(list(fields.items())[:256]), longest=None)

    with pytest.raises(EventPatternError, match="must ask for at most 256 fields at once, got 257"):
        EventPattern.parse(fields, longest=None)


@pytest.mark.parametrize(
    ("groups", "score"),
    [
        ([("x",)], 1),
        ([("*a",)], 2),
        ([("*a*",)], 3),
        ([("*a*b*",)], 4),
        ([("*:*:*",)], 5),
        ([("*:*:*:*:*",)], 9),
        ([("orders/*/invoice.pdf",)], 2),
        ([("*.pdf",), ("*.png",)], 4),
        ([("*.pdf", "*.png")], 2),
        ([("*x*",), ("*y*",)], 6),
        ([("*x*", "*y*")], 4),
        ([("*ä*ö",)], 4),  # byte by byte: both letters begin with the same one
        ([("*" + "x" * 30,)], 13),
    ],
)
def test_wildcards_are_as_complex_as_they_can_be_followed_at_once(groups: list[tuple[str, ...]], score: int) -> None:
    assert complexity(groups, 12) == score


def test_wildcards_of_one_field_count_together_and_of_two_fields_apart() -> None:
    four = [{"wildcard": f"*{letter}*"} for letter in "wxyz"]

    EventPattern.parse({"file": four[:3], "folder": four[1:]})
    EventPattern.parse({"file": [{"anything-but": {"wildcard": [each["wildcard"] for each in four]}}]})

    with pytest.raises(EventPatternError) as refused:
        EventPattern.parse({"detail": {"file": four}})

    assert str(refused.value) == (
        "detail.file must have wildcards that EventBridge can follow with a complexity of at most 10, got more; "
        "use fewer *, or prefix and suffix instead"
    )
