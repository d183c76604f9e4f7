from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.checks.quotas.too_many_rules import TooManyRules
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, a_bus, a_rule, bus_arn
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

CHECK = TooManyRules()
BUS = a_bus()


def rules(number: int, on: str = BUS.arn) -> list[Rule]:
    """Half of them of another account than the bus."""
    return [a_rule(name=f"r{each}", on=on, account=(ORDERS, BILLING)[each % 2]) for each in range(number)]


def test_the_rules_of_all_accounts_are_counted_together() -> None:
    (line,) = judged(CHECK, BUS, *rules(301))

    assert line == (
        "error at Busacmeprodorders: bus 'acme-prod-orders' has 301 rules of all accounts together, "
        "and 300 is the quota"
    )


@pytest.mark.parametrize(("number", "levels"), [(239, []), (240, ["warning"]), (300, ["warning"]), (301, ["error"])])
def test_from_80_percent_on_it_is_a_warning(number: int, levels: list[str]) -> None:
    assert [line.split()[0] for line in judged(CHECK, BUS, *rules(number))] == levels


@pytest.mark.parametrize("region", ["af-south-1", "eu-south-1"])
def test_some_regions_have_a_third_of_it(region: str) -> None:
    bus = a_bus(region=region)

    (line,) = judged(CHECK, bus, *rules(101, bus.arn))

    assert line.endswith("has 101 rules of all accounts together, and 100 is the quota")


def test_a_bus_that_no_template_makes_is_found_at_its_last_rule() -> None:
    (line,) = judged(CHECK, *rules(301, bus_arn("default")))

    assert line.startswith("error at Ruler300 EventBusName: bus 'default' has 301 rules")


def test_subscribers_of_the_newer_bus_have_another_quota() -> None:
    assert judged(CHECK, *(replace(rule, kind=BusKind.V2) for rule in rules(301))) == []


def test_rules_under_a_condition_may_not_be_there() -> None:
    some = Undecided("condition 'IsProd' depends on parameter 'Stage'")
    *sure, last = rules(301)

    (line,) = judged(CHECK, BUS, *sure, replace(last, conditional=some))

    assert line == (
        "undecided at Busacmeprodorders: whether bus 'acme-prod-orders' has more than 300 rules is undecided: "
        "condition 'IsProd' depends on parameter 'Stage'"
    )
