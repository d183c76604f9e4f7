"""Letting others onto a bus that exists, which stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_iam as iam

from cdk_eventbridge_patterns import Consumer, EventContract, ServiceBus
from cdk_eventbridge_patterns.assembly.read_topology import read_topology
from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.checks.settings import Settings
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError
from tests.templates import SynthesizedStack, synthesize
from tests.world import ACME, BILLING, INVOICE_ISSUED, ORDER_PLACED, ORDERS, REGION

HUB = f"arn:aws:events:{REGION}:{ORDERS}:event-bus/orders-hub"
CONSUMER = Consumer("billing", BILLING, events=[ORDER_PLACED])


def attached(app: App, stack: Stack) -> SynthesizedStack:
    ServiceBus.from_event_bus_arn(
        stack, "Hub", HUB, service="orders", publishes=[ORDER_PLACED], publishers=[BILLING], consumers=[CONSUMER]
    )
    return synthesize(app)["Orders"]


def test_statements_are_attached_under_ids_of_the_bus_and_nothing_else_is_made(app: App, orders_stack: Stack) -> None:
    stack = attached(app, orders_stack)

    assert {each["Type"] for each in stack.resources.values()} == {"AWS::Events::EventBusPolicy"}
    assert stack.statements().keys() == {
        "orders-hub--publish",
        "orders-hub--billing--rules",
        "orders-hub--billing--targets",
        "orders-hub--billing--manage",
    }
    assert stack.properties("OrdersHubAllowsBillingRules")["EventBusName"] == "orders-hub"


def test_only_the_other_account_is_let_publish_and_only_what_is_published(app: App, orders_stack: Stack) -> None:
    statement = attached(app, orders_stack).statements()["orders-hub--publish"]

    assert statement["Principal"] == {"AWS": f"arn:aws:iam::{BILLING}:root"}
    assert statement["Condition"] == {
        "StringEquals": {"events:source": "com.acme.orders", "events:detail-type": "OrderPlaced.v1"}
    }


def test_ids_that_carry_the_name_of_an_older_bus_are_exempted(app: App, orders_stack: Stack) -> None:
    attached(app, orders_stack)

    findings = judge(read_topology([Path(app.outdir)]), Settings(convention=ACME))

    assert [each.message for each in findings if each.check_id == "NAM001" and each.acknowledged is None] == []


def test_a_publisher_of_its_own_account_is_held_to_what_is_published(app: App, orders_stack: Stack) -> None:
    older = EventContract(
        service="orders",
        event="OrderPlaced",
        detail={"type": "object"},
        source="orders.web",
        detail_type="Order Placed",
    )
    bus = ServiceBus.from_event_bus_arn(orders_stack, "Hub", HUB, service="orders", publishes=[older])
    bus.grant_publish(iam.Role(orders_stack, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com")))

    statement = synthesize(app)["Orders"].one("AWS::IAM::Policy")["PolicyDocument"]["Statement"][0]

    assert statement["Condition"]["StringEquals"]["events:source"] == "orders.web"


def test_the_attached_statements_are_handed_out_as_l1s(orders_stack: Stack) -> None:
    bus = ServiceBus.from_event_bus_arn(
        orders_stack, "Hub", HUB, service="orders", publishes=[ORDER_PLACED], consumers=[CONSUMER]
    )
    alone = ServiceBus.from_event_bus_arn(orders_stack, "Alone", HUB, service="orders")

    assert "orders-hub--billing--rules" in [each.statement_id for each in bus.cfn_event_bus_policies]
    assert alone.cfn_event_bus_policies == ()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"consumers": [CONSUMER]}, DeclarationError, "publishes"),
        ({"publishers": [BILLING]}, DeclarationError, "publishes must name the events"),
        ({"publishes": [INVOICE_ISSUED]}, DeclarationError, "'orders' can't publish InvoiceIssued"),
        (
            {"publishes": [ORDER_PLACED], "consumers": [CONSUMER], "policy_quota": 500},
            AccessError,
            "over the quota of 500",
        ),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_the_stack_empty(
    arguments: dict[str, object], error: type[Exception], message: str, orders_stack: Stack
) -> None:
    with pytest.raises(error, match=message):
        ServiceBus.from_event_bus_arn(orders_stack, "Hub", HUB, service="orders", **arguments)  # type: ignore[arg-type]

    assert orders_stack.node.children == []
