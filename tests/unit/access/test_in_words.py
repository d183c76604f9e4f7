"""What statements hold requests to, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cdk_eventbridge_patterns.access import Consumer
from cdk_eventbridge_patterns.access.in_words import held_to, in_words
from cdk_eventbridge_patterns.access.publish import publish_statement
from cdk_eventbridge_patterns.access.subscribe import organization_statements, subscribe_statements
from cdk_eventbridge_patterns.assembly.elements.statements import statement
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.naming import BusAddress, NamingConvention
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, REGION, a_location
from cdk_eventbridge_patterns.undecided import Undecided

PUBLISH, RULE, TARGETS, DELETE = "events:PutEvents", "events:PutRule", "events:PutTargets", "events:DeleteRule"
ACME = NamingConvention(organization="acme", stage="prod")
BUS = BusAddress(ORDERS, REGION, "acme-prod-orders")
PLACED = EventType("com.acme.orders", "OrderPlaced.v1")
CANCELLED = EventType("com.acme.orders", "OrderCancelled.v1")


def said(action: str, condition: Mapping[str, Any] | None = None, resource: Any = "*") -> tuple[str, ...]:
    written = {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": resource, "Condition": condition}
    return held_to(statement(written, a_location("Policy")), action)


def test_our_statement_to_publish() -> None:
    ours = statement(publish_statement(BUS, ACME, [BILLING], [PLACED, CANCELLED]), a_location("Policy"))

    assert held_to(ours, PUBLISH) == (
        "only events of source com.acme.orders",
        "only events of detail-type OrderCancelled.v1 or OrderPlaced.v1",
    )


def test_our_statements_to_subscribe() -> None:
    ours = subscribe_statements(BUS, ACME, Consumer("billing", BILLING), [PLACED, CANCELLED]).values()
    rules, targets, manage = (statement(each, a_location("Policy")) for each in ours)

    own = (
        "only rules of its own account, or whose creator is not said",
        "only rules whose name begins with acme-prod-billing--",
    )
    assert held_to(rules, RULE) == (
        "only rules for source com.acme.orders",
        "only rules for detail-type OrderCancelled.v1 or OrderPlaced.v1, or several of them",
        *own,
    )
    assert held_to(targets, TARGETS) == (f"only to bus acme-prod-billing of account {BILLING}", *own)
    assert held_to(manage, DELETE) == own


def test_our_statements_for_an_organisation() -> None:
    ours = organization_statements(BUS, ACME, "o-exampleorg1", [PLACED]).values()
    rules, targets, _ = (statement(each, a_location("Policy")) for each in ours)

    assert held_to(rules, RULE) == (
        "rules of any name",
        "only rules for source com.acme.orders",
        "only rules for detail-type OrderPlaced.v1",
        "only accounts of organisation o-exampleorg1",
        "only rules of its own account, or whose creator is not said",
    )
    assert "only to buses of its own account" in held_to(targets, TARGETS)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"StringLike": {"events:source": "com.acme.*"}}, "only events of a source like com.acme.*"),
        ({"StringEqualsIfExists": {"events:source": "com.acme.orders"}}, "only events of source com.acme.orders"),
        ({"StringNotEquals": {"events:source": "com.acme.audit"}}, "only events of another source than com.acme.audit"),
        ({"Bool": {"events:eventBusInvocation": "true"}}, "only what rules deliver"),
        ({"Bool": {"events:eventBusInvocation": "false"}}, "only what is published, not what rules deliver"),
        ({"StringEquals": {"aws:SourceAccount": BILLING}}, f"only on behalf of account {BILLING}"),
        ({"StringEquals": {"aws:PrincipalAccount": BILLING}}, f"only account {BILLING}"),
        ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}}, "only the principal arn:aws:iam::*:role/x"),
    ],
)
def test_conditions_of_publishing(condition: Mapping[str, Any], words: str) -> None:
    assert words in said(PUBLISH, condition)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"StringEquals": {"events:source": ["com.E", "com.S"]}}, "only rules for source com.E or com.S"),
        ({"StringLike": {"events:source": "com.*"}}, "only rules for a source like com.*"),
        ({"Null": {"events:source": "false"}}, "only rules that ask for a source"),
        ({"StringEquals": {"events:creatorAccount": BILLING}}, f"only rules of account {BILLING}"),
    ],
)
def test_conditions_of_rules(condition: Mapping[str, Any], words: str) -> None:
    assert words in said(RULE, condition)


@pytest.mark.parametrize("operator", ["StringEqualsIfExists", "ForAllValues:StringEquals"])
def test_an_operator_that_passes_without_a_source_lets_rules_take_any(operator: str) -> None:
    detail_type = {"StringEquals": {"events:detail-type": "OrderPlaced.v1"}}

    words = said(RULE, {operator: {"events:source": "com.acme.orders"}, **detail_type})

    assert "any source" in words
    assert "only rules for source com.acme.orders, and rules that ask for no source" in words


def test_what_is_not_held_to_anything_is_said() -> None:
    assert said(PUBLISH) == ("any event",)
    assert said(RULE) == ("any event", "rules of any name")
    assert said(TARGETS) == ("any target",)
    assert said(PUBLISH, {"StringEquals": {"events:detail-type": "OrderPlaced.v1"}})[0] == "any source"


@pytest.mark.parametrize(
    "condition",
    [
        {"Null": {"events:source": "false"}},
        {"Null": {"events:source": "true"}},
        {"StringLike": {"events:source": "*"}},
        {"StringNotEquals": {"events:source": "com.acme.audit"}},
    ],
)
def test_a_condition_that_some_rule_for_any_source_meets_leaves_it_open(condition: Mapping[str, Any]) -> None:
    assert "any event" in said(RULE, condition)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"events:source": "com.acme.orders"}},
        {"StringEqualsIfExists": {"events:source": "a"}, "Null": {"events:source": "false"}},
        {"StringLike": {"events:source": "com.*"}},
    ],
)
def test_a_condition_that_holds_a_rule_to_sources_does_not(condition: Mapping[str, Any]) -> None:
    assert not {"any event", "any source"} & {*said(RULE, condition)}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, "only where IpAddress aws:sourceip is 203.0.113.0/24"),
        (
            {"StringNotEquals": {"aws:PrincipalAccount": BILLING}},
            "only where StringNotEquals aws:principalaccount is 2",
        ),
        (
            {"ForAnyValue:StringEquals": {"events:source": "a"}},
            "only where ForAnyValue:StringEquals events:source is a",
        ),
        ({"Null": {"events:source": "true"}}, "only where Null events:source is true"),
        ({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a"}}, "only where StringEqualsIfExists aws:principalorgid"),
        (
            {"StringEquals": {"aws:PrincipalOrgID": Undecided("it is a parameter")}},
            "only where StringEquals aws:principalorgid is known at deployment only: it is a parameter",
        ),
    ],
)
def test_a_condition_without_words_stands_as_it_is_written(condition: Mapping[str, Any], words: str) -> None:
    assert any(each.startswith(words) for each in said(RULE, condition))


def test_two_conditions_on_one_key_stand_as_they_are_written() -> None:
    words = said(
        PUBLISH, {"StringLike": {"events:source": "com.*"}, "StringNotEquals": {"events:source": "com.acme.audit"}}
    )

    assert words[-2:] == (
        "only where StringLike events:source is com.*",
        "only where StringNotEquals events:source is com.acme.audit",
    )


def test_a_condition_that_an_action_does_not_meet_is_left_out_where_it_passes() -> None:
    samples = {"StringEqualsIfExists": {"events:source": "com.exampleCorp.purple"}}

    assert said(TARGETS, samples) == ("any target",)
    assert said(TARGETS, {"StringEquals": {"events:source": "a"}})[-1] == "only where StringEquals events:source is a"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("rule/acme-prod-orders/ship", "only rules named ship"),
        ("rule/acme-prod-orders/acme-*-x", "only rules named like acme-*-x"),
        ("rule/on-default-*", "only rules whose name begins with on-default-"),
    ],
)
def test_the_names_of_rules(name: str, words: str) -> None:
    assert words in said(DELETE, resource=f"arn:aws:events:{REGION}:{ORDERS}:{name}")


def test_what_a_deny_denies() -> None:
    written = {"Effect": "Deny", "Principal": "*", "Action": PUBLISH, "Resource": "*"}
    denial = statement({**written, "Condition": {"StringLike": {"events:source": "com.x.*"}}}, a_location("Policy"))

    assert in_words(denial, PUBLISH) == ("events of a source like com.x.*",)
