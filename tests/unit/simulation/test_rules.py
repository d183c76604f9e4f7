"""Whether a rule is there, on, and matches."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.simulation import RuleTrace
from cdk_eventbridge_patterns.testing.builders import ORDERS, a_queue, a_rule, a_target, bus_arn, queue_arn
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.simulation.world import (
    DELIVERY,
    ORDER_PATTERN,
    OWN_QUEUE,
    OWN_RULE,
    a_queue_policy,
    of,
    placed,
    reaches,
    step,
)

STAGE = Undecided("parameter 'Stage' decides")


def own_rule(**properties: Any) -> Rule:
    """Return the rule of orders, otherwise."""
    return a_rule(a_target(OWN_QUEUE, "shipping"), name=OWN_RULE.name, **properties)


def of_rule(rule: Rule) -> RuleTrace:
    """Return what the rule makes of an order."""
    (bus,) = placed(of(DELIVERY, rule=rule)).buses()
    (found,) = bus.rules
    return found


def test_a_disabled_rule_sends_nothing() -> None:
    found = placed(of(DELIVERY, rule=own_rule(enabled=False)))

    assert step(found, "is on").reason == "it is disabled"
    assert found.reaches(OWN_QUEUE) is False


def test_a_rule_whose_state_is_a_parameter_is_undecided() -> None:
    assert reaches(of(DELIVERY, rule=own_rule(enabled=STAGE)), OWN_QUEUE) == STAGE


def test_a_rule_that_may_not_be_made_is_undecided() -> None:
    assert reaches(of(DELIVERY, rule=own_rule(conditional=STAGE)), OWN_QUEUE) == STAGE


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        (ORDER_PATTERN, True),
        ({"source": ["com.acme.orders"]}, True),
        ({"source": ["com.acme.billing"]}, False),
        ({"detail": {"total": [{"numeric": [">", 2]}]}}, True),
        ({"detail": {"coupon": [{"exists": True}]}}, False),
        ({"account": [ORDERS], "region": ["eu-west-1"]}, True),
    ],
)
def test_a_rule_takes_what_its_pattern_matches(pattern: Any, *, answer: bool) -> None:
    assert of_rule(own_rule(event_pattern=pattern)).fires is answer


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": [unknown("parameter 'Source'")]},
        {"source": ["com.acme.orders"], "detail": {"total": [Undecided("parameter 'Total' decides")]}},
        {"detail-type": [{"prefix": unknown("parameter 'Type'")}]},
        Undecided("a transform writes it"),
    ],
)
def test_a_pattern_that_depends_on_what_nobody_knows_is_undecided(pattern: Any) -> None:
    assert isinstance(of_rule(own_rule(event_pattern=pattern)).fires, Undecided)


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": [unknown("parameter 'Source'")], "detail-type": ["OrderCancelled.v1"]},
        {"source": [unknown("parameter 'Source'")], "detail": {"coupon": ["yes"]}},
    ],
)
def test_what_is_known_of_a_pattern_may_be_enough_to_refuse(pattern: Any) -> None:
    assert of_rule(own_rule(event_pattern=pattern)).fires is False


def test_what_is_known_of_a_pattern_may_be_enough_to_match() -> None:
    pattern = {"source": ["com.acme.orders", unknown("parameter 'Source'")]}

    assert of_rule(own_rule(event_pattern=pattern)).fires is True


@pytest.mark.parametrize("field", ["id", "time"])
def test_what_eventbridge_makes_up_is_not_known_beforehand(field: str) -> None:
    answer = of_rule(own_rule(event_pattern={field: [{"prefix": "2026"}]})).fires

    assert answer == Undecided(f"the {field} of the event is not known beforehand")


def test_a_rule_on_a_schedule_takes_no_events() -> None:
    found = of_rule(own_rule(event_pattern=None, schedule="rate(1 day)"))

    assert (found.fires, found.match.reason) == (False, "it runs on a schedule")


@pytest.mark.parametrize("pattern", ['{"source": ', {"source": "com.acme.orders"}, {"source": [{"near": "acme"}]}])
def test_a_pattern_that_eventbridge_refuses_takes_nothing(pattern: Any) -> None:
    assert of_rule(own_rule(event_pattern=pattern)).fires is False


def test_targets_that_a_parameter_gives_leave_undecided_whether_an_event_gets_anywhere() -> None:
    rule = a_rule(name=OWN_RULE.name)
    unread = Rule(**{**vars(rule), "targets": Undecided("parameter 'Targets' decides")})

    found = placed(of(DELIVERY, rule=unread))

    assert isinstance(step(found, "has known targets").answer, Undecided)
    assert isinstance(found.reaches(OWN_QUEUE), Undecided)


def test_a_rule_on_a_bus_that_a_parameter_names_may_be_on_this_one() -> None:
    somewhere = own_rule(on=bus_arn(unknown("parameter 'Bus'")))

    found = placed(of(DELIVERY, rule=somewhere))

    assert isinstance(step(found, "is on arn:").answer, Undecided)
    assert isinstance(found.reaches(OWN_QUEUE), Undecided)


def test_a_rule_on_a_bus_of_another_region_is_surely_not_on_this_one() -> None:
    elsewhere = own_rule(on=bus_arn(unknown("parameter 'Bus'"), region="us-east-1"))

    (bus,) = placed(of(DELIVERY, rule=elsewhere)).buses()

    assert not bus.rules


def test_each_rule_and_each_target_is_for_itself() -> None:
    audit = queue_arn("audit", account=ORDERS)
    other = a_rule(a_target(audit), a_target(queue_arn("gone", account=ORDERS), "gone"), name="acme-prod-orders--audit")
    topology = of(DELIVERY, other=other, audit=a_queue("audit", account=ORDERS), policy=a_queue_policy(audit, other))

    found = placed(topology)

    assert [found.reaches(each) for each in (OWN_QUEUE, "audit", "gone")] == [True, True, False]


def test_a_target_is_found_by_its_arn_or_the_name_at_its_end() -> None:
    found = placed(of(DELIVERY))

    assert found.reaches("shipping") is True
    assert found.reaches("ping") is False
