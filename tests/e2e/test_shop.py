"""Refunds in the shop: paid once, put back once the cause of a failure is mended, readable to whoever pays alone.

Lambda is played (`functions.py`), for the emulator has no functions without Docker; queues, table, keys and the state
machine that redrives are the emulator's. Its KMS asks no key policies, so who may decrypt is decided here, by the one
that was deployed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.access.evaluation import decide
from cdk_eventbridge_patterns.access.request import Principal, Request
from cdk_eventbridge_patterns.local import Deployment
from cdk_eventbridge_patterns.runtime import EventPublisher, EventReader, FieldEncrypter
from cdk_eventbridge_patterns.testing import topology_in
from examples.shop.app import ACCOUNTS, REGION
from examples.shop.contracts import CONVENTIONS, REFUND_REQUESTED, RefundRequested
from tests.consumer_function import Context, loaded
from tests.e2e.functions import EventSourceMapping, functions_in, without_functions

ORDERS, PAYMENTS, ANALYTICS = (ACCOUNTS["test"][each] for each in ("orders", "payments", "analytics"))
KEY = f"arn:aws:kms:{REGION}:{ORDERS}:alias/teashop-test-orders--fields"
LOST = "teashop-test-payments--refunds-dead-letters"
REDRIVE = f"arn:aws:states:{REGION}:{PAYMENTS}:stateMachine:teashop-test-payments--redrive-refunds-dead-letters"
IBAN = "DE02120300000000202051"
RECEIVES = 5
HANDLER = Path(__file__).parents[2] / "examples" / "shop" / "refunds.py"


@pytest.fixture
def assembly(assemblies: Path) -> Path:
    """The shop in its first stage."""
    return assemblies / "shop" / "assembly-Test"


@pytest.fixture
def shop(eventbridge_local: Deployment, assembly: Path, tmp_path: Path) -> Deployment:
    """The shop, deployed without its function."""
    eventbridge_local.deploy(without_functions(assembly, tmp_path / "shop"))
    return eventbridge_local


@contextmanager
def payments(shop: Deployment, assembly: Path, **changed: str) -> Iterator[EventSourceMapping]:
    """Return what hands the messages of payments to its function; *changed* are variables of it."""
    ((function, mapping),) = functions_in(assembly)
    environment = {"Environment": {"Variables": {**function["Environment"]["Variables"], **changed}}}
    with loaded(environment, shop.environment(PAYMENTS), HANDLER) as module:
        yield EventSourceMapping(shop.session(PAYMENTS), mapping, lambda event: module.handler(event, Context()))


def request_refund(shop: Deployment, order: str, iban: str = IBAN, *, times: int = 1) -> None:
    """Publish the event as orders does, as often as that."""
    session = shop.session(ORDERS)
    publisher = EventPublisher(
        "teashop-test-orders",
        contracts=[REFUND_REQUESTED],
        naming=CONVENTIONS["test"],
        encrypter=FieldEncrypter(KEY, session=session),
        events=session.client("events"),
    )
    refund = RefundRequested(order_id=order, amount=Decimal("31.50"), iban=iban)
    for _ in range(times):
        publisher.publish(REFUND_REQUESTED, refund, idempotency_key=f"{order}-refund")


def paid(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    """Return for which order money was paid, and to what."""
    written = map(json.loads, capsys.readouterr().out.splitlines())
    return sorted((each["for"], each["to"]) for each in written)


def waiting_in(shop: Deployment, queue: str) -> int:
    """Return how many messages are in a queue of payments."""
    sqs = shop.session(PAYMENTS).client("sqs")
    url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
    return int(found["ApproximateNumberOfMessages"])


def redriven(shop: Deployment) -> Any:
    """Start the redrive of payments, as its runbook says, and return its report."""
    states = shop.session(PAYMENTS).client("stepfunctions")
    execution = states.start_execution(stateMachineArn=REDRIVE)["executionArn"]
    for _ in range(300):
        found = states.describe_execution(executionArn=execution)
        if found["status"] != "RUNNING":
            break
        time.sleep(0.1)
    assert found["status"] == "SUCCEEDED"
    return json.loads(found["output"])


def test_a_refund_that_is_requested_twice_is_paid_once(
    shop: Deployment, assembly: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request_refund(shop, "o-1", times=2)
    request_refund(shop, "o-2")

    with payments(shop, assembly) as function:
        failed = function.run(messages=3)

    assert failed == []
    assert paid(capsys) == [("o-1", "…2051"), ("o-2", "…2051")]


def test_a_refund_that_cannot_be_paid_is_put_back_and_paid_once_it_can(
    shop: Deployment, assembly: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request_refund(shop, "o-1", "NL02ABNA0123456789")

    with payments(shop, assembly) as function:
        failed = function.run(messages=RECEIVES)
        # The one that is too many takes it to the dead-letter queue, and hands on nothing.
        too_many = function.run(messages=1, seconds=1)
    dead = waiting_in(shop, LOST)
    report = redriven(shop)
    with payments(shop, assembly, PAYABLE_COUNTRIES="DE,FR,NL") as function:
        failed_again = function.run(messages=1)

    assert (len(failed), len(set(failed)), too_many, dead) == (RECEIVES, 1, [], 1)
    assert (report["redriven"], report["left"], report["waiting"]) == (1, [], 0)
    assert failed_again == []
    assert paid(capsys) == [("o-1", "…6789")]


def test_where_to_pay_is_readable_to_whoever_pays_and_to_nobody_else(shop: Deployment, assembly: Path) -> None:
    request_refund(shop, "o-3")

    record = fact(shop, "o-3")
    read = EventReader([REFUND_REQUESTED], naming=CONVENTIONS["test"]).read(record)
    assert IBAN not in record
    assert (read.data["order_id"], read.encrypted) == ("o-3", ("/data/iban",))

    policy = json.loads(shop.session(ORDERS).client("kms").get_key_policy(KeyId=KEY, PolicyName="default")["Policy"])
    assert policy == policy_in(assembly)
    assert {account: may_decrypt(assembly, account) for account in (PAYMENTS, ANALYTICS, ORDERS)} == {
        PAYMENTS: True,
        ANALYTICS: False,
        ORDERS: False,
    }


def fact(shop: Deployment, order: str) -> str:
    """Return what analytics gets to know of an order, once it does: its stream outlives its stack."""
    for _ in range(100):
        found = [record for record in records(shop) if f'"{order}"' in record]
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"nothing of {order} arrived")


def records(shop: Deployment) -> Iterator[str]:
    """Return what is on the streams of analytics."""
    kinesis = shop.session(ANALYTICS).client("kinesis")
    for stream in kinesis.list_streams()["StreamNames"]:
        for shard in kinesis.list_shards(StreamName=stream)["Shards"]:
            place = {"StreamName": stream, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
            start = kinesis.get_shard_iterator(**place)["ShardIterator"]
            yield from (record["Data"].decode() for record in kinesis.get_records(ShardIterator=start)["Records"])


def may_decrypt(assembly: Path, account: str) -> bool:
    """Return whether the policy of the key lets the roles of an account decrypt the fields of a refund."""
    key = topology_in(assembly).key(KEY, account=ORDERS, region=REGION)
    assert key is not None
    request = Request(
        principal=Principal.of_role(f"arn:aws:iam::{account}:role/some-role"),
        action="kms:Decrypt",
        resource=key.arn,
        given={"kms:EncryptionContext:event": str(REFUND_REQUESTED.name)},
    )
    return decide(request, key.statements).answer is True


def policy_in(assembly: Path) -> Any:
    """Return the policy of the key as its template has it."""
    templates = (json.loads(file.read_text(encoding="utf-8")) for file in assembly.glob("*.template.json"))
    (key,) = (each["Resources"]["OrdersFieldsKey"] for each in templates if "OrdersFieldsKey" in each["Resources"])
    return key["Properties"]["KeyPolicy"]
