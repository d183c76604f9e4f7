import pytest

from cdk_eventbridge_patterns.checks.contracts.invalid_event_pattern import InvalidEventPattern
from cdk_eventbridge_patterns.testing.builders import a_rule
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

CHECK = InvalidEventPattern()
SOURCE = {"source": ["com.acme.orders"]}
STAGE = "«parameter 'Stage'»"


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ({**SOURCE, "detail-type": []}, "detail-type must be a list of at least one value or operator"),
        ({"source": "com.acme.orders"}, "source must be a list of at least one value or operator"),
        ({**SOURCE, "detail": {"total": [{"above": 5}]}}, "detail.total[0] must have exactly one operator"),
        ({}, "event pattern must be a mapping of fields to lists of values"),
        ('["com.acme.orders"]', "event pattern must be a JSON object"),
        ({"source": [STAGE], "detail-type": []}, "detail-type must be a list of at least one value or operator"),
    ],
)
def test_what_eventbridge_refuses_is_found_with_its_place_in_the_event_pattern(pattern: object, reason: str) -> None:
    (line,) = judged(CHECK, a_rule(name="ship", event_pattern=pattern))

    assert line.startswith(f"error at Ruleship EventPattern: event pattern of rule 'ship' is refused: {reason}")


def test_a_rule_on_nothing_is_refused() -> None:
    (line,) = judged(CHECK, a_rule(name="ship", event_pattern=None))

    assert line == (
        "error at Ruleship EventPattern: event pattern of rule 'ship' is refused: "
        "a rule must have an event pattern or a schedule"
    )
    assert judged(CHECK, a_rule(event_pattern=None, schedule="rate(1 day)")) == []


def test_a_filter_of_the_newer_bus_knows_no_wildcard() -> None:
    wildcard = {"detail": {"path": [{"anything-but": {"wildcard": "orders/*"}}]}}

    (line,) = judged(CHECK, a_rule(name="ship", kind=BusKind.V2, event_pattern=wildcard))

    assert line.startswith("error at Ruleship FilterConfiguration: ")
    assert line.endswith("a subscriber's filter must not use wildcard")
    assert judged(CHECK, a_rule(event_pattern=wildcard), a_rule(kind=BusKind.V2, event_pattern=None)) == []


def test_how_long_it_is_is_another_checks() -> None:
    assert judged(CHECK, a_rule(event_pattern={"source": ["o" * 5000]})) == []


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": [f"com.acme.{STAGE}"]},
        {"source": [{"prefix": STAGE}]},
        {"source": [{"equals-ignore-case": STAGE}]},
        {"$or": [{"source": [STAGE]}, {"detail-type": ["OrderPlaced.v1"]}]},
    ],
)
def test_text_may_be_any_where_any_text_is_valid(pattern: object) -> None:
    assert judged(CHECK, a_rule(event_pattern=pattern)) == []


@pytest.mark.parametrize(
    "pattern",
    [
        {"detail": {"address": [{"cidr": STAGE}]}},
        {"source": [{"wildcard": f"*{STAGE}"}]},
        {"source": [Undecided("parameter 'Stage' is known at deployment only")]},
        {"source": Undecided("parameter 'Stage' is known at deployment only")},
        {"$or": [{"source": [{"prefix": Undecided("parameter 'Stage' is known at deployment only")}]}, SOURCE]},
        Undecided("parameter 'Stage' is known at deployment only"),
    ],
)
def test_what_depends_on_an_unknown_value_is_undecided(pattern: object) -> None:
    (line,) = judged(CHECK, a_rule(name="ship", event_pattern=pattern))

    assert line == (
        "undecided at Ruleship EventPattern: whether EventBridge takes the event pattern of rule 'ship' is undecided: "
        "parameter 'Stage' is known at deployment only"
    )
