"""What holds for all event patterns and all events, whatever they are made of.

Keys and values are few, so that patterns and events meet.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern, RuleSet

LAW = settings(max_examples=60, deadline=None)

KEYS = st.sampled_from(["a", "b", "c", "a.b", ""])
TEXTS = st.sampled_from(["", "x", "xy", "X", "10.0.0.1", "010.0.0.1", "straße"]) | st.text(max_size=3)
NUMBERS = st.sampled_from([0, 1, 1.0, -0.0, 2.5, 2**53 + 1]) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | TEXTS | NUMBERS
EVENTS = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=3),
        max_leaves=8,
    ),
    max_size=3,
)


def _operator(name: str, operands: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return operands.map(lambda operand: {name: operand})


SHORT = st.text("xyX*", max_size=3)
WILDCARDS = st.text("xy*", max_size=4).filter(lambda text: "**" not in text)
BOUNDS = st.sampled_from([["=", 1], ["<", 1], [">=", 0, "<", 2], [">", 1.5]])
OPERATORS = st.one_of(
    _operator("prefix", SHORT | _operator("equals-ignore-case", SHORT)),
    _operator("suffix", SHORT | _operator("equals-ignore-case", SHORT)),
    _operator("equals-ignore-case", SHORT),
    _operator("exactly", SHORT),
    _operator("wildcard", WILDCARDS),
    _operator("numeric", BOUNDS),
    _operator("cidr", st.sampled_from(["10.0.0.0/24", "10.0.0.7/8", "::/64"])),
    _operator("exists", st.booleans()),
    _operator("anything-but", st.lists(SHORT, min_size=1, max_size=2) | st.sampled_from([1, [1, 2.5]])),
    _operator("anything-but", _operator("wildcard", WILDCARDS) | _operator("equals-ignore-case", SHORT)),
)
FIELDS = st.lists(SCALARS | OPERATORS, min_size=1, max_size=2)
NESTED = st.recursive(
    st.dictionaries(KEYS, FIELDS, min_size=1, max_size=3),
    lambda below: (
        st.dictionaries(KEYS, FIELDS | below, min_size=1, max_size=2)
        | st.builds(lambda fields, those: {**fields, "$or": those}, below, st.lists(below, min_size=2, max_size=2))
    ),
    max_leaves=4,
)


def _parsed(pattern: dict[str, Any]) -> EventPattern | None:
    try:
        return EventPattern.parse(pattern, longest=None)
    except EventPatternError:  # too many wildcards on one field, say
        return None


PATTERNS = NESTED.map(_parsed).filter(lambda pattern: pattern is not None)
JSON = st.recursive(
    SCALARS | st.sampled_from(["=", ">", "*x", "10.0.0.0/8"]),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS | st.sampled_from(
        ["$or", "prefix", "anything-but", "numeric", "wildcard", "exists", "cidr", "equals-ignore-case"]
    ), below, max_size=3),
    max_leaves=10,
)  # fmt: skip


def _reversed(value: Any) -> Any:
    """Return *value* with the keys of all its objects in the other order."""
    if isinstance(value, dict):
        return {key: _reversed(value[key]) for key in reversed(value)}
    return [_reversed(item) for item in value] if isinstance(value, list) else value


@LAW
@given(pattern=PATTERNS, event=EVENTS)
def test_a_match_never_depends_on_the_order_of_the_keys_of_the_event(pattern: EventPattern, event: Any) -> None:
    assert pattern.matches(event) == pattern.matches(_reversed(event))


@LAW
@given(
    fields=st.dictionaries(st.sampled_from("abc"), FIELDS | st.dictionaries(st.sampled_from("abc"), FIELDS, min_size=1),
                           min_size=1),
    event=EVENTS,
)  # fmt: skip
def test_a_match_never_depends_on_the_order_of_the_keys_of_the_pattern(fields: dict[str, Any], event: Any) -> None:
    pattern, other = _parsed(fields), _parsed(_reversed(fields))

    assert pattern == other
    assert pattern is None or other is None or pattern.matches(event) == other.matches(event)


@LAW
@given(pattern=PATTERNS, event=EVENTS)
def test_an_event_matches_as_text_as_it_does_as_a_mapping(pattern: EventPattern, event: Any) -> None:
    assert pattern.matches(json.dumps(event)) == pattern.matches(event)


@LAW
@given(patterns=st.lists(PATTERNS, max_size=12), events=st.lists(EVENTS, max_size=4))
def test_a_rule_set_answers_as_asking_each_rule_does(patterns: list[EventPattern], events: list[Any]) -> None:
    rules = RuleSet({f"rule{number}": pattern for number, pattern in enumerate(patterns)})

    for event in events:
        assert rules.matching(event) == tuple(name for name, rule in rules.rules.items() if rule.matches(event))


@LAW
@given(pattern=PATTERNS, event=EVENTS)
def test_the_canonical_form_is_the_pattern_again(pattern: EventPattern, event: Any) -> None:
    again = EventPattern.parse(pattern.canonical(), longest=None)

    assert again.canonical() == pattern.canonical()
    assert again.matches(event) == pattern.matches(event)


@LAW
@given(pattern=st.dictionaries(KEYS | st.just("$or"), JSON, max_size=3), event=EVENTS)
def test_what_is_accepted_can_be_matched_and_all_else_is_refused_by_our_own_error(
    pattern: dict[str, Any],
    event: Any,
) -> None:
    try:
        accepted = EventPattern.parse(pattern)
    except EventPatternError:
        return

    assert accepted.matches(event) in (True, False)
    assert EventPattern.parse(json.dumps(pattern), longest=None) == accepted
