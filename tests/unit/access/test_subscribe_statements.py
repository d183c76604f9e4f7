from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

import pytest

from cdk_eventbridge_patterns.access import Consumer, Statement
from cdk_eventbridge_patterns.access.subscribe import MANAGE_ACTIONS, organization_statements, subscribe_statements
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.naming import BusAddress, NamingConvention

ACME = NamingConvention(organization="acme", stage="prod")
ORDERS = BusAddress("111111111111", "eu-west-1", "acme-prod-orders")
BILLING = Consumer("billing", "222222222222")

# E and S are declared, A is not; D is the one detail-type.
E, S, A = "com.acme.orders", "com.acme.legacy-shop", "com.acme.payments"
D = "OrderPlaced.v1"
DECLARED = [EventType(E, D), EventType(S, D)]


def billing_may(event_types: Sequence[EventType] = DECLARED) -> list[Statement]:
    return list(subscribe_statements(ORDERS, ACME, BILLING, event_types).values())


def test_actions_are_split_so_that_each_statement_can_ask_for_the_keys_its_actions_have() -> None:
    rules, targets, manage = billing_may()

    assert rules["Action"] == "events:PutRule"
    assert targets["Action"] == "events:PutTargets"
    assert manage["Action"] == list(MANAGE_ACTIONS)
    assert not {"events:PutRule", "events:PutTargets"} & set(MANAGE_ACTIONS)


def test_the_rule_statement_is_exact() -> None:
    rules, _, _ = billing_may()

    assert rules == {
        "Sid": "acme-prod-orders--billing--rules",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::222222222222:root"},
        "Action": "events:PutRule",
        "Resource": "arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/acme-prod-billing--*",
        "Condition": {
            "ForAllValues:StringEquals": {"events:source": [S, E], "events:detail-type": [D]},
            "Null": {"events:source": "false", "events:detail-type": "false"},
            "StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"},
        },
    }


def test_targets_may_only_be_the_consumers_own_bus() -> None:
    _, targets, _ = billing_may()

    assert targets["Condition"] == {
        "ArnLike": {"events:TargetArn": "arn:aws:events:eu-west-1:222222222222:event-bus/acme-prod-billing"},
        "StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"},
    }


