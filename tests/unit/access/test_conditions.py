"""Conditions where AWS documents a corner, and where it documents nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cdk_eventbridge_patterns.access.conditions import holds
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, queue_arn, role_arn
from cdk_eventbridge_patterns.topology.policy_statement import Condition
from cdk_eventbridge_patterns.undecided import Answer, Undecided

KEY = "events:source"
RULE = f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/ship"


def condition_holds(operator: str, expected: tuple[str, ...] | Undecided, given: Mapping[str, ContextValue]) -> Answer:
    request = Request(
        principal=Principal.of_role(role_arn()), action="sqs:SendMessage", resource=queue_arn(), given=given
    )
    return holds(Condition(operator=operator, key=KEY, values=expected), request)


def is_answer(answer: Answer, expected: bool | None) -> bool:
    """Return whether *answer* is the expected one; None is undecided."""
    return isinstance(answer, Undecided) if expected is None else answer is expected


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
@pytest.mark.parametrize(
    ("operator", "answer"),
    [
        ("StringEquals", False),
        ("StringNotEquals", True),
        ("StringEqualsIfExists", True),
        ("StringNotEqualsIfExists", True),
        ("ForAllValues:StringEquals", True),
        ("ForAllValues:StringNotEquals", True),
        ("ForAnyValue:StringEquals", False),
        ("ForAnyValue:StringNotEquals", False),
        ("ForAnyValue:StringEqualsIfExists", None),
        ("stringequalsifexists", True),
    ],
)
@pytest.mark.parametrize("absent", [{}, {KEY: ()}])
def test_a_key_that_is_absent_or_has_no_value(
    operator: str, absent: Mapping[str, ContextValue], answer: bool | None
) -> None:
    assert is_answer(condition_holds(operator, ("a",), absent), answer)


def test_a_key_that_is_absent_decides_whatever_is_expected_of_it() -> None:
    unread = Undecided("a parameter gives the list")

    assert condition_holds("StringEquals", unread, {}) is False
    assert condition_holds("StringEquals", unread, {KEY: "a"}) is unread
    assert condition_holds("Null", unread, {}) is unread


def test_an_empty_text_is_no_value_to_all_of_them() -> None:
    assert condition_holds("ForAllValues:StringEquals", ("a",), {KEY: ("", "a")}) is True


@pytest.mark.parametrize(
    ("operator", "expected", "answer"),
    [
        ("StringEquals", ("a", "b"), False),
        ("StringLike", ("*",), False),
        ("StringNotEquals", ("c",), None),
        ("StringNotEquals", ("a",), None),
    ],
)
def test_several_values_under_an_operator_for_one(
    operator: str, expected: tuple[str, ...], answer: bool | None
) -> None:
    assert is_answer(condition_holds(operator, expected, {KEY: ("a", "b")}), answer)


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
@pytest.mark.parametrize(
    ("operator", "expected", "actual", "answer"),
    [
        ("StringEquals", "of-${aws:PrincipalAccount}", f"of-{BILLING}", True),
        ("StringLike", "of-${aws:PrincipalAccount}-*", f"of-{BILLING}-x", True),
        ("StringLike", "a${*}", "a*", True),
        ("StringLike", "a${*}", "ab", False),
        ("StringLike", "${?}*", "?b", True),
        ("StringLike", "${?}*", "ab", False),
        ("StringEquals", "${$}{x}", "${x}", True),
        ("StringLike", "${events:star}", "anything", False),
        ("StringLike", "${events:star}", "*", True),
        ("StringEquals", "${events:none}", "", False),
        ("StringEquals", "${events:none, 'a'}", "a", True),
        ("StringNotEquals", "${events:none}", "a", None),
        ("StringEquals", "${events:several}", "a", None),
        ("StringEquals", "${events:unsaid}", "a", None),
        ("StringEquals", "${events:«parameter 'Key'»}", "a", None),
    ],
)
def test_a_variable_stands_for_its_value_and_for_no_wildcard(
    operator: str, expected: str, actual: str, answer: bool | None
) -> None:
    given: Mapping[str, ContextValue] = {
        KEY: actual,
        "events:star": "*",
        "events:several": ("a", "b"),
        "events:unsaid": Undecided("it is not known"),
    }

    assert is_answer(condition_holds(operator, (expected,), given), answer)


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        (f"arn:aws:events:*:{ORDERS}:rule/acme-prod-orders/*", True),
        ("arn:*:rule/acme-prod-orders/ship", False),
        (RULE.upper(), False),
        ("arn:aws:events:eu-west-1:«parameter 'Account'»:rule/acme-prod-orders/ship", None),
        ("arn:aws:sqs:eu-west-1:«parameter 'Account'»:rule/acme-prod-orders/ship", False),
        ("«parameter 'RuleArn'»", None),
    ],
)
def test_an_arn_is_compared_part_by_part(expected: str, answer: bool | None) -> None:
    assert is_answer(condition_holds("ArnLike", (expected,), {KEY: RULE}), answer)


@pytest.mark.parametrize("operator", ["ForSomeValues:StringEquals", "BinaryEquals", "StringResembles"])
def test_an_operator_nobody_knows_is_undecided(operator: str) -> None:
    assert is_answer(condition_holds(operator, ("a",), {KEY: "a"}), None)


@pytest.mark.parametrize(
    ("operator", "expected", "actual"),
    [
        ("NumericLessThan", "ten", "9"),
        ("DateLessThan", "soon", "2026-01-01T00:00:00Z"),
        ("IpAddress", "10.0.0.0/8", "«parameter 'Address'»"),
    ],
)
def test_what_is_of_another_kind_than_the_operator_is_undecided(operator: str, expected: str, actual: Any) -> None:
    assert is_answer(condition_holds(operator, (expected,), {KEY: actual}), None)
