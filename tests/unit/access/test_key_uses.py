"""What it takes of keys to send to what they encrypt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cdk_eventbridge_patterns.access.key_uses import encrypted_use, reader_key_decision, role_key_decision
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
    a_topology,
    key_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.text import generated
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

RULE = a_rule(a_target(queue_arn()))
STREAM = f"arn:aws:kinesis:eu-west-1:{BILLING}:stream/facts"
TO_STREAM = a_target(STREAM, role_arn=role_arn())
ALLOW = {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}
FOR_EVENTBRIDGE = {**ALLOW, "Principal": {"Service": "events.amazonaws.com"}}


def use(topology: Topology, arn: str | None = None) -> Any:
    return encrypted_use(topology, RULE, queue_arn() if arn is None else arn, RULE.location)


def test_what_is_not_encrypted_by_kms_uses_no_key() -> None:
    assert use(a_topology(RULE, a_queue())) is None
    assert use(a_topology(RULE)) is None


def test_a_stream_is_written_to_by_a_role_and_so_not_by_eventbridge_itself() -> None:
    assert use(a_topology(RULE, a_receiver(STREAM, "AWS::Kinesis::Stream", key=key_arn())), STREAM) is None


def test_a_queue_uses_its_key_by_arn_id_or_alias() -> None:
    key = a_key("1234", FOR_EVENTBRIDGE, aliases=("alias/lost",))

    for name in (key_arn(), "1234", "alias/lost"):
        found = use(a_topology(RULE, a_queue(key=name), key))
        assert found.key == key
        assert found.decision.answer is True


def test_the_key_of_a_queue_is_asked_for_its_own_account_or_for_that_of_the_rule() -> None:
    def answer(*accounts: str) -> object:
        held = {**FOR_EVENTBRIDGE, "Condition": {"StringEquals": {"aws:SourceAccount": list(accounts)}}}
        return use(a_topology(RULE, a_queue(key=key_arn()), a_key("1234", held))).decision.answer

    assert answer(ORDERS, BILLING) is True
    assert isinstance(answer(ORDERS), Undecided)
    assert isinstance(answer(BILLING), Undecided)
    assert answer("333333333333") is False


def test_a_consumer_reads_where_the_key_names_its_account_and_perhaps_where_it_names_a_role_there() -> None:
    bus, decrypt = a_bus(key_arn=key_arn(account=ORDERS)), {**ALLOW, "Action": "kms:Decrypt"}

    def answer(principal: str, condition: Any = None, organization: str | None = None) -> object:
        held = {} if condition is None else {"Condition": condition}
        key = a_key("1234", {**decrypt, "Principal": {"AWS": principal}, **held}, account=ORDERS)
        return reader_key_decision(a_topology(a_queue(), bus, organization=organization), bus, key, BILLING).answer

    assert answer(BILLING) is True
    assert answer(ORDERS) is False
    assert isinstance(answer(role_arn("deploy")), Undecided)
    of_organization = {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}
    assert isinstance(answer("*", of_organization), Undecided)
    assert answer("*", of_organization, "o-exampleorg1") is True


def test_a_key_that_no_template_holds_is_undecided() -> None:
    found = use(a_topology(RULE, a_queue(key=key_arn())))

    assert found.decision.answer == Undecided(f"key {key_arn()} is in no template that was read")


def test_awss_own_key_refuses() -> None:
    found = use(a_topology(RULE, a_queue(key="alias/aws/sqs")))

    assert found.is_managed_by_aws
    assert found.decision.refuses


def test_a_role_uses_the_key_of_what_it_writes_to() -> None:
    stream = a_receiver(STREAM, "AWS::Kinesis::Stream", key=key_arn())
    role = a_role("from-orders", {**ALLOW, "Resource": key_arn()})
    by_account = a_key("1234", {**ALLOW, "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"}})

    allowed = role_key_decision(a_topology(stream, by_account), role, TO_STREAM)
    refused = role_key_decision(a_topology(stream, by_account), a_role("from-orders"), TO_STREAM)
    unread = role_key_decision(a_topology(stream), role, TO_STREAM)

    assert allowed is not None
    assert allowed.answer is True
    assert refused is not None
    assert refused.answer is False
    assert unread is not None
    assert isinstance(unread.answer, Undecided)


def test_a_key_whose_id_is_made_up_may_be_the_one_that_a_role_elsewhere_names() -> None:
    made_up = f"arn:aws:kms:eu-west-1:{BILLING}:key/{generated('Billing/Key')}"
    root = {**ALLOW, "Principal": {"AWS": f"arn:aws:iam::{ORDERS}:root"}}
    topology = a_topology(
        a_receiver(STREAM, "AWS::Kinesis::Stream", key=made_up), replace(a_key("1234", root), arn=made_up)
    )

    def answer(resource: str) -> object:
        found = role_key_decision(
            topology, a_role("sender", {**ALLOW, "Resource": resource}, account=ORDERS), TO_STREAM
        )
        assert found is not None
        return found.answer

    assert isinstance(answer(key_arn("5678")), Undecided)
    assert answer(f"arn:aws:kms:eu-west-1:{BILLING}:key/*") is True
    assert answer(key_arn("5678", account=ORDERS)) is False


def test_awss_own_key_refuses_the_role_of_another_account() -> None:
    stream = a_receiver(STREAM, "AWS::Kinesis::Stream", key="alias/aws/kinesis")

    refused = role_key_decision(a_topology(stream), a_role("sender", account=ORDERS), TO_STREAM)

    assert refused is not None
    assert refused.refuses
    assert refused.reason == "it is AWS's own key, which no other account may use"


def test_a_role_uses_no_key_of_what_has_none_or_one_of_awss_own() -> None:
    for key in (None, "alias/aws/kinesis"):
        stream = a_receiver(STREAM, "AWS::Kinesis::Stream", key=key)
        assert role_key_decision(a_topology(stream), a_role(), TO_STREAM) is None
