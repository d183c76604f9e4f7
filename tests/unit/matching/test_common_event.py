"""An event that several event patterns match together, or the proof that there is none."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.matching.analysis.common_event import common_event
from cdk_eventbridge_patterns.matching.analysis.verdict import Dead, Live

ORDER = EventSchema.of_detail(
    {
        "type": "object",
        "required": ["total", "status", "lines"],
        "properties": {
            "total": {"type": "number", "minimum": 0},
            "status": {"enum": ["open", "paid", "sent"]},
            "note": {"type": "string"},
            "lines": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["sku"],
                    "properties": {"sku": {"type": "string"}, "gift": {"type": "boolean"}},
                },
            },
        },
    },
    title="OrderPlaced.v1",
    source="com.acme.orders",
    detail_type="OrderPlaced.v1",
)


def asks(**detail: Any) -> EventPattern:
    return EventPattern.parse({"detail": detail})


TOGETHER = [
    [],
    [asks(total=[{"numeric": [">", 100]}])],
    [asks(total=[{"numeric": [">", 100]}]), asks(total=[{"numeric": ["<", 101]}])],
    [asks(status=["open", "paid"]), asks(status=[{"anything-but": "open"}])],
    [asks(status=["open"]), asks(total=[0]), EventPattern.parse({"source": [{"prefix": "com.acme."}]})],
    [asks(note=[{"prefix": "please "}]), asks(note=[{"suffix": "!"}])],
    [asks(note=[{"exists": False}]), asks(status=["sent"])],
    [EventPattern.parse({"$or": [{"source": ["x"]}, {"detail": {"status": ["paid"]}}]}), asks(status=["paid"])],
    [asks(lines={"sku": ["a"]}), asks(lines={"sku": ["b"]})],
]


@pytest.mark.parametrize("patterns", TOGETHER, ids=str)
def test_some_event_of_the_contract_passes_all(patterns: list[EventPattern]) -> None:
    found = common_event(patterns, ORDER)

    assert isinstance(found, Live)
    assert list(ORDER.faults(found.witness)) == []
    assert all(pattern.matches(found.witness) for pattern in patterns)


APART = [
    ([asks(total=[{"numeric": [">", 100]}]), asks(total=[{"numeric": ["<", 50]}])], "detail.total"),
    ([asks(status=["open"]), asks(status=["paid"])], "detail.status"),
    ([asks(status=["gone"])], "detail.status"),
    ([asks(note=[{"exists": True}]), asks(note=[{"exists": False}])], "detail.note"),
    ([asks(status=["open"]), EventPattern.parse({"source": ["com.acme.returns"]})], "source"),
    ([EventPattern.parse({"account": [one]}) for one in ("111111111111", "222222222222")], "account"),
    ([EventPattern.parse({"$or": [{"source": ["x"]}, {"account": ["1"]}]})], "source"),
]


@pytest.mark.parametrize(("patterns", "path"), APART, ids=str)
def test_what_no_event_passes_together_is_proved_with_the_place(patterns: list[EventPattern], path: str) -> None:
    found = common_event(patterns, ORDER)

    assert isinstance(found, Dead)
    assert found.path == path


def test_each_alone_may_be_passed_where_both_are_not() -> None:
    one, other = asks(total=[{"numeric": [">", 100]}]), asks(total=[{"numeric": ["<", 50]}])

    assert isinstance(common_event([one], ORDER), Live)
    assert isinstance(common_event([other], ORDER), Live)
    assert isinstance(common_event([one, other], ORDER), Dead)


def test_what_the_contract_leaves_open_may_be_asked_for() -> None:
    found = common_event([asks(colour=["red"])], ORDER)

    assert isinstance(found, Live)
    assert found.witness["detail"]["colour"] == "red"
