from __future__ import annotations

from dataclasses import replace
from typing import Any

from cdk_eventbridge_patterns.checks.quotas.usage import billed, usage_of
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_policy,
    a_rule,
    a_target,
    a_topology,
)
from cdk_eventbridge_patterns.topology.stamp import Stamp
from tests.flows import ON_BILLING, ON_ORDERS, ORDER_CONFIRMED, ORDER_PLACED, PUT_RULES, a_mover, the_flow


def test_a_bus_uses_what_its_policy_and_the_rules_of_all_accounts_take() -> None:
    usages = {usage.bus.arn: usage for usage in usage_of(a_topology(*the_flow()))}

    orders = usages[ON_ORDERS]
    statement = len('{"Version":"2012-10-17","Statement":[]}')
    assert orders.policy > statement
    assert (orders.rules, orders.rule_quota, orders.policy_quota) == (1, 300, 10_240)
    assert (usages[ON_BILLING].policy, usages[ON_BILLING].rules) == (statement, 1)


def test_a_longer_policy_uses_more() -> None:
    def used(*statements: dict[str, Any]) -> int:
        topology = a_topology(*the_flow(bus_policy=a_bus_policy(*statements)))
        return next(usage.policy for usage in usage_of(topology) if usage.bus.arn == ON_ORDERS)

    again = {**PUT_RULES, "Sid": "Again"}

    assert used(PUT_RULES, again) > used(PUT_RULES)


def test_some_regions_have_room_for_fewer_rules() -> None:
    (usage,) = usage_of(a_topology(a_bus(region="af-south-1")))

    assert usage.rule_quota == 100


def test_who_publishes_is_billed_for_it_and_the_account_of_the_bus_for_every_move() -> None:
    elsewhere = replace(ORDER_PLACED, account="333333333333")
    flow = the_flow(bus=a_bus(stamp=Stamp(service="platform", publishes=(elsewhere,))))

    assert billed(usage_of(a_topology(*flow))) == {"333333333333": 1, ORDERS: 1}


def test_what_stays_in_the_account_and_region_is_no_move() -> None:
    beside = a_bus("acme-prod-audit")
    rule = a_rule(a_target(beside.arn, id="audit"), name="audit", account=ORDERS)
    flow = the_flow(mover=rule, inbox=beside)

    (orders, *_) = usage_of(a_topology(*flow))

    assert [each.moves for each in orders.events] == [0]


def test_rules_that_ask_for_another_event_move_nothing_of_this_one() -> None:
    flow = the_flow(mover=a_mover(event_pattern={"detail-type": [ORDER_CONFIRMED.detail_type]}))

    usages = list(usage_of(a_topology(*flow)))

    assert [each.moves for usage in usages for each in usage.events] == [0]
    assert BILLING not in billed(usages)


def test_a_bus_that_no_template_makes_is_counted_by_what_is_on_it() -> None:
    default = f"arn:aws:events:eu-west-1:{ORDERS}:event-bus/default"
    policy = a_policy(default, PUT_RULES, resource_type="AWS::Events::EventBusPolicy")

    (usage,) = usage_of(a_topology(policy, a_rule(on=default)))

    assert (usage.bus.arn, usage.bus.name, usage.bus.account) == (default, "default", ORDERS)
    assert (usage.rules, usage.policy > 100, usage.events) == (1, True, ())
