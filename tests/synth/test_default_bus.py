"""The default bus, where AWS services publish: rules and statements are added, the bus is everybody's."""

from __future__ import annotations

from pathlib import Path

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs

from cdk_eventbridge_patterns import BusReference, Consumer, ConsumerBus, Consumes, DefaultBus, SubscriptionStack
from cdk_eventbridge_patterns.contracts import EC2_INSTANCE_STATE_CHANGE, S3_OBJECT_CREATED
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError, NamingError
from cdk_eventbridge_patterns.testing import assert_no_findings, topology_in
from tests.templates import synthesize
from tests.world import BILLING, ON_ORDERS, ORDER_PLACED, ORDERS, REGION, a_stack

BILLING_TAKES = [Consumer("billing", account=BILLING, events=[S3_OBJECT_CREATED])]
ON_DEFAULT = BusReference.default(account=ORDERS)


def test_events_of_aws_come_to_a_queue_of_the_account_and_to_a_consumer_in_another(
    app: App, orders_stack: Stack, tmp_path: Path
) -> None:
    queue = sqs.Queue(orders_stack, "Queue", enforce_ssl=True)
    default_bus = DefaultBus(orders_stack, "DefaultBus", service="orders", consumers=BILLING_TAKES)
    default_bus.deliver(S3_OBJECT_CREATED, to=queue)
    billing = ConsumerBus(a_stack(app, "Billing", BILLING), "Bus", service="billing")
    billing.subscribe(S3_OBJECT_CREATED, on=ON_DEFAULT)
    billing.deliver_to_inbox(S3_OBJECT_CREATED)
    app.synth()

    assert_no_findings(tmp_path)
    assert not topology_in(tmp_path).bus(f"arn:aws:events:{REGION}:{ORDERS}:event-bus/default")


def test_the_same_account_may_take_its_events_over_to_a_bus_of_its_own(
    app: App, orders_stack: Stack, tmp_path: Path
) -> None:
    bus = ConsumerBus(orders_stack, "Bus", service="orders")
    bus.subscribe(EC2_INSTANCE_STATE_CHANGE, on=ON_DEFAULT)
    bus.deliver_to_inbox(EC2_INSTANCE_STATE_CHANGE)
    app.synth()

    assert_no_findings(tmp_path)


def test_a_subscription_stack_takes_what_is_on_default_buses(app: App, orders_stack: Stack, tmp_path: Path) -> None:
    DefaultBus(orders_stack, "DefaultBus", service="orders", consumers=BILLING_TAKES)
    billing = a_stack(app, "Billing", BILLING)
    ConsumerBus(billing, "Bus", service="billing").deliver_to_inbox(S3_OBJECT_CREATED)
    subscriptions = SubscriptionStack(
        app,
        "Subscriptions",
        env=Environment(account=BILLING, region=REGION),
        service="billing",
        consumes=[Consumes(S3_OBJECT_CREATED, on=ON_DEFAULT)],
    )
    subscriptions.add_stack_dependency(billing)
    app.synth()

    assert_no_findings(tmp_path)


def test_logical_ids_follow_from_what_is_declared(app: App, orders_stack: Stack) -> None:
    default_bus = DefaultBus(orders_stack, "Anything", service="orders", consumers=BILLING_TAKES)
    default_bus.deliver_to_inbox(S3_OBJECT_CREATED)

    resources = synthesize(app)["Orders"].template["Resources"]

    assert sorted(resources) == [
        "OrdersAwsS3ObjectCreatedQueue",
        "OrdersAwsS3ObjectCreatedQueuePolicy",
        "OrdersDefaultBusAllowsBillingManage",
        "OrdersDefaultBusAllowsBillingRulesAwsS3",
        "OrdersDefaultBusAllowsBillingTargets",
        "OrdersDefaultDeadLettersQueue",
        "OrdersDefaultDeadLettersQueueAgeAlarm",
        "OrdersDefaultDeadLettersQueueAlarm",
        "OrdersDefaultDeadLettersQueuePolicy",
        "OrdersDeliversAwsS3ObjectCreated",
    ]


def test_a_default_bus_and_the_bus_of_the_service_have_dead_letter_queues_apart(orders_stack: Stack) -> None:
    default_bus = DefaultBus(orders_stack, "DefaultBus", service="orders")
    bus = ConsumerBus(orders_stack, "Bus", service="orders")

    assert default_bus.dead_letter_queue.queue_name != bus.dead_letter_queue.queue_name


def test_metrics_of_a_rule_on_a_default_bus_have_its_name_only(orders_stack: Stack) -> None:
    delivery = DefaultBus(orders_stack, "DefaultBus", service="orders").deliver(
        S3_OBJECT_CREATED, to=sqs.Queue(orders_stack, "Queue")
    )

    assert delivery.metric_invocations().dimensions == {"RuleName": "acme-prod-orders--aws-s3-object-created"}


def test_fails_to_take_events_of_others_over_to_a_default_bus(orders_stack: Stack) -> None:
    default_bus = DefaultBus(orders_stack, "DefaultBus", service="orders")

    with pytest.raises(DeclarationError, match="must take order-placed-v1 over to a bus of its own"):
        default_bus.subscribe(ORDER_PLACED, on=ON_ORDERS)


def test_no_route_leads_from_a_default_bus_or_to_it(orders_stack: Stack) -> None:
    default_bus = DefaultBus(orders_stack, "DefaultBus", service="orders")
    audit = BusReference.of("audit", account=BILLING)

    with pytest.raises(DeclarationError, match="a route must lead from a team's own bus to another"):
        default_bus.route(ORDER_PLACED, to=audit)
    with pytest.raises(DeclarationError, match="a route must lead from a team's own bus to another"):
        default_bus.accept_route(ORDER_PLACED, on=BusReference.of("orders", account=BILLING))


def test_fails_to_let_anybody_publish_on_a_default_bus(orders_stack: Stack) -> None:
    default_bus = DefaultBus(orders_stack, "DefaultBus", service="orders")
    role = iam.Role(orders_stack, "Role", assumed_by=iam.AccountRootPrincipal())

    with pytest.raises(AccessError, match="'orders' must publish on a bus of its own"):
        default_bus.grant_publish(role)


def test_fails_on_a_service_in_capitals_and_leaves_the_stack_empty(orders_stack: Stack) -> None:
    with pytest.raises(NamingError, match="service must be"):
        DefaultBus(orders_stack, "DefaultBus", service="Orders")

    assert orders_stack.node.children == []
