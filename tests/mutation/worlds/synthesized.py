"""The worlds that the CDK synthesizes: the examples, and one with what they leave out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from aws_cdk import App, Environment, Stack
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn

from cdk_eventbridge_patterns import (
    Consumer,
    ConsumerBus,
    Encryption,
    EventContract,
    FieldEncryptionKey,
    GlobalEndpoint,
    MultiBusTopology,
    ProducerBus,
    Service,
    TargetInput,
    use_convention,
)
from cdk_eventbridge_patterns.assembly import Template, read_assembly
from examples.aws_events import app as aws_events
from examples.blue_purple_orange import services as blue_purple_orange
from examples.cross_region import app as cross_region
from examples.shop.app import ShopStage
from examples.two_apps import billing_app, orders_app
from tests.mutation.world import World
from tests.world import ACME, BILLING, ON_ORDERS, ORDER_PLACED, ORDERS, REGION, a_stack

ROOT = Path(__file__).parents[3]
ORGANIZATION = "o-exampleorg1"
INVOICE_PAID = EventContract(
    service="billing",
    event="InvoicePaid",
    detail={"type": "object", "properties": {"total": {"type": "number"}}},
)
CARD_CHARGED = EventContract(
    service="orders",
    event="CardCharged",
    detail={"type": "object", "properties": {"number": {"type": "string", "x-sensitive": True}}},
)


def synthesized_worlds(folder: Path) -> list[World]:
    """Synthesize every example, and an organisation, below *folder*."""
    two_apps = [
        *templates_of(folder / "orders", orders_app.build),
        *templates_of(folder / "billing", billing_app.build),
    ]
    return [
        World("blue_purple_orange", tuple(templates_of(folder / "reference", _reference))),
        World("shop", tuple(templates_of(folder / "shop", lambda app: ShopStage(app, "prod")))),
        World("two_apps", tuple(two_apps)),
        World("cross_region", tuple(templates_of(folder / "cross_region", cross_region.build))),
        World("aws_events", tuple(templates_of(folder / "aws_events", aws_events.build))),
        World("encrypted", tuple(templates_of(folder / "encrypted", _encrypted))),
        World("standby", tuple(templates_of(folder / "standby", _standby))),
        World("organisation", tuple(templates_of(folder / "organisation", _organisation)), ORGANIZATION),
    ]


def templates_of(folder: Path, build: Callable[[App], object]) -> list[Template]:
    """Synthesize an app with the project's feature flags, and read it back."""
    app = App(outdir=str(folder), context=json.loads((ROOT / "cdk.json").read_text())["context"])
    build(app)
    app.synth()
    return read_assembly(folder)


def _reference(app: App) -> None:
    MultiBusTopology(
        app,
        "BluePurpleOrange",
        services=blue_purple_orange.SERVICES,
        region=blue_purple_orange.REGION,
        convention=blue_purple_orange.CONVENTION,
    )


def _encrypted(app: App) -> None:
    """Have orders and billing, who consume from each other, encrypt everything by keys of their own."""
    services = [
        Service("orders", ORDERS, publishes=[CARD_CHARGED], consumes=[INVOICE_PAID]),
        Service("billing", BILLING, publishes=[INVOICE_PAID], consumes=[CARD_CHARGED], separate_inbox=True),
    ]
    topology = MultiBusTopology(
        app, "Encrypted", services=services, region=REGION, encryption=Encryption(), convention=ACME
    )
    FieldEncryptionKey(
        topology.stacks["orders"],
        "FieldKey",
        service="orders",
        events=[CARD_CHARGED],
        decrypted_by=[Consumer("billing", BILLING, events=[CARD_CHARGED])],
    )


def _standby(app: App) -> None:
    """Have orders fail over to another Region, to which all is replicated."""
    use_convention(app, ACME)
    orders = a_stack(app, "Orders", ORDERS)
    far = Stack(app, "Standby", env=Environment(account=ORDERS, region="us-east-1"))
    bus, standby = (ProducerBus(each, "Bus", service="orders", publishes=[ORDER_PLACED]) for each in (orders, far))
    for each in (bus, standby):
        each.deliver_to_inbox(ORDER_PLACED)
    GlobalEndpoint(orders, "Endpoint", bus=bus, secondary=standby)


def _organisation(app: App) -> None:
    """Let a whole organisation subscribe; billing does, and delivers to every kind of target."""
    use_convention(app, ACME)
    orders, billing = a_stack(app, "Orders", ORDERS), a_stack(app, "Billing", BILLING)
    ProducerBus(orders, "Bus", service="orders", publishes=[ORDER_PLACED], organization_id=ORGANIZATION)
    bus = ConsumerBus(billing, "Bus", service="billing")
    bus.subscribe(ORDER_PLACED, on=ON_ORDERS)
    _deliver(billing, bus)


def _deliver(stack: Stack, bus: ConsumerBus) -> None:
    function = lambda_.Function(
        stack,
        "Function",
        runtime=lambda_.Runtime.PYTHON_3_13,
        handler="index.handler",
        code=lambda_.Code.from_inline("def handler(event, context): ..."),
    )
    machine = sfn.DefinitionBody.from_chainable(sfn.Pass(stack, "Pass"))
    bus.deliver(ORDER_PLACED, to=function, name="function", input=TargetInput.from_path("$.detail"))
    bus.deliver(ORDER_PLACED, to=sfn.StateMachine(stack, "Machine", definition_body=machine), name="machine")
    bus.deliver(ORDER_PLACED, to=logs.LogGroup(stack, "Log"), name="log")
    fifo = sqs.Queue(stack, "Fifo", fifo=True, content_based_deduplication=True)
    bus.deliver(ORDER_PLACED, to=fifo, name="fifo", message_group_id="orders")
    queue = sqs.Queue(stack, "Queue", encryption_master_key=kms.Key(stack, "QueueKey"))
    bus.deliver(ORDER_PLACED, to=queue, name="queue")
    topic = sns.Topic(stack, "Topic", master_key=kms.Key(stack, "TopicKey"))
    bus.deliver(ORDER_PLACED, to=topic, name="topic")
    stream = kinesis.Stream(stack, "Stream", encryption_key=kms.Key(stack, "StreamKey"))
    own = sqs.Queue(stack, "Own", encryption_master_key=kms.Key(stack, "OwnKey"))
    own.metric_approximate_number_of_messages_visible().create_alarm(
        stack, "OwnAlarm", threshold=1, evaluation_periods=1
    )
    bus.deliver(ORDER_PLACED, to=stream, name="stream", dead_letter_queue=own)
