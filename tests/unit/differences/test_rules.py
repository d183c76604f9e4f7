"""Rules that come, go and change, and who in other accounts loses events by it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.differences import Kind
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_queue,
    a_rule,
    a_target,
    a_topology,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.differences.compared import compared, lines

BILLING_BUS = bus_arn("acme-prod-billing", account=BILLING)
OWN, FOREIGN = queue_arn("audit", account=ORDERS), queue_arn("invoices")
PATTERN = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1", "OrderCancelled.v1"]}
READ_ORDERS = frozenset({(ORDERS, REGION)})


def route(*targets: Target, name: str = "route", **rule: Any) -> Rule:
    """A rule of orders on its own bus, by default to the bus of billing."""
    return a_rule(*(targets or (a_target(BILLING_BUS),)), name=name, **{"event_pattern": PATTERN, **rule})


def estate(*elements: Element) -> Topology:
    return a_topology(a_bus(), *elements, environments=READ_ORDERS)


def told(base: Rule, head: Rule) -> list[str]:
    return lines(estate(base), estate(head), Kind.RULE_CHANGED)


LOST = f"account 222222222222: {BILLING_BUS} no longer gets what rule 'route' brought it"


def test_a_rule_that_is_the_same_makes_no_difference() -> None:
    assert lines(estate(route()), estate(route())) == []


def test_a_rule_that_is_added_breaks_nobody() -> None:
    assert lines(estate(), estate(route())) == ["not breaking: rule added: route"]


def test_a_route_that_is_removed_breaks_the_account_it_fed() -> None:
    assert lines(estate(route()), estate()) == [f"breaking: rule removed: route <- {LOST}"]


def test_a_rule_that_feeds_its_own_account_may_go() -> None:
    assert lines(estate(route(a_target(OWN))), estate()) == ["not breaking: rule removed: route"]


def test_a_rule_of_another_name_that_brings_the_same_makes_up_for_one_that_is_gone() -> None:
    found = lines(estate(route()), estate(route(name="other")), Kind.RULE_REMOVED)

    assert found == ["not breaking: rule removed: route"]


@pytest.mark.parametrize(
    "other",
    [route(name="other", enabled=False), route(name="other", event_pattern={"source": ["com.acme.returns"]})],
    ids=["it is off", "it brings others"],
)
def test_a_rule_that_brings_something_else_makes_up_for_nothing(other: Rule) -> None:
    found = lines(estate(route()), estate(other), Kind.RULE_REMOVED)

    assert found == [f"breaking: rule removed: route <- {LOST}"]


def test_who_is_gone_too_loses_nothing() -> None:
    read = frozenset({(ORDERS, REGION), (BILLING, REGION)})
    before = a_topology(a_bus(), route(a_target(FOREIGN)), a_queue("invoices"), environments=read)
    after = a_topology(a_bus(), environments=read)

    assert lines(before, after, Kind.RULE_REMOVED) == ["not breaking: rule removed: route"]


NARROW = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}
WIDE = {"source": ["com.acme.orders"]}
OTHER = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1", "OrderPaid.v1"]}


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (NARROW, f"breaking: rule changed: route, the event pattern matches less <- {LOST}"),
        (OTHER, f"breaking: rule changed: route, the event pattern matches others <- {LOST}"),
        (WIDE, "not breaking: rule changed: route, the event pattern matches more"),
        (
            {"detail-type": [*reversed(PATTERN["detail-type"])], "source": PATTERN["source"]},
            "not breaking: rule changed: route, the event pattern is written otherwise, and matches the same",
        ),
    ],
    ids=["narrower", "other", "wider", "the same"],
)
def test_an_event_pattern_is_judged_by_what_it_matches(pattern: Any, said: str) -> None:
    assert told(route(), route(event_pattern=pattern)) == [said]


def test_an_event_pattern_that_is_given_at_deployment_is_undecided() -> None:
    (line,) = told(route(), route(event_pattern=Undecided("it is parameter 'Pattern'")))

    assert line.startswith("undecided: rule changed: route, event pattern changed; whether it matches as much is")
    assert line.endswith(f"{LOST} (undecided: it is parameter 'Pattern')")


def test_a_narrower_event_pattern_of_a_consumers_own_is_its_own_affair() -> None:
    own = route(a_target(OWN))

    (line,) = told(own, replace(own, event_pattern=NARROW))

    assert line.startswith("not breaking: ")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (True, False, f"breaking: rule changed: route, switched off <- {LOST}"),
        (False, True, "not breaking: rule changed: route, switched on"),
    ],
)
def test_a_rule_is_switched(before: bool, after: bool, said: str) -> None:
    assert told(route(enabled=before), route(enabled=after)) == [said]


def test_a_target_in_another_account_that_is_removed_breaks_it() -> None:
    both = route(a_target(OWN, "audit"), a_target(FOREIGN, "invoices"))

    assert told(both, route(a_target(OWN, "audit"))) == [
        (
            f"breaking: rule changed: route, target 'invoices' removed: {FOREIGN} "
            f"<- account 222222222222: {FOREIGN} no longer gets what rule 'route' brought it"
        )
    ]


def test_a_target_that_is_replaced_is_told_with_both() -> None:
    (line,) = told(route(a_target(OWN)), route(a_target(FOREIGN)))

    assert line == f"not breaking: rule changed: route, target 'billing' changed from {OWN} to {FOREIGN}"


@pytest.mark.parametrize(
    ("arn", "said"),
    [
        (OWN, "not breaking: rule changed: route, target 'billing': what it gets has another form"),
        (
            FOREIGN,
            (
                "breaking: rule changed: route, target 'billing': what it gets has another form <- account "
                f"222222222222: {FOREIGN} gets another form of what rule 'route' brings it"
            ),
        ),
    ],
    ids=["of its own account", "of another"],
)
def test_another_transformer_breaks_a_target_in_another_account(arn: str, said: str) -> None:
    assert told(route(a_target(arn)), route(a_target(arn, input={"InputPath": "$.detail"}))) == [said]


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"role_arn": role_arn("other")}, "role"),
        ({"dead_letter_arn": queue_arn("lost")}, "dead-letter queue"),
        ({"max_attempts": 3}, "retry policy"),
        ({"parameters": {"SqsParameters": {"MessageGroupId": "one"}}}, "parameters"),
        ({"max_age": 60, "role_arn": role_arn("other")}, "role, retry policy"),
    ],
)
def test_how_a_target_is_reached_is_told_and_breaks_nobody(changed: dict[str, Any], what: str) -> None:
    found = told(route(a_target(FOREIGN)), route(a_target(FOREIGN, **changed)))

    assert found == [f"not breaking: rule changed: route, target 'billing': {what} changed"]


def test_a_rule_that_may_not_be_made_any_more_is_undecided() -> None:
    (line,) = told(route(), route(conditional=Undecided("condition 'IsProd': it is parameter 'Stage'")))

    assert line.startswith("undecided: rule changed: route, whether it is made is undecided: condition 'IsProd'")
    assert LOST in line


def test_a_rule_that_runs_no_more_breaks_the_account_it_called() -> None:
    (line,) = told(route(event_pattern=None, schedule="rate(1 day)"), route(event_pattern=None))

    assert line == f"breaking: rule changed: route, schedule changed from rate(1 day) to none <- {LOST}"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (None, NARROW, "breaking: rule changed: route, the event pattern matches less"),
        (NARROW, None, "not breaking: rule changed: route, the event pattern matches more"),
    ],
)
def test_a_subscriber_without_a_filter_takes_everything(before: Any, after: Any, said: str) -> None:
    (line,) = told(route(kind=BusKind.V2, event_pattern=before), route(kind=BusKind.V2, event_pattern=after))

    assert line.startswith(said)


def test_targets_that_are_given_at_deployment_are_undecided() -> None:
    given = replace(route(), targets=Undecided("they are parameter 'Targets'"))

    (line,) = told(route(), given)

    assert line.startswith("undecided: rule changed: route, targets changed")


def test_a_difference_says_where_the_rule_is() -> None:
    (difference,) = compared(estate(), estate(route()))

    assert difference.where == ((ORDERS, REGION),)
    assert difference.location == route().location
