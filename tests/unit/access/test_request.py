"""The condition keys of a request that follow from who asks and for what."""

from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.access.request import Principal, Request
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, queue_arn, role_arn
from cdk_eventbridge_patterns.undecided import Undecided

ROLE, SERVICE, ACCOUNT = Principal.of_role(role_arn()), Principal.of_service(), Principal.of_account(BILLING)


def a_request(principal: Principal) -> Request:
    return Request(principal=principal, action="sqs:SendMessage", resource=queue_arn(account=ORDERS))


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
@pytest.mark.parametrize(
    ("principal", "key", "value"),
    [
        (ROLE, "aws:principalarn", role_arn()),
        (ROLE, "aws:principalaccount", BILLING),
        (ROLE, "aws:principalisawsservice", "false"),
        (ROLE, "aws:sourcearn", None),
        (ROLE, "aws:principalservicename", None),
        (ACCOUNT, "aws:principalaccount", BILLING),
        (SERVICE, "aws:principalisawsservice", "true"),
        (SERVICE, "aws:principalservicename", "events.amazonaws.com"),
        (SERVICE, "aws:principalaccount", None),
        (SERVICE, "aws:principalorgid", None),
        (SERVICE, "aws:principaltag/team", None),
        (SERVICE, "aws:sourceowner", None),
        (SERVICE, "aws:resourceaccount", ORDERS),
        (SERVICE, "aws:requestedregion", "eu-west-1"),
        (SERVICE, "aws:securetransport", "true"),
        (SERVICE, "events:source", None),
    ],
)
def test_a_key_that_follows_from_who_asks_for_what(principal: Principal, key: str, value: str | None) -> None:
    assert a_request(principal).value_of(key) == value


@pytest.mark.parametrize(
    ("principal", "key"),
    [
        (ROLE, "aws:principalorgid"),
        (ROLE, "aws:principaltag/team"),
        (ROLE, "aws:sourceip"),
        (ACCOUNT, "aws:principalarn"),
        (ACCOUNT, "aws:sourcevpce"),
        (SERVICE, "aws:sourceorgid"),
        (SERVICE, "aws:currenttime"),
    ],
)
def test_a_global_key_that_nobody_gave_may_be_there_or_not(principal: Principal, key: str) -> None:
    assert isinstance(a_request(principal).value_of(key), Undecided)


def test_what_is_given_counts_in_whatever_case() -> None:
    request = Request(
        principal=ROLE,
        action="kms:Decrypt",
        resource=queue_arn(),
        given={"AWS:PrincipalOrgID": "o-acme123456", "kms:EncryptionContext": "unread"},
    )

    assert request.value_of("aws:principalorgid") == "o-acme123456"
    assert request.value_of("kms:encryptioncontext:aws:sqs:arn") == "unread"