def test_what_manages_rules_asks_only_for_their_creator() -> None:
    _, _, manage = billing_may()

    assert manage["Condition"] == {"StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}}


def test_every_statement_is_for_the_consumers_account_and_its_own_rules_only() -> None:
    for statement in billing_may():
        assert statement["Principal"] == {"AWS": "arn:aws:iam::222222222222:root"}
        assert statement["Resource"].endswith(":rule/acme-prod-orders/acme-prod-billing--*")


def test_a_consumers_prefix_is_never_the_beginning_of_anothers() -> None:
    resource = billing_may()[0]["Resource"]
    of_billing = ORDERS.rule_arn(ACME.rule_name("billing", "order-placed-v1"))
    of_billing_audit = ORDERS.rule_arn(ACME.rule_name("billing-audit", "order-placed-v1"))

    assert fnmatchcase(of_billing, resource)
    assert not fnmatchcase(of_billing_audit, resource)


def test_a_consumer_with_two_buses_is_named_with_the_one_that_receives() -> None:
    inbox = Consumer("billing", "222222222222", qualifier="inbox")

    statements = list(subscribe_statements(ORDERS, ACME, inbox, DECLARED).values())

    assert statements[0]["Sid"] == "acme-prod-orders--billing--inbox--rules"
    assert statements[1]["Condition"]["ArnLike"]["events:TargetArn"].endswith(":event-bus/acme-prod-billing--inbox")


def test_a_consumer_in_another_region_receives_there() -> None:
    far = Consumer("billing", "222222222222", region="us-east-1")

    targets = subscribe_statements(ORDERS, ACME, far, DECLARED)["targets"]

    assert targets["Condition"]["ArnLike"]["events:TargetArn"].startswith("arn:aws:events:us-east-1:222222222222:")


def test_the_order_of_events_changes_nothing() -> None:
    assert billing_may(DECLARED) == billing_may(DECLARED[::-1])


def test_in_china_arns_carry_its_partition() -> None:
    bus = BusAddress("111111111111", "cn-north-1", "acme-prod-orders")

    rules, targets, _ = subscribe_statements(bus, ACME, BILLING, DECLARED).values()

    assert rules["Principal"] == {"AWS": "arn:aws-cn:iam::222222222222:root"}
    assert rules["Resource"].startswith("arn:aws-cn:events:cn-north-1:")
    assert targets["Condition"]["ArnLike"]["events:TargetArn"].startswith("arn:aws-cn:events:cn-north-1:")


# -- the organisation --------------------------------------------------------------------------------------


def test_an_organisation_is_anyone_whose_account_belongs_to_it() -> None:
    for statement in organization_statements(ORDERS, ACME, "o-exampleorg1", DECLARED).values():
        assert statement["Principal"] == "*"
        assert statement["Condition"]["StringEquals"] == {"aws:PrincipalOrgID": "o-exampleorg1"}
        assert statement["Condition"]["StringEqualsIfExists"] == {"events:creatorAccount": "${aws:PrincipalAccount}"}


def test_a_member_of_the_organisation_delivers_to_buses_of_its_own_account_only_in_any_region() -> None:
    targets = organization_statements(ORDERS, ACME, "o-exampleorg1", DECLARED)["targets"]

    assert targets["Condition"]["ArnLike"] == {
        "events:TargetArn": "arn:aws:events:*:${aws:PrincipalAccount}:event-bus/*"
    }


def test_a_member_of_the_organisation_is_held_to_the_same_events() -> None:
    of_organization = organization_statements(ORDERS, ACME, "o-exampleorg1", DECLARED)["rules"]
    of_billing, _, _ = billing_may()

    for operator in ("ForAllValues:StringEquals", "Null"):
        assert of_organization["Condition"][operator] == of_billing["Condition"][operator]


# -- the truth table of AWS --------------------------------------------------------------------------------
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html

Keys = Mapping[str, Sequence[str]]


def holds(operator: str, asked: str | Sequence[str], key: str, request: Keys) -> bool:
    """Whether one line of a condition holds for the values a request has under *key*."""
    values, allowed = request.get(key, ()), [asked] if isinstance(asked, str) else list(asked)
    if operator == "Null":
        return bool(values) == (asked == "false")
    if operator == "ForAllValues:StringEquals":
        return set(values) <= set(allowed)
    if operator == "StringEqualsIfExists" and not values:
        return True
    if operator in ("StringEquals", "StringEqualsIfExists"):
        # Several values are one request context that equals no single string.
        return len(values) == 1 and values[0] in allowed
    raise NotImplementedError(operator)


def allows(condition: Mapping[str, Mapping[str, Any]], request: Keys) -> bool:
    """Whether a whole condition holds."""
    return all(
        holds(operator, asked, key, request) for operator, keys in condition.items() for key, asked in keys.items()
    )


def a_rule_for(*sources: str, detail_types: Sequence[str] = (D,), creator: str | None = None) -> dict[str, list[str]]:
    request = {"events:source": list(sources), "events:detail-type": list(detail_types)}
    return request if creator is None else {**request, "events:creatorAccount": [creator]}


C = "com.acme.catalog"


@pytest.mark.parametrize(
    ("condition", "sources", "detail_types", "allowed"),
    [
        ({"StringEquals": {"events:source": E}}, [E], [], True),
        ({"StringEquals": {"events:source": E}}, [E], [D], True),
        ({"StringEquals": {"events:source": E}}, [E, S], [], False),
        ({"StringEquals": {"events:source": E}}, [], [D], False),
        ({"StringEquals": {"events:source": [E, C]}}, [E], [], True),
        ({"StringEquals": {"events:source": [E, C]}}, [C], [], True),
        ({"StringEquals": {"events:source": [E, C]}}, [E, C], [], False),
        ({"StringEquals": {"events:source": [E, C]}}, [S], [], False),
        ({"StringEquals": {"events:source": [E, C]}}, [], [D], False),
        ({"StringEquals": {"events:source": E, "events:detail-type": D}}, [E], [D], True),
        ({"StringEquals": {"events:source": E, "events:detail-type": D}}, [E], [], False),
        ({"StringEquals": {"events:source": E, "events:detail-type": D}}, [C], [], False),
        ({"StringEquals": {"events:source": E, "events:detail-type": D}}, [E], ["OrderCancelled.v1"], False),
        ({"StringEquals": {"events:source": E, "events:detail-type": D}}, [], [D], False),
        ({"Null": {"events:source": "false"}}, [C, E], [], True),
        ({"Null": {"events:source": "false"}}, [], [D], False),
        ({"ForAllValues:StringEquals": {"events:source": [E, S]}, "Null": {"events:source": "false"}}, [E], [], True),
        (
            {"ForAllValues:StringEquals": {"events:source": [E, S]}, "Null": {"events:source": "false"}},
            [E, S],
            [],
            True,
        ),
        (
            {"ForAllValues:StringEquals": {"events:source": [E, S]}, "Null": {"events:source": "false"}},
            [E, A],
            [],
            False,
        ),
        ({"ForAllValues:StringEquals": {"events:source": [E, S]}, "Null": {"events:source": "false"}}, [], [D], False),
        # Why Null stands beside it:
        ({"ForAllValues:StringEquals": {"events:source": [E, S]}}, [], [D], True),
    ],
)
def test_the_evaluator_of_these_tests_gives_the_answers_of_awss_truth_table(
    condition: Mapping[str, Mapping[str, Any]], sources: list[str], detail_types: list[str], *, allowed: bool
) -> None:
    assert allows(condition, a_rule_for(*sources, detail_types=detail_types)) is allowed


@pytest.mark.parametrize(
    ("request_keys", "allowed"),
    [
        pytest.param(a_rule_for(E), True, id="one declared source"),
        pytest.param(a_rule_for(E, S), True, id="all declared sources"),
        pytest.param(a_rule_for(E, A), False, id="a declared source and another"),
        pytest.param(a_rule_for(A), False, id="another source"),
        pytest.param(a_rule_for(), False, id="no source"),
        pytest.param(a_rule_for(E, detail_types=()), False, id="no detail-type"),
        pytest.param(a_rule_for(E, detail_types=("OrderCancelled.v1",)), False, id="another detail-type"),
        pytest.param(
            a_rule_for(E, detail_types=(D, "OrderCancelled.v1")), False, id="a declared detail-type and another"
        ),
    ],
)
def test_a_consumer_may_put_a_rule_on_declared_events_only(request_keys: Keys, *, allowed: bool) -> None:
    rules, _, _ = billing_may()

    # The variable of the policy is the caller's account.
    condition = {**rules["Condition"], "StringEqualsIfExists": {"events:creatorAccount": BILLING.account}}

    assert allows(condition, request_keys) is allowed


@pytest.mark.parametrize(("creator", "allowed"), [(None, True), (BILLING.account, True), ("333333333333", False)])
def test_a_consumer_may_change_its_own_rule_but_not_anothers(creator: str | None, *, allowed: bool) -> None:
    rules, _, _ = billing_may()
    condition = {**rules["Condition"], "StringEqualsIfExists": {"events:creatorAccount": BILLING.account}}

    assert allows(condition, a_rule_for(E, creator=creator)) is allowed
