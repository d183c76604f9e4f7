"""Buses, access to them, and who consumes what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.differences import Kind
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    Statement,
    a_bus,
    a_bus_policy,
    a_location,
    a_rule,
    a_target,
    a_topology,
    an_event,
    bus_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.unit.differences.compared import lines

ORDERS_BUS = a_bus(stamp=Stamp(service="orders", publishes=[an_event()]))
BILLING_BUS = bus_arn("acme-prod-billing", account=BILLING)
SUBSCRIPTION = a_rule(
    a_target(BILLING_BUS),
    account=BILLING,
    stamp=Stamp(service="billing", consumes=[EventName("orders", "OrderPlaced", 1)]),
)
NAME = SUBSCRIPTION.name
WHO = f"rule '{NAME}' of billing in account 222222222222"
READ = frozenset({(ORDERS, REGION), (BILLING, REGION)})


def estate(*elements: Element) -> Topology:
    return a_topology(*elements, environments=READ)


SUBSCRIBE = ["events:PutRule", "events:PutTargets", "events:DescribeRule", "events:RemoveTargets", "events:DeleteRule"]


def letting(account: str) -> Statement:
    """A statement that lets *account* put rules of every sort."""
    principal = {"AWS": f"arn:aws:iam::{account}:root"}
    return {"Effect": "Allow", "Principal": principal, "Action": SUBSCRIBE, "Resource": "*"}


# -- buses


def test_a_bus_that_is_added_breaks_nobody() -> None:
    assert lines(estate(), estate(a_bus())) == ["not breaking: bus added: acme-prod-orders"]


def test_a_bus_without_users_may_go() -> None:
    assert lines(estate(a_bus()), estate()) == ["not breaking: bus removed: acme-prod-orders"]


def test_a_bus_that_is_gone_breaks_the_rules_on_it_and_those_that_feed_it() -> None:
    route = a_rule(a_target(bus_arn()), name="returns", on=BILLING_BUS, account=BILLING)

    (line,) = lines(estate(a_bus(), SUBSCRIPTION, route), estate(SUBSCRIPTION, route), Kind.BUS_REMOVED)

    assert line.startswith("breaking: bus removed: acme-prod-orders")
    assert f"{WHO}: it is still on the bus" in line
    assert "rule 'returns' in account 222222222222: it still carries events to the bus" in line


def test_a_bus_of_another_name_in_the_same_place_was_renamed() -> None:
    place = a_location("Bus")
    before, after = a_bus(location=place), a_bus("acme-prod-shop", location=place)

    assert lines(estate(before), estate(after)) == ["not breaking: bus renamed: acme-prod-orders, to acme-prod-shop"]


def test_a_bus_that_is_gone_breaks_accounts_that_may_have_rules_on_it() -> None:
    policy = a_bus_policy(letting("333333333333"))

    assert lines(estate(a_bus(), policy), estate()) == [
        (
            "breaking: bus removed: acme-prod-orders <- account 333333333333: "
            "it may have rules on it, and its templates were not read"
        )
    ]


# -- access


def test_a_rule_that_the_policy_refuses_now_is_broken() -> None:
    before = estate(ORDERS_BUS, SUBSCRIPTION, a_bus_policy(letting(BILLING)))
    after = estate(ORDERS_BUS, SUBSCRIPTION, a_bus_policy(letting("333333333333")))

    (line,) = lines(before, after, Kind.ACCESS_WITHDRAWN)

    assert line.startswith(f"breaking: access withdrawn: acme-prod-orders, for rule '{NAME}' of account 222222222222")
    assert f"{WHO}: the policy of bus acme-prod-orders no longer lets it be put" in line


def test_a_rule_that_was_refused_before_loses_nothing() -> None:
    base = estate(ORDERS_BUS, SUBSCRIPTION)

    assert lines(base, base) == []


def test_access_that_can_no_longer_be_decided_is_undecided() -> None:
    conditional = {**letting(BILLING), "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}}
    before = estate(ORDERS_BUS, SUBSCRIPTION, a_bus_policy(letting(BILLING)))
    after = estate(ORDERS_BUS, SUBSCRIPTION, a_bus_policy(conditional))

    (line,) = lines(before, after, Kind.ACCESS_WITHDRAWN)

    assert line.startswith("undecided: access withdrawn")


def test_an_account_that_was_not_read_and_may_no_longer_subscribe_is_broken() -> None:
    before = estate(ORDERS_BUS, a_bus_policy(letting("333333333333")))

    assert lines(before, estate(ORDERS_BUS)) == [
        (
            "breaking: access withdrawn: orders/OrderPlaced.v1, for account 333333333333 <- account 333333333333: "
            "it may no longer subscribe; whether it does was not read"
        )
    ]


def test_an_account_that_may_subscribe_now_was_granted_access() -> None:
    after = estate(ORDERS_BUS, a_bus_policy(letting("333333333333")))

    assert lines(estate(ORDERS_BUS), after) == [
        "not breaking: access granted: orders/OrderPlaced.v1, for account 333333333333"
    ]


# -- consumers


def test_a_consumer_is_added_and_removed_with_its_rule() -> None:
    alone, consumed = estate(ORDERS_BUS), estate(ORDERS_BUS, SUBSCRIPTION)
    told = "orders/OrderPlaced.v1, billing in account 222222222222"

    assert lines(alone, consumed, Kind.CONSUMER_ADDED) == [f"not breaking: consumer added: {told}"]
    assert lines(consumed, alone, Kind.CONSUMER_REMOVED) == [f"not breaking: consumer removed: {told}"]


def test_a_rule_that_nobody_stamped_makes_its_account_a_consumer() -> None:
    found = lines(estate(ORDERS_BUS), estate(ORDERS_BUS, replace(SUBSCRIPTION, stamp=None)), Kind.CONSUMER_ADDED)

    assert found == ["not breaking: consumer added: orders/OrderPlaced.v1, account 222222222222"]


def test_a_second_rule_of_a_consumer_is_no_other_consumer() -> None:
    second = replace(SUBSCRIPTION, name="second", arn=f"{SUBSCRIPTION.arn}-second")

    found = lines(estate(ORDERS_BUS, SUBSCRIPTION), estate(ORDERS_BUS, SUBSCRIPTION, second), Kind.CONSUMER_ADDED)

    assert found == []


@pytest.mark.parametrize(
    "unknown", ["«parameter 'Bus'»", f"arn:aws:events:{REGION}:{ORDERS}:event-bus/«parameter 'Bus'»"]
)
def test_a_rule_on_a_bus_that_is_given_at_deployment_may_be_a_consumer(unknown: str) -> None:
    rule = replace(SUBSCRIPTION, bus_arn=unknown)
    silent = estate(a_bus(stamp=Stamp(service="orders")), rule)

    (line,) = lines(estate(ORDERS_BUS, rule), silent, Kind.EVENT_REMOVED)

    assert line.startswith("undecided: event removed: orders/OrderPlaced.v1")
    assert "parameter 'Bus'" in line
