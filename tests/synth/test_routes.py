"""Routes and subscriptions between Regions, as they are deployed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Environment, Stack

from cdk_eventbridge_patterns import (
    BusReference,
    Consumer,
    ConsumerBus,
    Consumes,
    DeadLetterQueue,
    Disabled,
    EventContract,
    ProducerBus,
    ServiceBus,
    SubscriptionStack,
)
from cdk_eventbridge_patterns.checks.finding import Severity
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError, EventBridgePatternsError, PlacementError
from cdk_eventbridge_patterns.testing import assert_no_findings, findings_in
from tests.templates import synthesize
from tests.world import (
    BILLING,
    INVOICE_ISSUED,
    ON_ORDERS,
    ORDER_CANCELLED,
    ORDER_PLACED,
    ORDERS,
    REGION,
    a_stack,
    an_app,
)

AUDIT = "333333333333"
VIRGINIA = "us-east-1"
AUDIT_BUS = f"arn:aws:events:{VIRGINIA}:{AUDIT}:event-bus/acme-prod-audit"
TO_AUDIT = BusReference.of("audit", account=AUDIT, region=VIRGINIA)
FROM_ORDERS = BusReference.of("orders", account=ORDERS, region=REGION)


def an_audit_stack(app: App) -> Stack:
    """A stack in the account of audit, in another Region."""
    return Stack(app, "Audit", env=Environment(account=AUDIT, region=VIRGINIA))


@pytest.fixture
def orders_bus(orders_stack: Stack) -> ProducerBus:
    """The bus of orders."""
    return ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED])


@pytest.fixture
def audit_bus(app: App) -> ConsumerBus:
    """The bus of audit, in another account and Region."""
    return ConsumerBus(an_audit_stack(app), "Bus", service="audit")


def test_a_route_made_and_accepted_in_two_apps_arrives(tmp_path: Path) -> None:
    sending, receiving = an_app(tmp_path / "sending"), an_app(tmp_path / "receiving")
    orders = ProducerBus(a_stack(sending, "Orders", ORDERS), "Bus", service="orders", publishes=[ORDER_PLACED])
    orders.route(ORDER_PLACED, to=TO_AUDIT)
    audit = ConsumerBus(an_audit_stack(receiving), "Bus", service="audit")
    audit.accept_route(ORDER_PLACED, on=FROM_ORDERS)
    audit.deliver_to_inbox(ORDER_PLACED)

    assert_no_findings(sending, receiving, at_least=Severity.INFO)


def test_a_route_that_is_not_accepted_is_found_with_the_statement_that_is_missing(
    app: App, orders_bus: ProducerBus, audit_bus: ConsumerBus
) -> None:
    route = orders_bus.route(ORDER_PLACED, to=TO_AUDIT)
    audit_bus.deliver_to_inbox(ORDER_PLACED)

    found = {finding.check_id: finding for finding in findings_in(app)}
    assert set(found) == {"FLW001", "TOP008"}
    assert f"in the policy of {AUDIT_BUS}" in found["FLW001"].fix
    assert route.role_arn in found["FLW001"].fix


def test_a_route_uses_the_queue_of_its_bus_which_lets_it_in(app: App, orders_bus: ProducerBus) -> None:
    route = orders_bus.route(ORDER_PLACED, to=TO_AUDIT)

    orders = synthesize(app)["Orders"]
    (target,) = orders.properties(route.way.rule_id)["Targets"]
    assert target["DeadLetterConfig"] == {"Arn": orders_bus.dead_letter_queue.queue_arn}
    allow, _ = orders.properties("OrdersDeadLettersQueuePolicy")["PolicyDocument"]["Statement"]
    assert allow["Condition"] == {"ArnEquals": {"aws:SourceArn": route.rule_arn}}


def test_a_route_may_have_a_queue_of_its_own_or_none_for_a_reason(
    app: App, orders_stack: Stack, orders_bus: ProducerBus
) -> None:
    queue = DeadLetterQueue(orders_stack, "Lost", service="orders", name="lost")
    own = orders_bus.route(ORDER_PLACED, to=TO_AUDIT, dead_letter_queue=queue)
    none = orders_bus.route(ORDER_PLACED, to=TO_AUDIT, name="heartbeat", dead_letter_queue=Disabled("a heartbeat"))

    orders = synthesize(app)["Orders"]
    assert orders.properties(own.way.rule_id)["Targets"][0]["DeadLetterConfig"] == {"Arn": queue.queue_arn}
    assert "DeadLetterConfig" not in orders.properties(none.way.rule_id)["Targets"][0]


def test_rule_role_and_statement_can_be_had_as_typed_constructs(
    orders_bus: ProducerBus, audit_bus: ConsumerBus
) -> None:
    route = orders_bus.route(ORDER_PLACED, to=TO_AUDIT)
    accepted = audit_bus.accept_route(ORDER_PLACED, on=FROM_ORDERS)

    assert route.cfn_rule.name == route.rule_name
    assert route.cfn_role.role_name is not None
    assert route.receiving_bus_arn == AUDIT_BUS
    assert accepted.cfn_event_bus_policy.event_bus_name == "acme-prod-audit"
    assert (accepted.rule_arn, accepted.role_arn) == (route.rule_arn, route.role_arn)
    assert route.metric_failed_invocations().region == REGION


def test_an_imported_bus_routes_and_accepts_without_replacing_its_policy(app: App, orders_stack: Stack) -> None:
    orders = ServiceBus.from_event_bus_arn(
        orders_stack, "Bus", f"arn:aws:events:{REGION}:{ORDERS}:event-bus/acme-prod-orders", service="orders"
    )
    audit = ServiceBus.from_event_bus_arn(an_audit_stack(app), "Bus", AUDIT_BUS, service="audit")
    orders.route(ORDER_PLACED, to=TO_AUDIT)
    audit.accept_route(ORDER_PLACED, on=BusReference.from_arn(orders.event_bus_arn))

    stacks = synthesize(app)
    assert len(stacks["Orders"].of_type("AWS::Events::Rule")) == 1
    (statement_id,) = stacks["Audit"].statements()
    assert statement_id == "acme-prod-audit--orders-eu-west-1--route-order-placed-v1"
    assert not stacks["Audit"].of_type("AWS::Events::EventBus")


def test_an_accepted_route_counts_into_the_quota_of_the_policy(app: App) -> None:
    stack = an_audit_stack(app)
    audit = ProducerBus(
        stack,
        "Bus",
        service="audit",
        publishes=[EventContract(service="audit", event="AuditClosed", detail={"type": "object"})],
        policy_quota=600,
    )

    with pytest.raises(AccessError, match="over the quota of 600"):
        audit.accept_route(ORDER_PLACED, on=FROM_ORDERS)

    assert not [child for child in audit.node.find_all() if "Accepts" in child.node.id]


Refused = Callable[[ProducerBus, ConsumerBus], Any]


@pytest.mark.parametrize(
    ("refused", "error", "message"),
    [
        (lambda orders, _: orders.route(ORDER_PLACED, to=ON_ORDERS), DeclarationError, "must lead to another bus"),
        (lambda orders, _: orders.route(ORDER_PLACED, to=AUDIT_BUS), DeclarationError, "to must be a bus reference"),
        (lambda orders, _: orders.route(to=TO_AUDIT), DeclarationError, "at least one event contract is needed"),
        (
            lambda orders, _: orders.route(ORDER_CANCELLED, to=TO_AUDIT),
            DeclarationError,
            "events must be among those that the bus publishes, OrderPlaced.v1, got",
        ),
        (
            lambda orders, _: orders.route(INVOICE_ISSUED, to=TO_AUDIT),
            DeclarationError,
            "'orders' can't route InvoiceIssued.v1 of 'billing': it came by a move",
        ),
        (
            lambda orders, _: orders.route(ORDER_PLACED, to=TO_AUDIT, retry=3),
            DeclarationError,
            "retry must be a RetryPolicy",
        ),
        (
            lambda orders, audit: orders.route(ORDER_PLACED, to=TO_AUDIT, dead_letter_queue=audit.dead_letter_queue),
            DeclarationError,
            f"dead_letter_queue must be in the account of the stack, {ORDERS}, got {AUDIT}",
        ),
        (
            lambda orders, _: orders.route(ORDER_PLACED, to=BusReference.default(account=AUDIT)),
            DeclarationError,
            f"must lead from a team's own bus to another, got arn:aws:events:{REGION}:{AUDIT}:event-bus/default",
        ),
        (
            lambda _, audit: audit.accept_route(ORDER_PLACED, on=BusReference.default(account=ORDERS)),
            DeclarationError,
            "rules on a default bus are for events of the account's own AWS services",
        ),
        (
            lambda _, audit: audit.accept_route(ORDER_PLACED, on="orders"),
            DeclarationError,
            "on must be a bus reference",
        ),
        (
            lambda _, audit: audit.accept_route(ORDER_PLACED, on=BusReference.of("billing", account=BILLING)),
            DeclarationError,
            "'billing' can't route OrderPlaced.v1 of 'orders'",
        ),
    ],
)
def test_bad_input_is_refused_and_leaves_the_tree_as_it_was(
    orders_bus: ProducerBus,
    audit_bus: ConsumerBus,
    refused: Refused,
    error: type[EventBridgePatternsError],
    message: str,
) -> None:
    _ = audit_bus.dead_letter_queue
    before = [len(bus.node.find_all()) for bus in (orders_bus, audit_bus)]

    with pytest.raises(error, match=message):
        refused(orders_bus, audit_bus)

    assert [len(bus.node.find_all()) for bus in (orders_bus, audit_bus)] == before


def test_a_route_is_made_and_accepted_once(orders_bus: ProducerBus, audit_bus: ConsumerBus) -> None:
    orders_bus.route(ORDER_PLACED, to=TO_AUDIT)
    audit_bus.accept_route(ORDER_PLACED, on=FROM_ORDERS)

    with pytest.raises(PlacementError, match="'OrdersRoutesOrderPlacedV1ToAuditUsEast1' is in stack 'Orders' already"):
        orders_bus.route(ORDER_PLACED, to=TO_AUDIT)
    with pytest.raises(PlacementError, match="'AuditAcceptsOrdersEuWest1RouteOrderPlacedV1' is in stack 'Audit'"):
        audit_bus.accept_route(ORDER_PLACED, on=FROM_ORDERS)


# -- subscriptions between Regions -------------------------------------------------------------------------


def test_a_consumer_in_another_region_takes_events_over_by_a_stack_in_the_region_of_the_producer(app: App) -> None:
    consumer = Consumer("billing", BILLING, events=[ORDER_PLACED], region=VIRGINIA)
    ProducerBus(a_stack(app, "Orders", ORDERS), "Bus", service="orders", publishes=[ORDER_PLACED], consumers=[consumer])
    billing = Stack(app, "Billing", env=Environment(account=BILLING, region=VIRGINIA))
    ConsumerBus(billing, "Bus", service="billing").deliver_to_inbox(ORDER_PLACED)
    SubscriptionStack(
        app,
        "Subscriptions",
        env=Environment(account=BILLING, region=REGION),
        service="billing",
        consumes=[Consumes(ORDER_PLACED, on=ON_ORDERS)],
        bus_region=VIRGINIA,
    )

    assert_no_findings(app, at_least=Severity.INFO)


def test_an_organisations_consumer_may_be_in_another_region_too(app: App) -> None:
    orders = a_stack(app, "Orders", ORDERS)
    ProducerBus(orders, "Bus", service="orders", publishes=[ORDER_PLACED], organization_id="o-exampleorg1")
    billing = Stack(app, "Billing", env=Environment(account=BILLING, region=VIRGINIA))
    ConsumerBus(billing, "Bus", service="billing").deliver_to_inbox(ORDER_PLACED)
    SubscriptionStack(
        app,
        "Subscriptions",
        env=Environment(account=BILLING, region=REGION),
        service="billing",
        consumes=[Consumes(ORDER_PLACED, on=ON_ORDERS)],
        bus_region=VIRGINIA,
    )

    assert_no_findings(app)


def test_what_can_not_be_delivered_to_another_region_stays_in_the_region_of_the_rule(app: App) -> None:
    SubscriptionStack(
        app,
        "Subscriptions",
        env=Environment(account=BILLING, region=REGION),
        service="billing",
        consumes=[Consumes(ORDER_PLACED, on=ON_ORDERS)],
        bus_region=VIRGINIA,
    )

    rule = synthesize(app)["Subscriptions"].one("AWS::Events::Rule")
    (target,) = rule["Targets"]
    assert target["Arn"] == f"arn:aws:events:{VIRGINIA}:{BILLING}:event-bus/acme-prod-billing"
    assert target["DeadLetterConfig"]["Arn"].startswith(f"arn:aws:sqs:{REGION}:{BILLING}:")
