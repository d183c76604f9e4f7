"""Whether a rule takes the event that a question is about."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.rule_shape import shapes_of
from cdk_eventbridge_patterns.testing.builders import a_rule
from cdk_eventbridge_patterns.undecided import Answer, Undecided

PLACED = AskedEvent(source="com.acme.orders", detail_type="OrderPlaced.v1")
OPAQUE = Undecided("its event pattern is known at deployment only")


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        ({"source": ["com.acme.orders"]}, True),
        ({"source": [{"prefix": "com.acme."}], "detail": {"total": [1]}}, True),
        ({"source": ["com.acme.billing"]}, False),
        ({"source": ["com.acme.orders"], "detail-type": ["OrderCancelled.v1"]}, False),
        ({"source": ["«parameter 'Source'»"]}, OPAQUE),
        ({"source": [Undecided("a parameter")]}, OPAQUE),
        (Undecided("a parameter"), Undecided("a parameter")),
        ({"source": [{"nonsense": 1}]}, False),
        ("no JSON", False),
        (None, True),
    ],
)
def test_a_rule_takes_an_event_by_source_and_detail_type(pattern: Any, answer: Answer) -> None:
    assert PLACED.may_be_taken_by(a_rule(event_pattern=pattern)) == answer


def test_a_rule_on_a_schedule_takes_no_event() -> None:
    assert PLACED.may_be_taken_by(a_rule(event_pattern=None, schedule="rate(1 day)")) is False


def test_any_event_is_taken_by_any_rule() -> None:
    assert AskedEvent().may_be_taken_by(a_rule(event_pattern={"source": ["com.acme.x"]})) is True


def test_a_rule_for_an_event_may_leave_out_what_it_does_not_care_about() -> None:
    shapes = [(sorted(shape.keys), shape.provided) for shape in shapes_of(PLACED)]

    assert shapes == [
        (["events:detail-type", "events:source"], None),
        (["events:source"], "by a rule that asks for no detail-type, and so takes any"),
        (["events:detail-type"], "by a rule that asks for no source, and so takes any"),
        ([], "by a rule that asks for no detail-type and no source, and so takes any"),
    ]
