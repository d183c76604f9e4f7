"""Whom a statement lets in beyond those it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cdk_eventbridge_patterns.access.openness import is_public, lets_any_source_in
from cdk_eventbridge_patterns.assembly.elements.statements import statement
from cdk_eventbridge_patterns.testing.builders import ORDERS, a_location

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
        {"StringEquals": {"aws:PrincipalOrgID": "«parameter 'Organisation'»"}},
    ],
)
def test_everyone_of_an_organisation_or_an_account_is_not_public(condition: Mapping[str, Any]) -> None:
    assert is_public(opened(condition)) is False


def test_a_named_account_is_not_public() -> None:
    assert is_public(opened(None, {"AWS": ORDERS})) is False


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
