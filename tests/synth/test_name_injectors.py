"""Names for plain L2s that nobody named, and what is derived from them in other stacks and accounts."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Aspects, IAspect, PropertyInjectors, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct, IConstruct
from jsii import implements

from cdk_eventbridge_patterns import NamingConvention, name_injectors
from cdk_eventbridge_patterns.enforcement.given_name import given_name
from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming import ResourceKind
from tests.templates import synthesize
from tests.world import ACME, ORDERS, ORDERS_BUS, a_stack

EVERYTHING = events.EventPattern(source=["com.acme.orders"])


@pytest.fixture
def orders_stack(orders_stack: Stack) -> Stack:
    """A stack in the account of orders whose L2s are named."""
    PropertyInjectors.of(orders_stack).add(*name_injectors(service="orders"))
    return orders_stack


# -- what is named


def test_a_bus_and_its_archive_get_the_names_of_the_service(app: App, orders_stack: Stack) -> None:
    bus = events.EventBus(orders_stack, "Bus")
    bus.archive("Archive", event_pattern=EVERYTHING)

    orders = synthesize(app)["Orders"]

    assert orders.one("AWS::Events::EventBus")["Name"] == ACME.bus_name("orders")
    assert orders.one("AWS::Events::Archive")["ArchiveName"] == ACME.archive_name("orders")


def test_a_name_that_is_given_stays(app: App, orders_stack: Stack) -> None:
    events.EventBus(orders_stack, "Bus", event_bus_name="legacy")

    assert synthesize(app)["Orders"].one("AWS::Events::EventBus")["Name"] == "legacy"


def test_a_partner_bus_keeps_the_name_of_its_source(app: App, orders_stack: Stack) -> None:
    events.EventBus(orders_stack, "Bus", event_source_name="aws.partner/shop.example/orders")

    bus = synthesize(app)["Orders"].one("AWS::Events::EventBus")

    assert bus["Name"] == "aws.partner/shop.example/orders"


def test_neither_a_rule_nor_a_queue_is_named(app: App, orders_stack: Stack) -> None:
    events.Rule(orders_stack, "Rule", event_bus=events.EventBus(orders_stack, "Bus"), event_pattern=EVERYTHING)
    sqs.Queue(orders_stack, "Queue")

    orders = synthesize(app)["Orders"]

    assert "Name" not in orders.one("AWS::Events::Rule")
    assert "QueueName" not in orders.one("AWS::SQS::Queue")


def test_a_convention_that_is_passed_comes_first(app: App, billing_stack: Stack) -> None:
    test = NamingConvention(organization="acme", stage="test")
    PropertyInjectors.of(billing_stack).add(*name_injectors(service="billing", convention=test))
    events.EventBus(billing_stack, "Bus")

    assert synthesize(app)["Billing"].one("AWS::Events::EventBus")["Name"] == "acme-test-billing"


def test_fails_on_a_service_that_is_none() -> None:
    with pytest.raises(NamingError, match="got 'Orders'"):
        name_injectors(service="Orders")


def test_fails_where_the_bus_is_made_if_the_convention_refuses_its_name(orders_stack: Stack) -> None:
    with pytest.raises(RuntimeError, match="event bus name must be at most 256 characters"):
        events.EventBus(orders_stack, "Long" * 60)


# -- what is derived


def test_a_policy_in_another_account_follows_the_name(app: App, orders_stack: Stack, billing_stack: Stack) -> None:
    bus = events.EventBus(orders_stack, "Bus")
    role = iam.Role(billing_stack, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    bus.grant_put_events_to(role)

    policy = synthesize(app)["Billing"].one("AWS::IAM::Policy")["PolicyDocument"]

    assert _literal(policy["Statement"][0]["Resource"]) == ORDERS_BUS


def test_a_rule_in_another_account_targets_the_bus_by_its_name(
    app: App, orders_stack: Stack, billing_stack: Stack
) -> None:
    bus = events.EventBus(orders_stack, "Bus")
    events.Rule(billing_stack, "Rule", event_pattern=EVERYTHING, targets=[targets.EventBus(bus)])

    (target,) = synthesize(app)["Billing"].one("AWS::Events::Rule")["Targets"]

    assert _literal(target["Arn"]) == ORDERS_BUS


def test_without_a_name_the_cdk_refuses_that_rule(app: App, billing_stack: Stack) -> None:
    stack = a_stack(app, "Plain", ORDERS)
    bus = events.EventBus(stack, "Bus")
    events.Rule(billing_stack, "Rule", event_pattern=EVERYTHING, targets=[targets.EventBus(bus)])

    with pytest.raises(RuntimeError, match="physical name must be explicit"):
        synthesize(app)


def test_a_renaming_aspect_leaves_that_rule_behind(app: App, billing_stack: Stack) -> None:
    @implements(IAspect)
    class Renaming:
        def visit(self, node: IConstruct) -> None:
            if isinstance(node, events.CfnEventBus):
                node.name = ACME.bus_name("orders")

    stack = a_stack(app, "Plain", ORDERS)
    bus = events.EventBus(stack, "Bus", event_bus_name="hub")
    events.Rule(billing_stack, "Rule", event_pattern=EVERYTHING, targets=[targets.EventBus(bus)])
    Aspects.of(app).add(Renaming())

    stacks = synthesize(app)

    (target,) = stacks["Billing"].one("AWS::Events::Rule")["Targets"]
    assert stacks["Plain"].one("AWS::Events::EventBus")["Name"] == "acme-prod-orders"
    assert _literal(target["Arn"]).endswith("event-bus/hub")


# -- why rules are left out


def a_rule_to_a_queue_elsewhere(stack: Stack, elsewhere: Stack, rule_name: str | None) -> None:
    queue = sqs.Queue(elsewhere, "Queue", queue_name="acme-prod-billing--orders")
    bus = events.EventBus(stack, "Bus")
    rule = events.Rule(stack, "Rule", rule_name=rule_name, event_bus=bus, event_pattern=EVERYTHING)
    rule.add_target(targets.SqsQueue(queue))


def test_an_unnamed_rule_to_a_queue_elsewhere_is_refused(app: App, orders_stack: Stack, billing_stack: Stack) -> None:
    a_rule_to_a_queue_elsewhere(orders_stack, billing_stack, None)

    with pytest.raises(RuntimeError, match="Cannot use resource 'Orders/Rule' in a cross-environment fashion"):
        synthesize(app)


@pytest.mark.filterwarnings("ignore")
def test_a_named_rule_to_a_queue_elsewhere_goes_by_the_default_bus_without_a_word(
    app: App, orders_stack: Stack, billing_stack: Stack
) -> None:
    a_rule_to_a_queue_elsewhere(orders_stack, billing_stack, ACME.rule_name("orders", "to-billing"))

    (target,) = synthesize(app)["Orders"].one("AWS::Events::Rule")["Targets"]

    assert _literal(target["Arn"]).endswith("event-bus/default")


# -- how the name is made


@pytest.mark.parametrize(
    ("kind", "ids", "name"),
    [
        (ResourceKind.BUS, ["Bus"], "acme-prod-orders"),
        (ResourceKind.BUS, ["OrdersEventBus"], "acme-prod-orders"),
        (ResourceKind.BUS, ["AuditBus"], "acme-prod-orders--audit-bus"),
        (ResourceKind.ARCHIVE, ["Bus", "Archive"], "acme-prod-orders"),
        (ResourceKind.ARCHIVE, ["Bus", "Long_Term"], "acme-prod-orders--long-term"),
        (ResourceKind.RULE, ["Checkout", "OrderPlaced"], "acme-prod-orders--checkout--order-placed"),
        (ResourceKind.RULE, ["Audit", "Rule"], "acme-prod-orders--audit"),
        (ResourceKind.RULE, ["Rule"], "acme-prod-orders--rule"),
    ],
)
def test_a_name_is_made_of_the_ids_that_say_more_than_kind_and_service(
    kind: ResourceKind, ids: list[str], name: str
) -> None:
    assert given_name(ACME, kind, "orders", ids) == name


def test_the_name_of_an_inner_bus_carries_the_ids_above_it(app: App, orders_stack: Stack) -> None:
    events.EventBus(Construct(orders_stack, "Audit"), "Bus")

    assert synthesize(app)["Orders"].one("AWS::Events::EventBus")["Name"] == "acme-prod-orders--audit"


def _literal(arn: dict[str, Any]) -> str:
    """Return an ARN of which just the partition is left to CloudFormation."""
    return "".join(part if isinstance(part, str) else "aws" for part in arn["Fn::Join"][1])
