from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.checks.quotas.too_many_wildcard_rules import TooManyWildcardRules
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, a_bus, a_rule
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

CHECK = TooManyWildcardRules()
BUS = a_bus()
PATH = {"detail": {"path": [{"wildcard": "orders/*"}]}}


def rules(number: int, pattern: Mapping[str, Any] = PATH) -> list[Rule]:
    """Half of them of another account than the bus."""
    return [
        a_rule(name=f"r{each}", account=(ORDERS, BILLING)[each % 2], event_pattern=pattern) for each in range(number)
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        PATH,
        {"detail": {"path": [{"anything-but": {"wildcard": "orders/*"}}]}},
        {"detail": {"path": [{"wildcard": "«parameter 'Stage'»/*"}]}},
    ],
)
def test_the_thirty_first_is_found_whosever_it_is(pattern: Mapping[str, Any]) -> None:
    assert judged(CHECK, BUS, *rules(31, pattern)) == [
        "error at Busacmeprodorders: bus 'acme-prod-orders' has 31 rules with wildcards, over the limit of 30"
    ]
    assert judged(CHECK, BUS, *rules(30, pattern)) == []


def test_a_field_of_that_name_is_no_wildcard() -> None:
    assert judged(CHECK, BUS, *rules(31, {"detail": {"wildcard": ["orders/*"]}})) == []


def test_rules_without_any_do_not_count() -> None:
    assert judged(CHECK, BUS, *rules(30), *(replace(each, name="x") for each in rules(9, {"source": ["a"]}))) == []


def test_rules_under_a_condition_may_not_be_there() -> None:
    *sure, last = rules(31)

    (line,) = judged(CHECK, BUS, *sure, replace(last, conditional=Undecided("condition 'IsProd' is not known")))

    assert line == (
        "undecided at Busacmeprodorders: whether bus 'acme-prod-orders' has more than 30 rules with wildcards "
        "is undecided: condition 'IsProd' is not known"
    )
