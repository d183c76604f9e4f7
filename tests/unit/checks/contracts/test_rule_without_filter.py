import pytest

from cdk_eventbridge_patterns.checks.contracts.rule_without_filter import RuleWithoutFilter
from cdk_eventbridge_patterns.contracts import S3_OBJECT_CREATED
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.testing.builders import a_rule, bus_arn
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

CHECK = RuleWithoutFilter()
SOURCE, DETAIL_TYPE = {"source": ["com.acme.orders"]}, {"detail-type": ["OrderPlaced.v1"]}
BOTH = {**SOURCE, **DETAIL_TYPE}


@pytest.mark.parametrize(
    ("pattern", "missing"),
    [
        (SOURCE, "detail-type"),
        (DETAIL_TYPE, "source"),
        ({**SOURCE, "detail-type": [{"exists": True}]}, "detail-type"),
        ({**DETAIL_TYPE, "source": ["com.acme.orders", {"wildcard": "*"}]}, "source"),
        ({**SOURCE, "$or": [DETAIL_TYPE, {"detail": {"status": ["paid"]}}]}, "detail-type"),
        ({"detail": {"status": ["paid"]}}, "source nor on detail-type"),
    ],
)
def test_a_rule_that_does_not_filter_on_both_is_found(pattern: object, missing: str) -> None:
    (line,) = judged(CHECK, a_rule(name="ship", event_pattern=pattern))

    assert line == (
        f"warning at Ruleship EventPattern: rule 'ship' on bus 'acme-prod-orders' does not filter on {missing}"
    )


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": [{"prefix": ""}]},
        {"account": ["111111111111"]},
        {"replay-name": [{"exists": False}]},
        {"$or": [BOTH, {"source": [{"suffix": ""}]}]},
    ],
)
def test_a_rule_that_lets_all_through_is_an_error(pattern: object) -> None:
    (line,) = judged(CHECK, a_rule(name="ship", event_pattern=pattern))

    assert line == (
        "error at Ruleship EventPattern: rule 'ship' on bus 'acme-prod-orders' lets through all that is published there"
    )


@pytest.mark.parametrize(
    "pattern",
    [
        BOTH,
        {"source": [{"prefix": "com.acme."}], "detail-type": [{"anything-but": ["OrderPlaced.v1"]}]},
        {"$or": [BOTH, {**BOTH, "detail": {"status": ["paid"]}}]},
        {"source": [Undecided("a parameter")], "detail-type": Undecided("a parameter")},
    ],
)
def test_a_rule_that_filters_on_both_is_fine(pattern: object) -> None:
    assert judged(CHECK, a_rule(event_pattern=pattern)) == []


def test_rules_on_the_default_bus_and_on_those_of_partners_are_not_asked() -> None:
    assert judged(CHECK, a_rule(on=bus_arn("default"), event_pattern=SOURCE)) == []
    assert judged(CHECK, a_rule(on=bus_arn("aws.partner/acme.com/crm"), event_pattern={"account": ["1"]})) == []
    assert judged(CHECK, a_rule(kind=BusKind.V2, event_pattern=SOURCE)) == []
    assert judged(CHECK, a_rule(event_pattern=None, schedule="rate(1 day)")) == []


def test_a_rule_on_the_default_bus_that_says_what_it_is_for_is_asked() -> None:
    created = EventStamp.of(S3_OBJECT_CREATED, NamingConvention(organization="acme", stage="prod"))
    stamp = Stamp(service="media", aws_events=(created,))

    (line,) = judged(CHECK, a_rule(name="ship", on=bus_arn("default"), event_pattern=SOURCE, stamp=stamp))

    assert line.endswith("rule 'ship' on bus 'default' does not filter on detail-type")


def test_where_nobody_knows_the_bus_it_is_undecided() -> None:
    (line,) = judged(CHECK, a_rule(name="ship", on=bus_arn("«parameter 'Bus'»"), event_pattern=SOURCE))

    assert line == (
        "undecided at Ruleship EventPattern: whether rule 'ship' is on a custom bus is undecided: "
        "parameter 'Bus' is known at deployment only"
    )
