"""What becomes of events that can't be delivered."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.simulation import Outcome
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_policy,
    a_queue,
    a_role,
    a_rule,
    a_target,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.simulation.world import (
    BILLING_BUS,
    DELIVERY,
    LOST,
    OWN_QUEUE,
    OWN_RULE,
    SERVICE,
    SUBSCRIPTION,
    a_queue_policy,
    allow,
    at,
    of,
    placed,
    step,
)

SHUT = {"queue_policy": None}


def outcome(**changed: Any) -> Outcome:
    """Return what becomes of an order whose queue keeps it out."""
    return at(placed(of(DELIVERY, **SHUT, **changed)), OWN_QUEUE).outcome


def test_what_can_not_be_delivered_goes_to_the_dead_letter_queue() -> None:
    assert outcome() is Outcome.DEAD_LETTERED
    assert at(placed(of(DELIVERY)), OWN_QUEUE).outcome is Outcome.DELIVERED


def test_without_a_dead_letter_queue_it_is_lost() -> None:
    assert outcome(rule=a_rule(a_target(OWN_QUEUE))) is Outcome.LOST


def test_a_queue_that_does_not_let_the_rule_in_loses_it() -> None:
    assert outcome(lost_policy=None) is Outcome.LOST


def test_a_queue_lets_the_rule_in_by_its_arn() -> None:
    def let_in(rule_arn: str) -> Outcome:
        statement = allow("sqs:SendMessage", LOST, SERVICE, ArnEquals={"aws:SourceArn": rule_arn})
        return outcome(lost_policy=a_policy(LOST, statement))

    assert let_in(OWN_RULE.arn) is Outcome.DEAD_LETTERED
    assert let_in(f"arn:aws:events:eu-west-1:{ORDERS}:rule/{OWN_RULE.name}") is Outcome.LOST


def test_the_role_of_the_target_does_not_send_to_its_dead_letter_queue() -> None:
    role = a_role("sender", allow("sqs:*"), account=ORDERS)
    rule = a_rule(a_target(OWN_QUEUE, role_arn=role_arn("sender", account=ORDERS), dead_letter_arn=LOST))

    assert step(placed(of(DELIVERY, rule=rule, role=role, lost_policy=None)), f"{LOST} lets rule").refuses


def test_a_queue_that_nobody_declares_loses_it() -> None:
    assert outcome(lost=None) is Outcome.LOST


def test_a_queue_of_which_nobody_knows_whether_it_is_made_is_undecided() -> None:
    maybe = a_queue(account=ORDERS, conditional=Undecided("parameter 'Stage' decides"))

    assert outcome(lost=maybe) is Outcome.UNDECIDED


def test_a_queue_of_another_account_may_keep_it_where_its_policy_lets_the_rule_in() -> None:
    lost = queue_arn("lost")
    rule = a_rule(a_target(OWN_QUEUE, dead_letter_arn=lost))

    assert outcome(rule=rule, lost=a_queue("lost"), lost_policy=a_queue_policy(lost, rule)) is Outcome.DEAD_LETTERED
    assert outcome(rule=rule, lost=a_queue("lost"), lost_policy=None) is Outcome.LOST


def test_a_queue_of_an_account_that_nobody_read_leaves_it_undecided() -> None:
    rule = a_rule(a_target(OWN_QUEUE, dead_letter_arn=queue_arn("lost")))

    assert outcome(rule=rule) is Outcome.UNDECIDED


def test_a_fifo_queue_is_refused_as_a_dead_letter_queue_and_so_is_its_target() -> None:
    lost = queue_arn("lost.fifo", account=ORDERS)
    rule = a_rule(a_target(OWN_QUEUE, dead_letter_arn=lost))

    found = placed(of(DELIVERY, rule=rule, lost=a_queue("lost.fifo", account=ORDERS, fifo=True)))

    assert at(found, OWN_QUEUE).outcome is Outcome.NOT_DEPLOYED


def test_the_dead_letter_queue_of_a_subscription_is_let_in_by_a_rule_of_the_producers_account() -> None:
    lost = queue_arn("lost")
    rule = a_rule(a_target(BILLING_BUS, role_arn=role_arn(), dead_letter_arn=lost), account=BILLING)
    parts = of(SUBSCRIPTION, rule=rule, role=a_role(), lost=a_queue("lost"), policy=a_queue_policy(lost, rule))

    assert f":{ORDERS}:rule/" in rule.arn
    assert at(placed(parts), BILLING_BUS).outcome is Outcome.DEAD_LETTERED


def test_the_queue_of_a_bus_keeps_nothing_that_a_rule_can_not_deliver() -> None:
    assert outcome(orders_bus=a_bus(dead_letter_arn=LOST), rule=a_rule(a_target(OWN_QUEUE))) is Outcome.LOST


def test_what_is_refused_at_deployment_comes_before_what_fails_with_each_event() -> None:
    far = queue_arn("shipping", account=ORDERS, region="us-east-1")

    found = at(placed(of(DELIVERY, rule=a_rule(a_target(far, dead_letter_arn=LOST)))), far)

    assert found.failing is not None
    assert found.failing.at_deployment
    assert found.outcome is Outcome.NOT_DEPLOYED
