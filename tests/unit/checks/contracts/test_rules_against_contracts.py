"""What rules ask of the detail, held to the contracts that are registered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.checks.contracts.dead_rule import DeadRule
from cdk_eventbridge_patterns.checks.contracts.delivered_twice import DeliveredTwice
from cdk_eventbridge_patterns.checks.contracts.event_nobody_consumes import EventNobodyConsumes
from cdk_eventbridge_patterns.checks.contracts.example_does_not_fit import ExampleDoesNotFit
from cdk_eventbridge_patterns.checks.contracts.filter_on_sensitive_field import FilterOnSensitiveField
from cdk_eventbridge_patterns.checks.contracts.rule_on_undeclared_field import RuleOnUndeclaredField
from cdk_eventbridge_patterns.checks.contracts.takes_other_events import TakesOtherEvents
from cdk_eventbridge_patterns.checks.contracts.undeclared_event_consumed import UndeclaredEventConsumed
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    a_bus,
    a_bus_policy,
    a_queue,
    a_rule,
    a_schema,
    a_target,
    an_event,
    bus_arn,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

STATUS = {"enum": ["placed", "paid"]}
ORDER = {"type": "object", "properties": {"status": STATUS, "code": {"type": "string", "pattern": r"^a\b-"}}}
ORDERS_BUS = a_bus(stamp=Stamp(service="orders", publishes=[an_event(), an_event("OrderCancelled")]))
BILLING_BUS = bus_arn("acme-prod-billing", account=BILLING)


def asks(detail: Any = None, name: str = "ship", *, source: Any = None, detail_type: Any = None, **rule: Any) -> Rule:
    pattern = {"source": source or ["com.acme.orders"], "detail-type": detail_type or ["OrderPlaced.v1"]}
    return a_rule(
        a_target(queue_arn()), name=name, event_pattern=pattern | ({"detail": detail} if detail else {}), **rule
    )


# -- what can never match


def test_a_value_that_the_contract_does_not_know_makes_a_rule_dead() -> None:
    (line,) = judged(DeadRule(), a_schema(ORDER), asks({"status": ["payd"]}))

    assert line == (
        "error at Ruleship EventPattern: rule 'ship' can't match any OrderPlaced.v1: at detail.status "
        "it is one of ['placed', 'paid'], which can't satisfy ['payd']"
    )


def test_a_misspelt_field_is_found_with_the_one_that_was_meant() -> None:
    (line,) = judged(RuleOnUndeclaredField(), a_schema(ORDER), asks({"statuss": ["paid"]}))

    assert line == (
        "error at Ruleship EventPattern: rule 'ship' matches no OrderPlaced.v1 as it is declared: at detail.statuss "
        "the contract declares no such field; the nearest is 'status'"
    )


def test_what_the_proof_cannot_follow_is_undecided() -> None:
    (line,) = judged(DeadRule(), a_schema(ORDER), asks({"code": [{"prefix": "ab"}]}))

    assert line.startswith("undecided at Ruleship EventPattern: whether rule 'ship' can match a OrderPlaced.v1")


@pytest.mark.parametrize(
    "rule",
    [
        asks({"status": ["paid"]}),
        asks({"status": [Undecided("it is parameter 'Status'")]}),
        asks({"status": ["payd"]}, source=[{"prefix": "com.acme."}]),
        asks({"status": ["payd"]}, source=["com.acme.orders", "com.acme.returns"]),
        asks({"status": ["payd"]}, detail_type=["OrderPlaced.v1", "OrderPaid.v1"]),
    ],
    ids=["it can match", "not known", "any source", "another source", "another event"],
)
@pytest.mark.parametrize("check", [DeadRule(), RuleOnUndeclaredField()], ids=lambda check: check.id)
def test_a_rule_that_may_match_something_is_fine(check: Any, rule: Rule) -> None:
    assert judged(check, a_schema(ORDER), rule) == []


def test_a_rule_is_live_if_one_of_its_events_can_match() -> None:
    cancelled = a_schema({"type": "object", "properties": {"status": {"const": "payd"}}}, "OrderCancelled")
    rule = asks({"status": ["payd"]}, detail_type=["OrderPlaced.v1", "OrderCancelled.v1"])

    assert judged(DeadRule(), a_schema(ORDER), cancelled, rule) == []


# -- what is encrypted


GUARDED = replace(an_event(), sensitive=("detail.card", "detail.persons.*.name"))
GUARDED_BUS = a_bus(stamp=Stamp(service="orders", publishes=[GUARDED]))


@pytest.mark.parametrize(
    ("detail", "path"),
    [
        ({"card": ["4111"]}, "detail.card"),
        ({"card": {"number": [{"prefix": "4"}]}}, "detail.card.number"),
        ({"persons": {"first": {"name": ["Ada"]}}}, "detail.persons.first.name"),
        ({"$or": [{"status": ["paid"]}, {"card": ["4111"]}]}, "detail.card"),
    ],
)
def test_a_filter_on_an_encrypted_field_is_found(detail: Any, path: str) -> None:
    (line,) = judged(FilterOnSensitiveField(), GUARDED_BUS, asks(detail))

    assert line == (
        f"error at Ruleship EventPattern: rule 'ship' filters on {path} of OrderPlaced.v1, which is encrypted"
    )


@pytest.mark.parametrize(
    "rule",
    [
        asks({"status": ["paid"], "cards": ["x"], "persons": {"first": {"names": ["x"]}}}),
        asks({"card": [{"exists": True}]}),
        asks({"card": ["4111"]}, detail_type=["OrderCancelled.v1"]),
    ],
    ids=["other fields", "whether it is there", "another event"],
)
def test_a_rule_that_leaves_encrypted_values_alone_is_fine(rule: Rule) -> None:
    assert judged(FilterOnSensitiveField(), GUARDED_BUS, rule) == []


# -- what is delivered twice


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (asks(name="a"), asks(name="b"), "the same events"),
        (asks(name="a"), asks({"status": ["paid"]}, name="b"), "all that the narrower of them matches"),
        (
            asks({"status": ["paid"]}, name="a"),
            asks({"status": [{"prefix": "p"}], "code": [{"exists": False}]}, name="b"),
            "some events OrderPlaced.v1",
        ),
    ],
)
def test_two_rules_with_shared_events_and_one_target_are_found(one: Rule, other: Rule, shared: str) -> None:
    (line,) = judged(DeliveredTwice(), a_schema(ORDER), one, other)

    assert line == f"warning at Rulea EventPattern: rules 'a' and 'b' both deliver {shared} to {queue_arn()}"


@pytest.mark.parametrize(
    "other",
    [
        asks({"status": ["placed"]}, name="b"),
        asks({"status": ["paid"]}, name="b", on=BILLING_BUS),
        a_rule(a_target(queue_arn("other")), name="b"),
        a_rule(a_target(queue_arn(), input={"InputPath": "$.detail"}), name="b"),
        asks({"status": ["paid"]}, name="b", enabled=False),
    ],
    ids=["other events", "another bus", "another target", "another input", "switched off"],
)
def test_rules_that_share_less_are_fine(other: Rule) -> None:
    assert judged(DeliveredTwice(), a_schema(ORDER), asks({"status": ["paid"]}, name="a"), other) == []


# -- what is published and consumed


def test_an_event_that_no_rule_takes_is_told() -> None:
    (line,) = judged(EventNobodyConsumes(), ORDERS_BUS, asks())

    assert line == (
        "info at Busacmeprodorders: no rule that was read takes OrderCancelled.v1 of com.acme.orders off bus "
        "'acme-prod-orders'"
    )


def test_a_subscriber_whose_templates_were_not_read_may_take_it() -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": "333333333333"}, "Action": "events:PutRule", "Resource": "*"}
    read = {**statement, "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"}}

    assert judged(EventNobodyConsumes(), ORDERS_BUS, a_bus_policy(statement)) == []
    assert len(judged(EventNobodyConsumes(), ORDERS_BUS, a_bus_policy(read), a_queue())) == 2


def test_a_rule_of_which_it_is_not_known_may_take_it() -> None:
    rule = asks(detail_type=["OrderPlaced.v1", Undecided("it is parameter 'Type'")])

    assert judged(EventNobodyConsumes(), ORDERS_BUS, rule) == []


def test_a_rule_for_an_event_that_its_producer_does_not_declare_is_found_on_any_bus() -> None:
    (line,) = judged(UndeclaredEventConsumed(), ORDERS_BUS, asks(detail_type=["OrderPlcaed.v1"], on=BILLING_BUS))

    assert line == (
        "error at Ruleship EventPattern: rule 'ship' waits for OrderPlcaed.v1 of com.acme.orders, which nobody "
        "declares; the nearest is OrderPlaced.v1"
    )


@pytest.mark.parametrize(
    "rule",
    [
        asks(on=BILLING_BUS),
        asks(detail_type=["OrderPlcaed.v1"]),
        asks(detail_type=["Paid"], source=["com.other"], on=BILLING_BUS),
        asks(detail_type=[{"prefix": "Other"}], on=BILLING_BUS),
    ],
    ids=["declared", "on the producer's bus", "of another producer", "not listed"],
)
def test_a_rule_whose_event_may_be_declared_is_fine(rule: Rule) -> None:
    assert judged(UndeclaredEventConsumed(), ORDERS_BUS, rule) == []


def test_a_rule_that_also_matches_what_it_is_not_for_is_found() -> None:
    stamp = Stamp(service="billing", consumes=[EventName("orders", "OrderPlaced", 1)])
    rule = asks(detail_type=["OrderPlaced.v1", "OrderCancelled.v1"], stamp=stamp)

    assert judged(TakesOtherEvents(), ORDERS_BUS, asks(stamp=stamp)) == []
    assert judged(TakesOtherEvents(), ORDERS_BUS, rule) == [
        (
            "warning at Ruleship EventPattern: rule 'ship' matches OrderCancelled.v1 of com.acme.orders, too, "
            "which it is not for"
        )
    ]


def test_an_example_that_does_not_fit_is_found() -> None:
    wrong = {"type": "object", "properties": {"status": STATUS | {"examples": ["paid", "payd"]}}}
    right = {
        "type": "object",
        "properties": {"status": STATUS | {"examples": ["paid"]}, "examples": {"type": "string"}},
    }

    assert judged(ExampleDoesNotFit(), a_schema(right)) == []
    assert judged(ExampleDoesNotFit(), a_schema(wrong)) == [
        (
            "warning at SchemaOrderPlaced Content: in schema 'com.acme.orders@OrderPlaced.v1' the example 'payd' at "
            "/properties/detail/properties/status does not fit: 'payd' is not one of ['placed', 'paid']"
        )
    ]
