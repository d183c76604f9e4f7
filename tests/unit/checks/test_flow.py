"""What to do about a flow that does not arrive is printed, ready to paste; what nobody can decide is said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from cdk_eventbridge_patterns.checks.flow.flow_does_not_arrive import FlowDoesNotArrive
from cdk_eventbridge_patterns.checks.flow.undeclared_flow import UndeclaredFlow
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    Statement,
    a_bus_policy,
    a_key,
    a_policy,
    a_queue,
    a_role,
    a_rule,
    a_target,
    a_topology,
    key_arn,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided
from tests.flows import INVOICES, MOVER, ON_BILLING, ON_ORDERS, PARTS, PUT_EVENTS, a_mover, the_flow
from tests.unit.checks.judged import judged

KEY = a_key("1234", {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"}, "Action": "kms:*"})


def fix_of(elements: Sequence[Element]) -> str:
    (finding,) = FlowDoesNotArrive().findings(a_topology(*elements))
    return finding.fix


def statements_in(fix: str) -> Iterator[Statement]:
    """Return the statements that stand in a fix, as whoever pastes them would read them."""
    at = fix.find("{")
    while at >= 0:
        statement, end = json.JSONDecoder().raw_decode(fix, at)
        yield statement
        at = fix.find("{", end)


def test_a_policy_that_lets_the_rule_of_the_consumer_be_put_is_printed_in_full() -> None:
    fix = fix_of(the_flow(bus_policy=None))

    assert fix.startswith(f"add in the policy of bus {ON_ORDERS}: ")
    assert [each["Action"] for each in statements_in(fix)] == [
        "events:PutRule",
        "events:PutTargets",
        ["events:DescribeRule", "events:RemoveTargets", "events:DeleteRule"],
    ]
    assert fix_holds(the_flow(bus_policy=a_bus_policy(*statements_in(fix))))


def test_of_a_policy_that_lacks_one_action_just_that_is_printed() -> None:
    some = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"},
        "Action": ["events:PutRule", "events:DescribeRule", "events:RemoveTargets", "events:DeleteRule"],
        "Resource": MOVER,
    }

    fix = fix_of(the_flow(bus_policy=a_bus_policy(some)))

    (statement,) = statements_in(fix)
    assert statement["Action"] == "events:PutTargets"
    assert statement["Condition"]["ArnLike"] == {"events:TargetArn": [ON_BILLING]}
    assert fix_holds(the_flow(bus_policy=a_bus_policy(some, statement)))


def test_the_policy_of_a_queue_is_printed_for_just_the_rule() -> None:
    fix = fix_of(the_flow(queue_policy=None))

    assert fix.startswith(f"add in the policy of {INVOICES}: ")
    assert fix_holds(the_flow(queue_policy=a_policy(INVOICES, *statements_in(fix))))


def test_the_permission_of_a_role_is_printed() -> None:
    fix = fix_of(the_flow(role=a_role("from-orders")))

    assert fix.startswith("add in the policy of role arn:aws:iam::222222222222:role/from-orders: ")
    assert fix_holds(the_flow(role=a_role("from-orders", *statements_in(fix))))


def test_the_trust_of_a_role_is_printed() -> None:
    fix = fix_of(the_flow(role=a_role("from-orders", PUT_EVENTS, trust=())))

    assert fix.startswith("add in the trust policy of role arn:aws:iam::222222222222:role/from-orders: ")
    assert fix_holds(the_flow(role=a_role("from-orders", PUT_EVENTS, trust=tuple(statements_in(fix)))))


def test_the_policy_of_a_key_is_printed() -> None:
    queue = a_queue("invoices", key=key_arn())

    fix = fix_of(the_flow(queue=queue, key=KEY))

    assert fix.startswith(f"add in the policy of key {key_arn()}: ")
    assert fix_holds(the_flow(queue=queue, key=a_key("1234", *statements_in(fix))))


def fix_holds(elements: Sequence[Element]) -> bool:
    return list(FlowDoesNotArrive().findings(a_topology(*elements))) == []


def test_where_nothing_brings_an_event_the_cure_is_to_subscribe() -> None:
    assert fix_of(the_flow(mover=None)) == (
        "let event patterns that some orders/OrderPlaced.v1 passes bring it: subscribe(…, on=…)"
    )


def test_where_no_statement_would_help_the_trace_shows_the_whole() -> None:
    assert "`cdk-eventbridge trace`" in fix_of(the_flow(mover=a_mover(enabled=False)))


@pytest.mark.parametrize(
    ("unsure", "reason"),
    [
        ({"event_pattern": Undecided("a parameter gives it")}, "a parameter gives it"),
        ({"enabled": Undecided("a parameter says so")}, "a parameter says so"),
        ({"conditional": Undecided("condition 'IsProd' is not known")}, "condition 'IsProd' is not known"),
    ],
)
def test_a_rule_of_nobodys_that_may_take_an_event_is_undecided(unsure: dict[str, Any], reason: str) -> None:
    audit = a_rule(a_target(queue_arn("audit")), name="audit", **unsure)

    question = f"whether rule 'audit' takes orders/OrderPlaced.v1 to {queue_arn('audit')}, which nobody declared,"
    assert judged(UndeclaredFlow(), PARTS["bus"], audit) == [
        f"undecided at Ruleaudit: {question} is undecided: {reason}"
    ]


def test_of_several_events_those_are_named_that_are_surely_taken() -> None:
    stage = unknown("parameter 'Stage'")
    sure = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1", f"Order{stage}.v1"]}

    (line,) = judged(
        UndeclaredFlow(), *the_flow(), a_rule(a_target(queue_arn("audit")), name="audit", event_pattern=sure)
    )

    assert line.startswith("warning at Ruleaudit: rule 'audit' takes orders/OrderPlaced.v1 to ")
