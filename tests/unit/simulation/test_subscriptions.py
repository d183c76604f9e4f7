"""Mode A: a consumer puts its own rule on the bus of the producer."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.simulation import Outcome, trace
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus_policy,
    a_role,
    a_rule,
    a_target,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Answer, Undecided
from tests.unit.simulation.world import (
    BILLING_BUS,
    INVOICES,
    MAY_PUBLISH,
    ORDERS_BUS,
    SUBSCRIPTION,
    account,
    allow,
    at,
    of,
    placed,
    reaches,
    step,
)

E_SOURCE, C_SOURCE, S_SOURCE, A_SOURCE = "com.acme.e", "com.acme.c", "com.acme.s", "com.acme.a"
ORDERED = {"detail-type": ["OrderPlaced.v1"]}
ALL_ELSE = ["events:PutTargets", "events:DescribeRule", "events:RemoveTargets", "events:DeleteRule"]


def billing_rule(pattern: Any = None, *targets: Any, account: str = BILLING) -> Rule:
    to_billing = a_target(BILLING_BUS, role_arn=role_arn())
    given = {} if pattern is None else {"event_pattern": pattern}
    return a_rule(*(targets or (to_billing,)), account=account, **given)


def may_be_put(pattern: dict[str, Any], condition: dict[str, Any], source: str) -> Answer:
    """Return whether a rule with a pattern may be put where PutRule takes a condition, seen by an event it matches."""
    policy = a_bus_policy(
        allow("events:PutRule", who=account(BILLING), **condition), allow(ALL_ELSE, who=account(BILLING))
    )
    topology = of(SUBSCRIPTION, orders_policy=policy, rule=billing_rule(pattern))
    event = {"source": source, "detail-type": "OrderPlaced.v1", "detail": {}}
    return step(trace(topology, event, bus=ORDERS_BUS), "may put rule").answer


def test_a_subscription_arrives_by_the_consumers_rule_role_and_bus() -> None:
    assert reaches(of(SUBSCRIPTION)) is True


def test_the_rule_is_in_the_account_and_region_of_the_bus_whoever_put_it_there() -> None:
    rule = billing_rule()

    assert rule.arn.startswith(f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/")
    assert rule.account == BILLING


def test_without_leave_of_the_bus_the_rule_is_never_put() -> None:
    found = placed(of(SUBSCRIPTION, orders_policy=None))

    refused = step(found, "may put rule")
    assert (refused.answer, refused.at_deployment) == (False, True)
    assert found.reaches(BILLING_BUS) is False


def test_leave_for_some_of_the_actions_is_not_enough() -> None:
    only_rule = a_bus_policy(allow("events:PutRule", who=account(BILLING)))

    refused = step(placed(of(SUBSCRIPTION, orders_policy=only_rule)), "may put rule")

    assert refused.refuses
    assert refused.says.endswith(": events:PutTargets")


def test_the_creator_of_a_rule_is_the_account_of_its_stack() -> None:
    own = a_bus_policy(
        allow("events:*", who=account(BILLING), StringEquals={"events:creatorAccount": "${aws:PrincipalAccount}"})
    )
    others = a_bus_policy(allow("events:*", who=account(BILLING), StringEquals={"events:creatorAccount": ORDERS}))

    assert reaches(of(SUBSCRIPTION, orders_policy=own)) is True
    assert reaches(of(SUBSCRIPTION, orders_policy=others)) is False


def test_the_bus_may_say_at_which_targets_a_rule_is_aimed() -> None:
    def aimed(arn: str) -> Answer:
        policy = a_bus_policy(
            allow("events:PutTargets", who=account(BILLING), ArnLike={"events:TargetArn": arn}),
            allow(["events:PutRule", *ALL_ELSE[1:]], who=account(BILLING)),
        )
        return reaches(of(SUBSCRIPTION, orders_policy=policy))

    assert aimed(f"arn:aws:events:*:{BILLING}:event-bus/*") is True
    assert aimed(f"arn:aws:events:*:{ORDERS}:event-bus/*") is False


@pytest.mark.parametrize(
    ("condition", "pattern", "answer"),
    [
        ({"StringEquals": {"events:source": E_SOURCE}}, {"source": [E_SOURCE]}, True),
        ({"StringEquals": {"events:source": E_SOURCE}}, {"source": [E_SOURCE], **ORDERED}, True),
        ({"StringEquals": {"events:source": E_SOURCE}}, {"source": [E_SOURCE, S_SOURCE]}, False),
        ({"StringEquals": {"events:source": E_SOURCE}}, ORDERED, False),
        ({"StringEquals": {"events:source": [E_SOURCE, C_SOURCE]}}, {"source": [C_SOURCE]}, True),
        ({"StringEquals": {"events:source": [E_SOURCE, C_SOURCE]}}, {"source": [E_SOURCE, C_SOURCE]}, False),
        ({"StringEquals": {"events:source": [E_SOURCE, C_SOURCE]}}, {"source": [S_SOURCE]}, False),
        ({"StringEquals": {"events:source": [E_SOURCE, C_SOURCE]}}, ORDERED, False),
        (
            {"StringEquals": {"events:source": E_SOURCE, "events:detail-type": "OrderPlaced.v1"}},
            {"source": [E_SOURCE], **ORDERED},
            True,
        ),
        (
            {"StringEquals": {"events:source": E_SOURCE, "events:detail-type": "OrderPlaced.v1"}},
            {"source": [E_SOURCE]},
            False,
        ),
        ({"StringEquals": {"events:source": E_SOURCE, "events:detail-type": "OrderPlaced.v1"}}, ORDERED, False),
        ({"Null": {"events:source": "false"}}, {"source": [C_SOURCE, E_SOURCE]}, True),
        ({"Null": {"events:source": "false"}}, ORDERED, False),
        (
            {
                "ForAllValues:StringEquals": {"events:source": [E_SOURCE, S_SOURCE]},
                "Null": {"events:source": "false"},
            },
            {"source": [E_SOURCE, S_SOURCE]},
            True,
        ),
        (
            {
                "ForAllValues:StringEquals": {"events:source": [E_SOURCE, S_SOURCE]},
                "Null": {"events:source": "false"},
            },
            {"source": [E_SOURCE, A_SOURCE]},
            False,
        ),
        (
            {
                "ForAllValues:StringEquals": {"events:source": [E_SOURCE, S_SOURCE]},
                "Null": {"events:source": "false"},
            },
            ORDERED,
            False,
        ),
        ({"ForAllValues:StringEquals": {"events:source": [E_SOURCE]}}, ORDERED, True),
    ],
)
def test_a_condition_on_the_source_is_held_against_the_pattern_as_aws_tabulates(
    condition: dict[str, Any], pattern: dict[str, Any], *, answer: bool
) -> None:
    assert may_be_put(pattern, condition, pattern.get("source", [E_SOURCE])[0]) is answer


def test_what_a_pattern_with_operators_counts_as_is_undecided() -> None:
    pattern = {"source": [{"prefix": E_SOURCE}]}

    answer = may_be_put(pattern, {"StringEquals": {"events:source": E_SOURCE}}, E_SOURCE)

    assert isinstance(answer, Undecided)


def test_a_foreign_rule_may_have_buses_as_targets_only() -> None:
    found = placed(of(SUBSCRIPTION, rule=billing_rule(None, a_target(INVOICES, "invoices", role_arn=role_arn()))))

    at_queue = at(found, INVOICES)
    assert at_queue.outcome is Outcome.NOT_DEPLOYED
    assert "may name buses as targets only" in str(at_queue.failing)


def test_no_policy_of_the_consumers_bus_is_needed_as_the_role_is_of_its_account() -> None:
    found = placed(of(SUBSCRIPTION))

    assert step(found, f"{BILLING_BUS} lets role").answer is True


def test_a_role_that_may_not_put_events_loses_them() -> None:
    found = placed(of(SUBSCRIPTION, role=a_role("from-orders")))

    assert at(found, BILLING_BUS).outcome is Outcome.LOST
    assert step(found, "may do events:PutEvents").code == "NO_PERMISSIONS"


def test_a_bus_in_an_account_that_nobody_read_leaves_the_subscription_undecided() -> None:
    topology = of({"rule": SUBSCRIPTION["rule"], "role": SUBSCRIPTION["role"]})

    assert isinstance(step(placed(topology), "may put rule").answer, Undecided)


def test_a_stack_whose_account_is_a_parameter_leaves_undecided_whose_rule_it_is() -> None:
    rule = billing_rule(account=unknown("parameter 'Account'"))

    found = placed(of(SUBSCRIPTION, rule=rule))

    assert isinstance(step(found, "may put rule").answer, Undecided)
    assert isinstance(found.reaches(BILLING_BUS), Undecided)


def test_what_was_read_of_the_consumer_alone_still_says_what_its_own_rules_do() -> None:
    found = placed(of(SUBSCRIPTION), bus=BILLING_BUS, publisher=BILLING)

    assert found.reaches(INVOICES) is True
    assert found.reaches(queue_arn("other")) is False


def test_a_permission_to_publish_on_another_bus_is_none_for_this_one() -> None:
    elsewhere = a_role("from-orders", allow("events:PutEvents", BILLING_BUS + "-archive"))

    assert reaches(of(SUBSCRIPTION, role=elsewhere)) is False
    assert reaches(of(SUBSCRIPTION, role=a_role("from-orders", MAY_PUBLISH))) is True
