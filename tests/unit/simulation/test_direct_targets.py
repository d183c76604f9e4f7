"""Targets that are no bus: in the account of the bus, and directly in another one."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.simulation import Outcome
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_key,
    a_policy,
    a_queue,
    a_receiver,
    a_role,
    a_rule,
    a_target,
    key_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.simulation.world import (
    DELIVERY,
    DIRECT,
    INVOICES,
    OWN_QUEUE,
    SENDER,
    SERVICE,
    allow,
    at,
    of,
    placed,
    reaches,
    step,
)

FUNCTION = f"arn:aws:lambda:eu-west-1:{ORDERS}:function:ship"


def failing(found: Any, target: str) -> str:
    """Return why the event does not get to a target."""
    refused = at(found, target).failing
    return "" if refused is None else refused.reason


def test_a_queue_of_another_account_is_reached_by_a_role_of_the_buss_account_that_the_queue_lets_in() -> None:
    assert reaches(of(DIRECT)) is True


def test_across_accounts_it_takes_a_role() -> None:
    found = placed(of(DIRECT, rule=a_rule(a_target(INVOICES))))

    assert at(found, INVOICES).outcome is Outcome.NOT_DEPLOYED
    assert failing(found, INVOICES) == "in another account it takes a role, and the target has none"


def test_across_accounts_the_role_is_of_the_account_of_the_bus() -> None:
    rule = a_rule(a_target(INVOICES, role_arn=role_arn("sender")))

    found = placed(of(DIRECT, rule=rule, role=a_role("sender", allow("sqs:SendMessage"))))

    assert failing(found, INVOICES) == f"its role must be in account {ORDERS}, that of the bus"


def test_across_accounts_the_target_lets_the_role_in_and_the_role_may_deliver() -> None:
    assert reaches(of(DIRECT, queue_policy=None)) is False
    assert reaches(of(DIRECT, role=a_role("sender", account=ORDERS))) is False


@pytest.mark.parametrize(("role", "lets_in"), [(SENDER, True), (role_arn("another", account=ORDERS), False)])
def test_across_accounts_the_role_may_be_named_by_its_account_and_a_condition(role: str, lets_in: bool) -> None:
    condition = {"ArnEquals": {"aws:PrincipalArn": role}}
    root = {"AWS": f"arn:aws:iam::{ORDERS}:root"}
    policy = a_policy(INVOICES, {**allow("sqs:SendMessage", INVOICES, root), "Condition": condition})

    assert reaches(of(DIRECT, queue_policy=policy)) is lets_in


def test_across_accounts_an_encrypted_queue_takes_what_its_key_lets_the_role_encrypt() -> None:
    key_use = ["kms:GenerateDataKey", "kms:Decrypt"]
    condition = {"ArnEquals": {"aws:PrincipalArn": SENDER}}
    of_account = {**allow(key_use, "*", {"AWS": f"arn:aws:iam::{ORDERS}:root"}), "Condition": condition}
    via = {"StringEquals": {"kms:ViaService": "sqs.eu-west-1.amazonaws.com"}}
    keys = {**allow(key_use, f"arn:aws:kms:eu-west-1:{BILLING}:key/*"), "Condition": via}
    send = allow("sqs:SendMessage", INVOICES)
    queue = a_queue("invoices", key=key_arn())

    def answer(*permissions: Any, key: Any) -> Any:
        return reaches(of(DIRECT, queue=queue, key=key, role=a_role("sender", *permissions, account=ORDERS)))

    assert answer(send, keys, key=a_key("1234", of_account)) is True
    assert answer(send, keys, key=a_key("1234")) is False
    assert answer(send, key=a_key("1234", of_account)) is False


def test_across_accounts_what_awss_own_key_encrypts_takes_nothing() -> None:
    topology = of(DIRECT, queue=a_queue("invoices", key="alias/aws/sqs"))

    assert reaches(topology) is False
    assert failing(placed(topology), INVOICES) == "it is AWS's own key, which no other account may use"


def test_across_accounts_leave_for_the_service_is_none_for_the_role() -> None:
    for_service = a_policy(INVOICES, allow("sqs:SendMessage", INVOICES, SERVICE))

    assert reaches(of(DIRECT, queue_policy=for_service)) is False


@pytest.mark.parametrize(
    ("target", "action"),
    [
        (f"arn:aws:sns:eu-west-1:{BILLING}:invoices", "sns:Publish"),
        (f"arn:aws:lambda:eu-west-1:{BILLING}:function:invoices", "lambda:InvokeFunction"),
        (f"arn:aws:kinesis:eu-west-1:{BILLING}:stream/invoices", "kinesis:PutRecord"),
    ],
)
def test_topics_functions_and_streams_may_be_in_another_account(target: str, action: str) -> None:
    topology = of(
        DIRECT,
        rule=a_rule(a_target(target, role_arn=SENDER)),
        role=a_role("sender", allow(action, target), account=ORDERS),
        receiver=a_receiver(target, "AWS::Some::Receiver"),
        policy=a_policy(target, allow(action, target, {"AWS": SENDER})),
    )

    assert reaches(topology, target) is True


def test_an_api_gateway_of_another_account_may_be_a_target_and_is_not_read() -> None:
    api = f"arn:aws:execute-api:eu-west-1:{BILLING}:a1b2c3/prod/POST/invoices"

    answer = reaches(of(DIRECT, rule=a_rule(a_target(api, role_arn=SENDER))), api)

    assert isinstance(answer, Undecided)


@pytest.mark.parametrize("service", ["states", "firehose", "logs", "codebuild"])
def test_no_other_service_may_be_in_another_account(service: str) -> None:
    target = f"arn:aws:{service}:eu-west-1:{BILLING}:invoices"

    found = placed(of(DIRECT, rule=a_rule(a_target(target, role_arn=SENDER))))

    assert failing(found, target) == f"{service} can't be in another account"


def test_a_queue_of_the_buss_account_lets_the_rule_in_by_its_policy() -> None:
    assert reaches(of(DELIVERY), OWN_QUEUE) is True

    shut = step(placed(of(DELIVERY, queue_policy=None)), f"{OWN_QUEUE} lets rule")
    assert (shut.answer, shut.code) == (False, "NO_PERMISSIONS")


def test_a_queue_that_lets_another_rule_in_keeps_this_one_out() -> None:
    other = a_policy(
        OWN_QUEUE,
        allow("sqs:SendMessage", OWN_QUEUE, SERVICE, ArnEquals={"aws:SourceArn": "arn:aws:events:*:*:rule/other"}),
    )

    assert reaches(of(DELIVERY, queue_policy=other), OWN_QUEUE) is False


def test_an_alias_of_a_function_is_there_where_the_function_is() -> None:
    alias = f"{FUNCTION}:live"
    topology = of(
        DELIVERY,
        rule=a_rule(a_target(alias)),
        function=a_receiver(FUNCTION, "AWS::Lambda::Function"),
        permission=a_policy(alias, allow("lambda:InvokeFunction", alias, SERVICE)),
    )

    assert reaches(topology, alias) is True


def test_a_log_group_lets_eventbridge_in_by_a_policy_of_its_account() -> None:
    group = f"arn:aws:logs:eu-west-1:{ORDERS}:log-group:/aws/events/orders"
    let_in = a_policy(
        f"arn:aws:logs:eu-west-1:{ORDERS}:log-group:*",
        allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"{group}:*", SERVICE),
    )
    logged = {"rule": a_rule(a_target(group)), "group": a_receiver(group, "AWS::Logs::LogGroup")}

    assert reaches(of(DELIVERY, **logged, policy=let_in), group) is True
    assert reaches(of(DELIVERY, **logged), group) is False


def test_a_queue_that_its_account_does_not_declare_is_missing() -> None:
    missing = step(placed(of(DELIVERY, queue=None)), f"{OWN_QUEUE} is there")

    assert (missing.answer, missing.code) == (False, "NO_RESOURCE")


def test_a_queue_of_an_account_that_nobody_read_is_undecided() -> None:
    without_queue = {part: DIRECT[part] for part in ("orders_bus", "rule", "role")}

    assert isinstance(reaches(of(without_queue)), Undecided)


def test_a_queue_whose_name_is_a_parameter_is_undecided_as_is_who_may_send_to_it() -> None:
    somewhere = queue_arn(unknown("parameter 'Queue'"), account=ORDERS)

    found = placed(of(DELIVERY, rule=a_rule(a_target(somewhere))))

    assert isinstance(step(found, f"{somewhere} is there").answer, Undecided)
    assert isinstance(step(found, "lets rule").answer, Undecided)


def test_a_queue_that_may_not_be_made_is_undecided() -> None:
    maybe = a_queue("shipping", account=ORDERS, conditional=Undecided("parameter 'Stage' decides"))

    assert reaches(of(DELIVERY, queue=maybe), OWN_QUEUE) == Undecided("parameter 'Stage' decides")
