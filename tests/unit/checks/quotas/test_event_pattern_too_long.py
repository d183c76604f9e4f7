import pytest

from cdk_eventbridge_patterns.checks.quotas.event_pattern_too_long import EventPatternTooLong
from cdk_eventbridge_patterns.testing.builders import a_rule
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from tests.unit.checks.judged import judged

CHECK = EventPatternTooLong()


def of_length(length: int, kind: BusKind = BusKind.CLASSIC) -> Rule:
    return a_rule(name="ship", kind=kind, event_pattern={"source": ["o" * (length - len('{"source":[""]}'))]})


@pytest.mark.parametrize(
    ("length", "level", "over"),
    [(2049, "warning", "quota of 2048"), (4096, "warning", "quota of 2048"), (4097, "error", "limit of 4096")],
)
def test_over_the_quota_it_is_a_warning_and_over_what_that_can_be_an_error(length: int, level: str, over: str) -> None:
    assert judged(CHECK, of_length(length)) == [
        f"{level} at Ruleship EventPattern: event pattern of rule 'ship' is {length} characters, over the {over}"
    ]


def test_up_to_the_quota_it_is_fine() -> None:
    assert judged(CHECK, of_length(2048)) == []


def test_a_filter_of_the_newer_bus_may_be_longer() -> None:
    assert judged(CHECK, of_length(4096, BusKind.V2)) == []
    (line,) = judged(CHECK, of_length(4097, BusKind.V2))
    assert line.startswith("error at Ruleship FilterConfiguration: ")


def test_where_unknown_text_makes_it_too_long_it_is_undecided() -> None:
    known = "o" * 2020
    long = {"source": [known, "«parameter 'Sources' of stack 'Billing'»"]}

    (line,) = judged(CHECK, a_rule(name="ship", event_pattern=long))

    assert line == (
        "undecided at Ruleship EventPattern: whether the event pattern of rule 'ship' is longer than 2048 characters "
        "is undecided: parameter 'Sources' of stack 'Billing' is known at deployment only"
    )
    (surely,) = judged(CHECK, a_rule(name="ship", event_pattern={"source": [known * 2, "«parameter 'Sources'»"]}))
    assert surely.startswith("warning")
