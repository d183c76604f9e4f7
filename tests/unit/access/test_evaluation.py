"""Policies held against requests, by what AWS documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cdk_eventbridge_patterns.access.evaluation import Decision, decide, decide_access
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.assembly.elements.statements import statements
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, a_location, bus_arn, queue_arn, role_arn
from cdk_eventbridge_patterns.undecided import Undecided

STAGE = "«parameter 'Stage'»"
ROLE = role_arn()
RULE = f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/ship"


def policy(*written: Mapping[str, Any]) -> Any:
    return statements({"Statement": list(written)}, a_location("Policy"))


def allow(principal: Any = "*", action: Any = "*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": resource, **more}


def put_rule(pattern: Mapping[str, ContextValue], condition: Mapping[str, Any]) -> Decision:
    request = Request(principal=Principal.of_account(BILLING), action="events:PutRule", resource=RULE, given=pattern)
    return decide(request, policy(allow(action="events:PutRule", Condition=condition)))


SOURCE, TYPE = "events:source", "events:detail-type"
E, S, C, A = ("com.E",), ("com.S",), ("com.C",), ("com.A",)
ES, CE, EA = (*E, *S), (*C, *E), (*E, *A)
D = ("D",)
JUST_E = {"StringEquals": {SOURCE: "com.E"}}
E_OR_C = {"StringEquals": {SOURCE: ["com.E", "com.C"]}}
E_AND_D = {"StringEquals": {SOURCE: "com.E", TYPE: "D"}}
ANY_SOURCE = {"Null": {SOURCE: "false"}}
ALL_OF = {"ForAllValues:StringEquals": {SOURCE: ["com.E", "com.S"]}, "Null": {SOURCE: "false"}}


@pytest.mark.parametrize(
    ("condition", "pattern", "allowed"),
    [
        (JUST_E, {SOURCE: E}, True),
        (JUST_E, {SOURCE: E, TYPE: D}, True),
        (JUST_E, {SOURCE: ES}, False),
        (JUST_E, {TYPE: D}, False),
        (E_OR_C, {SOURCE: E}, True),
        (E_OR_C, {SOURCE: C}, True),
        (E_OR_C, {SOURCE: (*E, *C)}, False),
        (E_OR_C, {SOURCE: S}, False),
        (E_OR_C, {TYPE: D}, False),
        (E_AND_D, {SOURCE: E, TYPE: D}, True),
        (E_AND_D, {SOURCE: E}, False),
        (E_AND_D, {SOURCE: C}, False),
        (E_AND_D, {SOURCE: E, TYPE: ("Other",)}, False),
        (E_AND_D, {TYPE: D}, False),
        (ANY_SOURCE, {SOURCE: CE}, True),
        (ANY_SOURCE, {TYPE: D}, False),
        (ALL_OF, {SOURCE: E}, True),
        (ALL_OF, {SOURCE: ES}, True),
        (ALL_OF, {SOURCE: EA}, False),
        (ALL_OF, {TYPE: D}, False),
    ],
)
def test_a_rule_may_be_put_as_the_guides_truth_table_says(
    condition: Mapping[str, Any], pattern: Mapping[str, ContextValue], allowed: bool
) -> None:
    assert put_rule(pattern, condition).answer is allowed


@pytest.mark.parametrize(
    ("operator", "expected", "actual", "answer"),
    [
        ("StringEquals", "a", "a", True),
        ("StringEquals", "a", "A", False),
        ("StringEqualsIgnoreCase", "a", "A", True),
        ("StringEquals", ["a", "b"], "b", True),
        ("StringEquals", "a*", "ab", False),
        ("StringLike", "a*", "ab", True),
        ("StringNotEquals", ["a", "b"], "c", True),
        ("StringNotEquals", ["a", "b"], "b", False),
        ("StringNotLike", "a*", "ab", False),
        ("StringEquals", "a", None, False),
        ("StringNotEquals", "a", None, True),
        ("StringEqualsIfExists", "a", None, True),
        ("StringEqualsIfExists", "a", "b", False),
        ("ForAllValues:StringEquals", "a", None, True),
        ("ForAnyValue:StringEquals", "a", None, False),
        ("ForAnyValue:StringEquals", "a", ("b", "a"), True),
        ("ForAllValues:StringEquals", "a", ("b", "a"), False),
        ("ForAllValues:StringLike", "a*", ("aa", "ab"), True),
        ("Null", "true", None, True),
        ("Null", "true", "a", False),
        ("Null", False, "a", True),
        ("Bool", "true", "true", True),
        ("Bool", True, "TRUE", True),
        ("Bool", "false", None, False),
        ("ArnLike", "arn:aws:events:*:1:rule/a/*", "arn:aws:events:eu:1:rule/a/b", True),
        ("ArnEquals", "arn:aws:events:*:1:rule/*", "arn:aws:events:eu:1:rule/b", True),
        ("ArnLike", "arn:aws:*:1:rule/b", "arn:aws:events:eu:1:rule/b", False),
        ("ArnNotLike", "arn:aws:events:eu:1:rule/a*", "arn:aws:events:eu:1:rule/b", True),
        ("NumericLessThan", "10", "9", True),
        ("NumericGreaterThanEquals", "10", "9", False),
        ("DateLessThan", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", True),
        ("IpAddress", "10.0.0.0/8", "10.1.2.3", True),
        ("NotIpAddress", "10.0.0.0/8", "10.1.2.3", False),
        ("StringEquals", f"acme-{STAGE}", "acme-prod", None),
        ("StringEquals", f"acme-{STAGE}", "zeta-prod", False),
        ("StringNotEquals", f"acme-{STAGE}", "acme-prod", None),
        ("StringEquals", "a", Undecided("it is not known"), None),
        ("StringResembles", "a", "a", None),
    ],
)
def test_an_operator_holds_or_does_not_or_nobody_knows(
    operator: str, expected: Any, actual: ContextValue | None, answer: bool | None
) -> None:
    given = {} if actual is None else {"events:Key": actual}
    request = Request(principal=Principal.of_service(), action="sqs:SendMessage", resource=queue_arn(), given=given)

    decision = decide(request, policy(allow(Condition={operator: {"events:key": expected}})))

    assert isinstance(decision.answer, Undecided) if answer is None else decision.answer is answer


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        ("${aws:PrincipalAccount}", True),
        ("${aws:principalaccount}", True),
        ("${aws:PrincipalAccount}0", False),
        ("${events:Missing, '222222222222'}", True),
        ("${*}", False),
    ],
)
def test_a_variable_in_a_value_is_that_of_the_request(value: str, allowed: bool) -> None:
    condition = {"StringEquals": {"events:creatorAccount": value}}

    assert put_rule({"events:creatorAccount": BILLING}, condition).answer is allowed


@pytest.mark.parametrize(
    ("named", "allowed"),
    [
        ("*", True),
        ({"AWS": "*"}, True),
        ({"AWS": BILLING}, True),
        ({"AWS": f"arn:aws:iam::{BILLING}:root"}, True),
        ({"AWS": [f"arn:aws:iam::{ORDERS}:root", ROLE]}, True),
        ({"AWS": f"arn:aws:iam::{ORDERS}:root"}, False),
        ({"AWS": f"{ROLE}-other"}, False),
        ({"Service": "events.amazonaws.com"}, False),
        ({"AWS": f"arn:aws:iam::{STAGE}:root"}, None),
    ],
)
def test_a_role_is_meant_by_everyone_by_its_account_and_by_its_arn(named: Any, allowed: bool | None) -> None:
    request = Request(principal=Principal.of_role(ROLE), action="events:PutEvents", resource=bus_arn())

    answer = decide(request, policy(allow(named))).answer

    assert isinstance(answer, Undecided) if allowed is None else answer is allowed


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        (allow(action="sqs:*"), True),
        (allow(action="SQS:sendmessage"), True),
        (allow(action="sqs:Send*"), True),
        (allow(action=["sns:Publish", "sqs:SendMessage"]), True),
        (allow(action="sqs:ReceiveMessage"), False),
        (allow(resource=queue_arn("other")), False),
        (allow(resource=f"{queue_arn()}*"), True),
        ({"Effect": "Allow", "Principal": "*", "NotAction": "sqs:*", "Resource": "*"}, False),
        ({"Effect": "Allow", "Principal": "*", "NotAction": "sns:*", "Resource": "*"}, True),
        ({"Effect": "Allow", "Principal": "*", "Action": "*", "NotResource": queue_arn()}, False),
        ({"Effect": "Allow", "NotPrincipal": {"Service": "events.amazonaws.com"}, "Action": "*"}, False),
        (allow(action=f"sqs:{STAGE}"), None),
    ],
)
def test_action_resource_and_principal_must_all_fit(statement: Mapping[str, Any], allowed: bool | None) -> None:
    request = Request(principal=Principal.of_service(), action="sqs:SendMessage", resource=queue_arn())

    answer = decide(request, policy(statement)).answer

    assert isinstance(answer, Undecided) if allowed is None else answer is allowed


DENY = {**allow(), "Effect": "Deny"}


def test_a_deny_that_applies_decides_whatever_is_allowed() -> None:
    request = Request(principal=Principal.of_service(), action="sqs:SendMessage", resource=queue_arn())

    assert decide(request, policy(allow(), DENY)).answer is False


def test_a_deny_that_nobody_can_decide_leaves_what_is_allowed_undecided() -> None:
    request = Request(principal=Principal.of_service(), action="sqs:SendMessage", resource=queue_arn())
    maybe = {**DENY, "Resource": queue_arn(STAGE)}

    assert isinstance(decide(request, policy(allow(), maybe)).answer, Undecided)
    assert decide(request, policy(maybe)).answer is False


def test_a_refusal_names_the_nearest_statement_and_what_in_it_does_not_fit() -> None:
    request = Request(
        principal=Principal.of_service(), action="sqs:SendMessage", resource=queue_arn(), given={"aws:SourceArn": RULE}
    )
    elsewhere = allow(Sid="Other", action="sns:Publish")
    near = allow(Sid="Rules", action="sqs:SendMessage", Condition={"ArnEquals": {"aws:SourceArn": f"{RULE}-2"}})

    decision = decide(request, policy(elsewhere, near))

    assert decision.reason == (
        f"statement 'Rules' does not: ArnEquals aws:sourcearn is {RULE}-2, and that of the request is {RULE}"
    )


@pytest.mark.parametrize(
    ("identity", "resource", "account", "answer"),
    [
        (True, False, BILLING, True),
        (False, True, BILLING, True),
        (False, False, BILLING, False),
        (True, False, ORDERS, False),
        (False, True, ORDERS, False),
        (True, True, ORDERS, True),
    ],
)
def test_in_one_account_either_policy_may_allow_and_across_accounts_both_must(
    identity: bool, resource: bool, account: str, answer: bool
) -> None:
    request = Request(principal=Principal.of_role(ROLE), action="events:PutEvents", resource=bus_arn(account=account))

    decision = decide_access(
        request,
        identity=policy(allow()) if identity else (),
        resource=policy(allow()) if resource else (),
        resource_account=account,
    )

    assert decision.answer is answer


def test_a_deny_of_either_policy_decides() -> None:
    request = Request(principal=Principal.of_role(ROLE), action="events:PutEvents", resource=bus_arn(account=BILLING))

    decision = decide_access(request, identity=policy(allow()), resource=policy(DENY), resource_account=BILLING)

    assert decision.answer is False


def test_what_a_parameter_writes_into_a_policy_is_undecided() -> None:
    request = Request(principal=Principal.of_service(), action="sqs:SendMessage", resource=queue_arn())
    unread = statements(Undecided("parameter 'Policy' has no value"), a_location("Policy"))

    assert decide(request, unread).answer == Undecided("parameter 'Policy' has no value")
