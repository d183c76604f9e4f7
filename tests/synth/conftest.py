"""The worlds that are synthesized once and asked by many tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from aws_cdk import App, SecretValue, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn

from cdk_eventbridge_patterns import (
    ConsumerBus,
    DeadLetterQueue,
    Disabled,
    MultiBusTopology,
    RetryPolicy,
    Service,
    TargetInput,
)
from tests.templates import SynthesizedStack, synthesize
from tests.world import (
    BILLING,
    INVOICE_ISSUED,
    ORDER_PLACED,
    ORDERS,
    REGION,
    a_stack,
    an_app,
)


@pytest.fixture
def app(tmp_path: Path) -> App:
    """An app of acme's with nothing in it."""
    return an_app(tmp_path)


@pytest.fixture
def orders_stack(app: App) -> Stack:
    """A stack in the account of orders."""
    return a_stack(app, "Orders", ORDERS)


@pytest.fixture
def billing_stack(app: App) -> Stack:
    """A stack in the account of billing."""
    return a_stack(app, "Billing", BILLING)


@pytest.fixture(scope="session")
def estate(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SynthesizedStack]:
    """Orders and billing, each in its account, consuming from each other."""
    app = an_app(tmp_path_factory.mktemp("estate"))
    MultiBusTopology(
        app,
        "Estate",
        region=REGION,
        services=[
            Service("orders", ORDERS, publishes=[ORDER_PLACED], consumes=[INVOICE_ISSUED]),
            Service("billing", BILLING, publishes=[INVOICE_ISSUED], consumes=[ORDER_PLACED]),
        ],
    )
    return synthesize(app)


@pytest.fixture(scope="session")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> SynthesizedStack:
    """Billing's bus with a delivery to a target of every kind, each named for its target."""
    app = an_app(tmp_path_factory.mktemp("deliveries"))
    stack = a_stack(app, "Billing", BILLING)
    bus = ConsumerBus(stack, "Bus", service="billing", owner="team-billing")
    _deliver_to_every_kind(stack, bus)
    _deliver_to_what_is_encrypted(stack, bus)
    _deliver_to_what_is_imported(stack, bus)
    _deliver_with_every_kind_of_dead_letter_queue(stack, bus)
    return synthesize(app)["Billing"]


def _deliver_to_every_kind(stack: Stack, bus: ConsumerBus) -> None:
    bus.deliver(ORDER_PLACED, to=sqs.Queue(stack, "Queue"), name="queue")
    fifo = sqs.Queue(stack, "Fifo", fifo=True)
    bus.deliver(ORDER_PLACED, to=fifo, name="fifo", message_group_id="orders", input=TargetInput.from_path("$.detail"))
    retry = RetryPolicy(maximum_attempts=3, maximum_age_seconds=600)
    bus.deliver(ORDER_PLACED, to=sns.Topic(stack, "Topic"), name="topic", retry=retry)
    function = lambda_.Function(
        stack,
        "Function",
        runtime=lambda_.Runtime.PYTHON_3_13,
        handler="index.handler",
        code=lambda_.Code.from_inline("def handler(event, context): ..."),
    )
    template = TargetInput.from_template('{"id": <id>}', paths={"id": "$.detail.order_id"})
    bus.deliver(ORDER_PLACED, to=function, name="function", input=template)
    bus.deliver(ORDER_PLACED, to=logs.LogGroup(stack, "Log"), name="log")
    machine = sfn.StateMachine(
        stack, "Machine", definition_body=sfn.DefinitionBody.from_chainable(sfn.Pass(stack, "P"))
    )
    bus.deliver(ORDER_PLACED, to=machine, name="machine", input=TargetInput.from_value({"wake": "up"}))
    bus.deliver(
        ORDER_PLACED, to=kinesis.Stream(stack, "Stream"), name="stream", detail={"total": [{"numeric": [">", 9]}]}
    )
    key = events.Authorization.api_key("x-api-key", SecretValue.secrets_manager("api-key"))
    connection = events.Connection(stack, "Connection", authorization=key)
    api = events.ApiDestination(stack, "Api", connection=connection, endpoint="https://api.example.com/orders")
    bus.deliver(ORDER_PLACED, to=api, name="api")


def _deliver_to_what_is_encrypted(stack: Stack, bus: ConsumerBus) -> None:
    queue = sqs.Queue(stack, "EncryptedQueue", encryption_master_key=kms.Key(stack, "QueueKey"))
    bus.deliver(ORDER_PLACED, to=queue, name="encrypted-queue")
    topic = sns.Topic(stack, "EncryptedTopic", master_key=kms.Key(stack, "TopicKey"))
    bus.deliver(ORDER_PLACED, to=topic, name="encrypted-topic")
    stream = kinesis.Stream(stack, "EncryptedStream", encryption_key=kms.Key(stack, "StreamKey"))
    bus.deliver(ORDER_PLACED, to=stream, name="encrypted-stream")


def _deliver_to_what_is_imported(stack: Stack, bus: ConsumerBus) -> None:
    queue = sqs.Queue.from_queue_arn(stack, "ImportedQueue", f"arn:aws:sqs:{REGION}:{BILLING}:ledger")
    bus.deliver(ORDER_PLACED, to=queue, name="imported-queue")
    topic = sns.Topic.from_topic_arn(stack, "ImportedTopic", f"arn:aws:sns:{REGION}:{BILLING}:ledger")
    bus.deliver(ORDER_PLACED, to=topic, name="imported-topic")
    function = lambda_.Function.from_function_arn(
        stack, "ImportedFunction", f"arn:aws:lambda:{REGION}:{BILLING}:function:ledger"
    )
    bus.deliver(ORDER_PLACED, to=function, name="imported-function")


def _deliver_with_every_kind_of_dead_letter_queue(stack: Stack, bus: ConsumerBus) -> None:
    queue = sqs.Queue(stack, "Invoices")
    own = sqs.Queue(stack, "OwnDeadLetters", encryption_master_key=kms.Key(stack, "OwnKey"))
    bus.deliver(ORDER_PLACED, to=queue, name="own-dead-letters", dead_letter_queue=own)
    ours = DeadLetterQueue(stack, "InvoiceFailures", service="billing", name="invoice-failures")
    bus.deliver(ORDER_PLACED, to=queue, name="our-dead-letters", dead_letter_queue=ours)
    off = Disabled("the next heartbeat replaces this one")
    bus.deliver(ORDER_PLACED, to=queue, name="no-dead-letters", dead_letter_queue=off)
