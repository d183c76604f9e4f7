"""Keys of one's own: of buses, of targets, of dead-letter queues."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.simulation import Outcome
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_key,
    a_queue,
    a_receiver,
    a_role,
    a_rule,
    a_target,
    key_arn,
    role_arn,
)
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.simulation.world import (
    DELIVERY,
    ORDERS_BUS,
    OWN_QUEUE,
    SERVICE,
    account,
    allow,
    at,
    of,
    placed,
    reaches,
    step,
)

KEY = key_arn(account=ORDERS)
USE = ["kms:GenerateDataKey", "kms:Decrypt"]


def a_key_of(*statements: Any) -> Any:
    return a_key("1234", *statements, account=ORDERS)


def test_a_bus_with_a_key_that_lets_eventbridge_in_hands_events_to_its_rules() -> None:
    key = a_key_of(allow(["kms:DescribeKey", *USE], who=SERVICE))

    assert reaches(of(DELIVERY, orders_bus=a_bus(key_arn=KEY), key=key), OWN_QUEUE) is True


def test_a_bus_whose_key_keeps_eventbridge_out_hands_on_nothing() -> None:
    found = placed(of(DELIVERY, orders_bus=a_bus(key_arn=KEY), key=a_key_of(allow("kms:DescribeKey", who=SERVICE))))

    assert step(found, "may use its key").refuses
    assert found.reaches(OWN_QUEUE) is False


def test_the_key_of_a_bus_may_be_held_to_that_bus() -> None:
    def held_to(bus: str) -> Any:
        condition = {"StringEquals": {"kms:EncryptionContext:aws:events:event-bus:arn": bus}}
        key = a_key_of(allow("kms:DescribeKey", who=SERVICE), allow(USE, who=SERVICE, **condition))
        return reaches(of(DELIVERY, orders_bus=a_bus(key_arn=KEY), key=key), OWN_QUEUE)

    assert held_to(ORDERS_BUS) is True
    assert held_to(ORDERS_BUS + "-archive") is False


def test_whether_the_description_of_a_key_is_held_to_the_bus_is_not_documented() -> None:
    condition = {"StringEquals": {"kms:EncryptionContext:aws:events:event-bus:arn": ORDERS_BUS}}
    key = a_key_of(allow(["kms:DescribeKey", *USE], who=SERVICE, **condition))

    assert isinstance(reaches(of(DELIVERY, orders_bus=a_bus(key_arn=KEY), key=key), OWN_QUEUE), Undecided)


def test_a_key_that_no_template_holds_is_undecided() -> None:
    assert isinstance(reaches(of(DELIVERY, orders_bus=a_bus(key_arn=KEY)), OWN_QUEUE), Undecided)


@pytest.mark.parametrize("part", ["queue", "lost"])
def test_an_encrypted_queue_takes_what_its_key_lets_eventbridge_encrypt(part: str) -> None:
    name = "shipping" if part == "queue" else "lost"
    encrypted = a_queue(name, account=ORDERS, key=KEY)
    shut = {"queue_policy": None} if part == "lost" else {}

    def outcome(key: Any) -> Outcome:
        return at(placed(of(DELIVERY, **{part: encrypted}, **shut, key=key)), OWN_QUEUE).outcome

    assert outcome(a_key_of(allow(USE, who=SERVICE))) is (Outcome.DEAD_LETTERED if shut else Outcome.DELIVERED)
    assert outcome(a_key_of()) is (Outcome.LOST if shut else Outcome.DEAD_LETTERED)
    assert outcome(None) is Outcome.UNDECIDED


def test_a_queue_with_a_key_of_awss_own_takes_nothing_from_eventbridge() -> None:
    queue = a_queue("shipping", account=ORDERS, key="alias/aws/sqs")

    assert reaches(of(DELIVERY, queue=queue), OWN_QUEUE) is False


def test_the_key_of_a_queue_may_be_held_to_the_accounts_of_the_rule_and_of_the_queue() -> None:
    def held_to(*accounts: str) -> Any:
        key = a_key_of(allow(USE, who=SERVICE, StringEquals={"aws:SourceAccount": list(accounts)}))
        return reaches(of(DELIVERY, queue=a_queue("shipping", account=ORDERS, key=KEY), key=key), OWN_QUEUE)

    assert held_to(ORDERS) is True
    assert held_to(BILLING) is False


def test_whether_the_key_of_a_queue_is_asked_in_the_name_of_a_rule_is_not_clear() -> None:
    condition = {"ArnLike": {"aws:SourceArn": "arn:aws:events:*:*:rule/*"}}
    key = a_key_of(allow(USE, who=SERVICE, **condition))

    answer = reaches(of(DELIVERY, queue=a_queue("shipping", account=ORDERS, key=KEY), key=key), OWN_QUEUE)

    assert isinstance(answer, Undecided)


def test_a_role_uses_the_key_of_a_stream_where_the_key_and_its_own_policy_let_it() -> None:
    stream = f"arn:aws:kinesis:eu-west-1:{ORDERS}:stream/facts"
    rule = a_rule(a_target(stream, role_arn=role_arn("sender", account=ORDERS)))
    encrypted = a_receiver(stream, "AWS::Kinesis::Stream", key=KEY)
    key = a_key_of(allow("kms:*", who=account(ORDERS)))

    def arrives(*permissions: Any) -> Any:
        role = a_role("sender", *permissions, account=ORDERS)
        return reaches(of(DELIVERY, rule=rule, stream=encrypted, key=key, role=role), stream)

    assert arrives(allow("kinesis:PutRecord"), allow("kms:GenerateDataKey", KEY)) is True
    assert arrives(allow("kinesis:PutRecord")) is False
