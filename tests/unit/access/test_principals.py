"""Whom a statement means, and what policies of one account say together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cdk_eventbridge_patterns.access.evaluation import Decision, decide, decide_access, denied
from cdk_eventbridge_patterns.access.request import Principal, Request
from cdk_eventbridge_patterns.assembly.elements.statements import statements
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, a_location, queue_arn, role_arn
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.undecided import Answer, Undecided

ROLE, ROOT = role_arn(), f"arn:aws:iam::{BILLING}:root"
WHO = "«parameter 'Who'»"
BY_ROLE, BY_SERVICE, BY_ACCOUNT = Principal.of_role(ROLE), Principal.of_service(), Principal.of_account(BILLING)


def policy(*written: Mapping[str, Any] | Undecided) -> tuple[PolicyStatement, ...]:
    return statements({"Statement": list(written)}, a_location("Policy"))


def allow(principal: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", "Resource": "*", **more}


def deny(principal: Any = "*", **more: Any) -> dict[str, Any]:
    return {**allow(principal, **more), "Effect": "Deny"}


def a_request(principal: Principal = BY_ROLE) -> Request:
    return Request(principal=principal, action="sqs:SendMessage", resource=queue_arn())


def is_answer(answer: Answer, expected: bool | None) -> bool:
    """Return whether *answer* is the expected one; None is undecided."""
    return isinstance(answer, Undecided) if expected is None else answer is expected


@pytest.mark.parametrize(
    ("asked_by", "named", "answer"),
    [
        (BY_ROLE, WHO, None),
        (BY_ROLE, f"{WHO}:root", None),
        (BY_ROLE, f"arn:aws:iam::{WHO}", None),
        (BY_ROLE, f"arn:aws:iam::{WHO}:role/from-orders", None),
        (BY_ROLE, f"arn:aws:iam::{WHO}:role/other", False),
        (BY_ROLE, f"arn:aws:iam::{ORDERS}:role/{WHO}", False),
        (BY_SERVICE, WHO, None),
        (BY_SERVICE, f"arn:aws:iam::{WHO}:root", False),
        (BY_ACCOUNT, ROOT, True),
        (BY_ACCOUNT, ROLE, None),
        (BY_ACCOUNT, role_arn(account=ORDERS), False),
    ],
)
def test_who_is_meant_is_undecided_as_far_as_it_is_not_known(
    asked_by: Principal, named: str, answer: bool | None
) -> None:
    assert is_answer(decide(a_request(asked_by), policy(allow({"AWS": named}))).answer, answer)


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
@pytest.mark.parametrize(
    ("asked_by", "left_out", "allowed"),
    [
        (BY_ROLE, {"AWS": [ROLE, ROOT]}, True),
        (BY_ROLE, {"AWS": role_arn("other")}, False),
        (BY_ROLE, {"AWS": ROLE}, None),
        (BY_ROLE, {"AWS": ROOT}, None),
        (BY_ROLE, {"AWS": WHO}, None),
        (BY_ROLE, {"AWS": "*"}, True),
        (BY_ACCOUNT, {"AWS": ROOT}, True),
        (BY_SERVICE, {"AWS": ROOT}, False),
        (BY_SERVICE, {"Service": "events.amazonaws.com"}, True),
    ],
)
def test_a_deny_of_all_but_some_leaves_a_role_out_for_sure_if_its_account_is_named_too(
    asked_by: Principal, left_out: Any, allowed: bool | None
) -> None:
    all_but = {"Effect": "Deny", "NotPrincipal": left_out, "Action": "*", "Resource": "*"}

    assert is_answer(decide(a_request(asked_by), policy(allow(), all_but)).answer, allowed)


@pytest.mark.parametrize("action", ["sqs:Send«parameter 'What'»", "SQS:SEND«parameter 'What'»"])
def test_an_action_with_an_unknown_part_is_undecided_in_whatever_case(action: str) -> None:
    assert is_answer(decide(a_request(), policy(allow(Action=action))).answer, None)


def test_a_statement_that_is_not_read_may_allow_and_may_deny() -> None:
    unread = Undecided("a parameter gives it")

    assert decide(a_request(), policy(unread)).answer == unread
    assert decide(a_request(), policy(allow(), unread)).answer == unread
    assert denied(a_request(), policy(unread)) is not None
    assert decide(a_request(), policy(unread, deny())).answer is False


def test_what_speaks_against_a_request_is_a_deny_for_sure_before_one_perhaps() -> None:
    perhaps, surely = deny({"AWS": WHO}, Sid="Perhaps"), deny({"AWS": ROLE}, Sid="Surely")

    found = denied(a_request(), policy(perhaps, surely))

    assert found is not None
    assert found.reason == "statement 'Surely' denies it"
    assert denied(a_request(), policy(allow())) is None


def together(identity: Any, resource: Any, *, account: str = BILLING, resource_decides: bool = False) -> Decision:
    return decide_access(
        a_request(),
        identity=policy(*identity),
        resource=policy(*resource),
        resource_account=account,
        resource_decides=resource_decides,
    )


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
def test_a_policy_that_names_the_account_leaves_it_to_the_identity() -> None:
    assert together([], [allow({"AWS": ROOT})]).answer is False
    assert together([allow()], [allow({"AWS": ROOT})]).answer is True
    assert together([], [allow({"AWS": [ROOT, ROLE]})]).answer is True
    assert together([allow()], [allow({"AWS": BILLING})], account=ORDERS).answer is True


def test_a_key_or_a_role_is_open_by_its_own_policy_alone() -> None:
    assert together([allow()], [], resource_decides=True).answer is False
    assert together([allow()], [allow({"AWS": ROOT})], resource_decides=True).answer is True


def test_a_deny_perhaps_of_either_policy_makes_undecided_what_both_allow() -> None:
    perhaps = deny(Resource=queue_arn("«parameter 'Name'»"))

    assert is_answer(together([perhaps], [allow()]).answer, None)
    assert is_answer(together([allow(), perhaps], [allow()]).answer, None)
    assert is_answer(together([allow()], [perhaps]).answer, None)
    assert together([perhaps], []).answer is False


def test_in_whose_account_a_resource_is_matters_just_where_the_policies_differ() -> None:
    unknown = "«parameter 'Account'»"

    assert is_answer(together([allow()], [], account=unknown).answer, None)
    assert together([allow()], [allow()], account=unknown).answer is True
    assert together([], [], account=unknown).answer is False
