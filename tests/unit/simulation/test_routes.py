"""Mode B: a producer's own rule pushes events to the bus of another account."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.simulation import Outcome
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_queue,
    a_rule,
    a_target,
    bus_arn,
    role_arn,
)
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.simulation.world import (
    BILLING_BUS,
    INVOICES,
    LOCAL_RULE,
    LOST,
    ROUTE,
    a_queue_policy,
    account,
    allow,
    arrival,
    at,
    of,
    placed,
    reaches,
    step,
    steps_of,
)

TO_BILLING = role_arn("to-billing", account=ORDERS)
ROUTE_ARN = "arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/acme-prod-orders--to-billing"


def test_a_route_arrives_by_the_producers_role_and_the_policy_of_the_receiving_bus() -> None:
    assert reaches(of(ROUTE)) is True


def test_the_producers_bus_takes_no_policy_for_its_own_rule() -> None:
    found = placed(of(ROUTE))

    assert not [each.says for each in steps_of(found) if "may put rule" in each.says]


def test_without_a_policy_the_receiving_bus_keeps_the_role_out() -> None:
    found = placed(of(ROUTE, billing_policy=None))

    kept_out = step(found, f"{BILLING_BUS} lets role")
    assert (kept_out.answer, kept_out.code) == (False, "NO_PERMISSIONS")
    assert at(found, BILLING_BUS).outcome is Outcome.LOST


def test_the_policy_of_the_receiving_bus_may_name_the_role() -> None:
    the_role = a_bus_policy(allow("events:PutEvents", who={"AWS": TO_BILLING}), on=BILLING_BUS)
    another = a_bus_policy(allow("events:PutEvents", who={"AWS": role_arn("other", account=ORDERS)}), on=BILLING_BUS)

    assert reaches(of(ROUTE, billing_policy=the_role)) is True
    assert reaches(of(ROUTE, billing_policy=another)) is False


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"events:source": "com.acme.orders"}},
        {"StringEquals": {"events:detail-type": "OrderPlaced.v1"}},
        {"ArnEquals": {"aws:SourceArn": "arn:aws:events:*:111111111111:rule/*"}},
    ],
)
def test_what_a_delivery_by_a_rule_says_of_itself_is_not_documented_and_so_undecided(
    condition: dict[str, dict[str, str]],
) -> None:
    policy = a_bus_policy(allow("events:PutEvents", who=account(ORDERS), **condition), on=BILLING_BUS)

    assert isinstance(reaches(of(ROUTE, billing_policy=policy)), Undecided)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"ArnEqualsIfExists": {"aws:SourceArn": ROUTE_ARN}}, True),
        ({"StringEqualsIfExists": {"events:source": "com.acme.orders"}}, True),
        ({"StringEqualsIfExists": {"events:detail-type": ["OrderPlaced.v1", "OrderCancelled.v1"]}}, True),
        ({"ArnEquals": {"aws:SourceArn": "arn:aws:events:eu-west-1:111111111111:rule/other"}}, False),
        ({"StringEquals": {"events:source": "com.acme.billing"}}, False),
    ],
)
def test_a_policy_that_says_the_same_whatever_a_delivery_says_of_itself_is_decided(
    condition: dict[str, dict[str, str]], expected: bool
) -> None:
    policy = a_bus_policy(allow("events:PutEvents", who=account(ORDERS), **condition), on=BILLING_BUS)

    assert reaches(of(ROUTE, billing_policy=policy)) is expected


@pytest.mark.parametrize(
    "condition",
    [
        {"ArnEqualsIfExists": {"aws:SourceArn": "arn:aws:events:eu-west-1:111111111111:rule/other"}},
        {"StringEqualsIfExists": {"events:source": "com.acme.billing"}},
    ],
)
def test_a_policy_that_asks_for_something_else_where_it_is_said_is_undecided(condition: dict[str, Any]) -> None:
    policy = a_bus_policy(allow("events:PutEvents", who=account(ORDERS), **condition), on=BILLING_BUS)

    assert isinstance(reaches(of(ROUTE, billing_policy=policy)), Undecided)


def test_a_delivery_by_a_rule_is_an_invocation_by_a_bus() -> None:
    by_rules = a_bus_policy(
        allow("events:PutEvents", who=account(ORDERS), Bool={"events:eventBusInvocation": "true"}), on=BILLING_BUS
    )
    by_hand = a_bus_policy(
        allow("events:PutEvents", who=account(ORDERS), Bool={"events:eventBusInvocation": "false"}), on=BILLING_BUS
    )

    assert reaches(of(ROUTE, billing_policy=by_rules)) is True
    assert reaches(of(ROUTE, billing_policy=by_hand)) is False


def test_a_moved_event_keeps_what_it_says_of_where_it_was_published() -> None:
    found = placed(of(ROUTE))

    (_, on_billing) = found.buses()
    assert on_billing.event["account"] == ORDERS
    assert on_billing.event["detail"] == {"order_id": "o-1", "total": 3}


def test_a_rule_that_asks_for_its_own_account_takes_no_event_of_another() -> None:
    own_only = a_rule(
        *LOCAL_RULE.known_targets,
        name=LOCAL_RULE.name,
        on=BILLING_BUS,
        account=BILLING,
        event_pattern={"source": ["com.acme.orders"], "account": [BILLING]},
    )

    assert reaches(of(ROUTE, local_rule=own_only)) is False


@pytest.mark.parametrize(
    "change", [{"Input": "{}"}, {"InputPath": "$.detail"}, {"InputTransformer": {"InputTemplate": "{}"}}]
)
def test_what_is_sent_to_a_bus_of_another_account_can_not_be_changed(change: dict[str, Any]) -> None:
    rule = a_rule(a_target(BILLING_BUS, role_arn=TO_BILLING, input=change))

    found = placed(of(ROUTE, rule=rule))

    assert at(found, BILLING_BUS).outcome is Outcome.NOT_DEPLOYED
    assert step(found, "moves the event as it is").refuses


def test_whether_what_is_sent_to_a_bus_of_the_same_account_can_be_changed_is_undecided() -> None:
    hub = bus_arn("acme-prod-hub")
    rule = a_rule(a_target(hub, role_arn=TO_BILLING, input={"InputPath": "$.detail"}))

    assert isinstance(reaches(of(ROUTE, rule=rule, hub=a_bus("acme-prod-hub")), hub), Undecided)


def test_a_bus_that_may_not_be_made_is_an_undecided_target() -> None:
    maybe = a_bus("acme-prod-billing", account=BILLING, conditional=Undecided("parameter 'Stage' decides"))

    assert reaches(of(ROUTE, billing_bus=maybe)) == Undecided("parameter 'Stage' decides")


def test_whether_a_queue_keeps_what_is_sent_to_a_missing_bus_is_undecided() -> None:
    missing = bus_arn("acme-prod-shipping")

    def outcome(dead_letter: str | None) -> Outcome:
        rule = a_rule(a_target(missing, role_arn=TO_BILLING, dead_letter_arn=dead_letter))
        policy = a_queue_policy(LOST, rule)
        topology = of(ROUTE, rule=rule, lost=a_queue(account=ORDERS), lost_policy=policy)
        return at(placed(topology), missing).outcome

    assert outcome(None) is Outcome.LOST
    assert outcome(LOST) is Outcome.UNDECIDED


def test_a_bus_in_an_account_that_nobody_read_may_have_rules_that_nobody_knows() -> None:
    topology = of({"orders_bus": ROUTE["orders_bus"], "rule": ROUTE["rule"], "role": ROUTE["role"]})

    found = placed(topology)

    assert isinstance(found.reaches(INVOICES), Undecided)
    assert isinstance(arrival(found, BILLING_BUS).arrives, Undecided)
