"""Whom a statement lets in beyond those it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cdk_eventbridge_patterns.access.openness import is_public, lets_any_source_in
from cdk_eventbridge_patterns.assembly.elements.statements import statement
from cdk_eventbridge_patterns.testing.builders import ORDERS, a_location
from cdk_eventbridge_patterns.undecided import Undecided

RULE = f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/ship"


def opened(condition: Mapping[str, Any] | None, principal: Any = "*") -> Any:
    written = {"Effect": "Allow", "Principal": principal, "Action": "events:PutEvents"}
    return statement(written if condition is None else {**written, "Condition": condition}, a_location("Policy"))


@pytest.mark.parametrize(
    "condition",
    [
        None,
        {"StringEquals": {"events:source": "com.acme.orders"}},
        {"StringLike": {"aws:PrincipalOrgID": "o-*"}},
        {"StringLike": {"aws:PrincipalOrgID": "*"}},
        {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-acme123456"}},
        {"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-acme123456"}},
        {"StringNotEquals": {"aws:PrincipalAccount": ORDERS}},
        {"StringEquals": {"aws:PrincipalAccount": [ORDERS, "*"]}},
        {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}},
        {"Null": {"aws:PrincipalOrgID": "false"}},
        {"StringEquals": {"aws:PrincipalAccount": "${aws:PrincipalAccount}"}},
        {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
    ],
)
def test_everyone_is_public_without_a_condition_on_who_asks(condition: Mapping[str, Any] | None) -> None:
    assert is_public(opened(condition)) is True


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalOrgID": "o-acme123456"}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-acme123456/r-ab12/*"}},
        {"StringEquals": {"aws:PrincipalAccount": ORDERS}},
        {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ORDERS}:role/*"}},
        {"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}},
        {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
        {"StringEquals": {"aws:PrincipalOrgID": "«parameter 'Organisation'»"}},
    ],
)
def test_everyone_of_an_organisation_or_an_account_is_not_public(condition: Mapping[str, Any]) -> None:
    assert is_public(opened(condition)) is False


def test_a_named_account_is_not_public() -> None:
    assert is_public(opened(None, {"AWS": ORDERS})) is False
    assert is_public(opened(None, {"AWS": "arn:aws:iam::«parameter 'Account'»:root"})) is False


def test_whoever_a_parameter_names_may_be_everyone() -> None:
    assert isinstance(is_public(opened(None, {"AWS": "«parameter 'Consumer'»"})), Undecided)


def test_a_statement_that_is_not_read_may_be_public() -> None:
    assert is_public(statement(Undecided("it is a parameter"), a_location("Policy"))) == Undecided("it is a parameter")


def test_everyone_is_not_public_for_sure_where_the_condition_is_not_read() -> None:
    unread = {"Effect": "Allow", "Principal": "*", "Condition": Undecided("it is a parameter")}

    assert is_public(statement(unread, a_location("Policy"))) == Undecided("it is a parameter")


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        (None, True),
        ({"ArnLike": {"aws:SourceArn": RULE}}, False),
        ({"StringEquals": {"aws:SourceAccount": ORDERS}}, False),
        ({"StringEquals": {"aws:SourceOrgID": "o-acme123456"}}, False),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:events:*:*:rule/*"}}, True),
        ({"ArnLikeIfExists": {"aws:SourceArn": RULE}}, True),
        ({"StringEquals": {"aws:PrincipalAccount": ORDERS}}, True),
    ],
)
def test_a_service_is_let_in_for_anybody_unless_it_says_on_whose_behalf(
    condition: Mapping[str, Any] | None, answer: bool
) -> None:
    assert lets_any_source_in(opened(condition, {"Service": "events.amazonaws.com"})) is answer
