"""The raw forms of the traps in plain CDK, in one app: each in stacks whose names begin with its number."""

from __future__ import annotations

from collections.abc import Callable

from aws_cdk import App, Duration, Environment, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

REGION = "eu-west-1"
ORDERS, BILLING = "111111111111", "222222222222"
PATTERN = events.EventPattern(source=["com.acme.orders"], detail_type=["OrderPlaced.v1"])

Trap = Callable[[App], None]


def build(app: App) -> None:
    """Put all traps into *app*; T5 is one that the CDK refuses by itself."""
    for trap in (t1, t2, t3, t4, t6, t7, t8, t9, t10, t11, t12):
        trap(app)


def a_stack(app: App, id: str, account: str = BILLING) -> Stack:
    """A stack in *account*."""
    return Stack(app, id, env=Environment(account=account, region=REGION))


def a_bus(stack: Stack, name: str) -> events.EventBus:
    """A bus."""
    return events.EventBus(stack, "Bus", event_bus_name=name)


def a_rule(stack: Stack, bus: events.IEventBus, name: str, *to: events.IRuleTarget, id: str = "Rule") -> events.Rule:
    """A rule for an order that was placed."""
    return events.Rule(stack, id, rule_name=name, event_bus=bus, event_pattern=PATTERN, targets=list(to))


def t1(app: App) -> None:
    """A rule on one account's bus to another account's bus."""
    receiver = a_bus(a_stack(app, "T1Billing"), "t1-receiver")
    orders = a_stack(app, "T1Orders", ORDERS)
    a_rule(orders, a_bus(orders, "t1-sender"), "t1", targets.EventBus(receiver))


def t2(app: App) -> None:
    """Another account's role that is to publish."""
    orders = a_stack(app, "T2Orders", ORDERS)
    role = iam.Role(orders, "Role", role_name="t2-checkout", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    a_bus(a_stack(app, "T2Billing"), "t2-receiver").grant_put_events_to(role)


def t3(app: App) -> None:
    """A queue of another account as target."""
    queue = sqs.Queue(a_stack(app, "T3Billing"), "Queue", queue_name="t3-invoices")
    orders = a_stack(app, "T3Orders", ORDERS)
    a_rule(orders, a_bus(orders, "t3-sender"), "t3", targets.SqsQueue(queue))


def t4(app: App) -> None:
    """A rule on another account's bus, known by its ARN."""
    a_bus(a_stack(app, "T4Orders", ORDERS), "t4-orders")
    billing = a_stack(app, "T4Billing")
    arn = f"arn:aws:events:{REGION}:{ORDERS}:event-bus/t4-orders"
    orders = events.EventBus.from_event_bus_arn(billing, "Orders", arn)
    a_rule(billing, orders, "t4", targets.EventBus(a_bus(billing, "t4-billing")))


def t5(app: App) -> None:
    """A queue in one stack, bus and rule in another."""
    queue = sqs.Queue(a_stack(app, "T5Queues"), "Queue")
    billing = a_stack(app, "T5Billing")
    a_rule(billing, a_bus(billing, "t5-receiver"), "t5", targets.SqsQueue(queue))


def t6(app: App) -> None:
    """An archive with a key."""
    stack = a_stack(app, "T6")
    key = kms.Key(stack, "Key")
    bus = events.EventBus(stack, "Bus", event_bus_name="t6-orders", kms_key=key)
    bus.archive("Archive", archive_name="t6", event_pattern=PATTERN, kms_key=key, retention=Duration.days(30))


def t7(app: App) -> None:
    """A dead-letter queue with a key of one's own."""
    stack = a_stack(app, "T7")
    failures = sqs.Queue(stack, "Failures", encryption_master_key=kms.Key(stack, "Key"))
    topic = targets.SnsTopic(sns.Topic(stack, "Topic"), dead_letter_queue=failures)
    a_rule(stack, a_bus(stack, "t7-receiver"), "t7", topic)


def t8(app: App) -> None:
    """A queue that is encrypted by the AWS managed key."""
    stack = a_stack(app, "T8")
    queue = sqs.Queue(stack, "Queue", encryption=sqs.QueueEncryption.KMS_MANAGED)
    a_rule(stack, a_bus(stack, "t8-receiver"), "t8", targets.SqsQueue(queue))


def t9(app: App) -> None:
    """An AWS service that is to publish."""
    a_bus(a_stack(app, "T9"), "t9-orders").grant_put_events_to(iam.ServicePrincipal("s3.amazonaws.com"))


def t10(app: App) -> None:
    """An event that is forwarded twice, and one that comes back."""
    stack = a_stack(app, "T10")
    first, second, third = (
        events.EventBus(stack, name.title(), event_bus_name=f"t10-{name}") for name in ("first", "second", "third")
    )
    a_rule(stack, first, "t10-on", targets.EventBus(second), id="On")
    a_rule(stack, second, "t10-further", targets.EventBus(third), id="Further")
    a_rule(stack, second, "t10-back", targets.EventBus(first), id="Back")


def t11(app: App) -> None:
    """A filter that lets nothing through."""
    stack = a_stack(app, "T11")
    rule = events.Rule(
        stack, "Rule", event_bus=a_bus(stack, "t11-receiver"), targets=[targets.SqsQueue(sqs.Queue(stack, "Queue"))]
    )
    rule.add_event_pattern(source=["com.acme.orders"], detail_type=[])


def t12(app: App) -> None:
    """An archive of zero days."""
    bus = a_bus(a_stack(app, "T12"), "t12-orders")
    bus.archive("Archive", archive_name="t12", event_pattern=PATTERN, retention=Duration.days(0))
