"""What a resource that exists keeps."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.subscribe import subscribe_statements
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError, NamingError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress, BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.adopted import Adopted
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.consumes import Consumes
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan, plan_subscriptions
from cdk_eventbridge_patterns.plan.target import Target, TargetKind
from cdk_eventbridge_patterns.topology.stamp import EXEMPTION_KEY

ACME = NamingConvention(organization="acme", stage="prod")
ORDERS, BILLING, REGION = "111111111111", "222222222222", "eu-west-1"
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})
BUS = BusAddress(ORDERS, REGION, "acme-prod-orders")
STREAM = Target(kind=TargetKind.STREAM, arn=f"arn:aws:kinesis:{REGION}:{ORDERS}:stream/audit")
ON_ORDERS = BusReference.of("orders", account=ORDERS)


def a_bus(**changed: Any) -> dict[str, dict[str, Any]]:
    given = {"service": "orders", "account": ORDERS, "region": REGION, "naming": ACME, "publishes": [ORDER_PLACED]}
    return plan_service_bus(ServiceBusDeclaration(**{**given, **changed})).resources


def a_delivery(adopt: Adopted | None) -> dict[str, dict[str, Any]]:
    subscriber = Subscriber(service="orders", bus=BUS, naming=ACME)
    plan = DeliveryPlan(
        subscriber=subscriber, events=[ORDER_PLACED], name="audit", target=STREAM, dead_letters_off="-", adopt=adopt
    )
    return plan_delivery(plan).resources


def subscriptions(*wanted: Consumes) -> dict[str, dict[str, Any]]:
    subscriber = Subscriber(service="billing", bus=BusAddress(BILLING, REGION, "acme-prod-billing"), naming=ACME)
    plans = [SubscriptionPlan(subscriber=subscriber, wanted=each, dead_letter_arn=None) for each in wanted]
    return plan_subscriptions(plans).resources


def test_a_rule_keeps_its_logical_id_name_and_target_id() -> None:
    rule = a_delivery(Adopted(logical_id="Audit1A2B3C4D", name="audit-orders", target_id="Target0"))["Audit1A2B3C4D"]

    assert rule["Properties"]["Name"] == "audit-orders"
    assert rule["Properties"]["Targets"][0]["Id"] == "Target0"


def test_what_belongs_to_an_adopted_rule_is_called_as_if_it_were_new() -> None:
    """So a logical id that is given up later replaces nothing else."""
    new, adopted = (a_delivery(adopt) for adopt in (None, Adopted(logical_id="Audit1A2B3C4D")))

    assert new.keys() - adopted.keys() == {"OrdersDeliversAudit"}


def test_the_role_of_an_adopted_rule_trusts_it_by_its_name() -> None:
    role = a_delivery(Adopted(name="audit-orders"))["OrdersDeliversAuditRole"]
    (trust,) = role["Properties"]["AssumeRolePolicyDocument"]["Statement"]

    assert trust["Condition"]["ArnLike"]["aws:SourceArn"].endswith(":rule/acme-prod-orders/audit-orders")


def test_a_name_off_the_convention_is_exempted_with_the_reason() -> None:
    adopt = Adopted(name="audit-orders", reason="partners know it")

    rule = a_delivery(adopt)["OrdersDeliversAudit"]

    assert rule["Metadata"][EXEMPTION_KEY] == {"reason": "partners know it"}


def test_a_name_by_the_convention_needs_no_exemption() -> None:
    rule = a_delivery(Adopted(logical_id="Audit", name="acme-prod-orders--ship"))["Audit"]

    assert EXEMPTION_KEY not in rule["Metadata"]


def test_a_bus_keeps_its_logical_id_and_name_and_its_statements_carry_it() -> None:
    resources = a_bus(adopt=Adopted(logical_id="BusEA82B648", name="orders-hub"))

    assert resources["BusEA82B648"]["Properties"]["Name"] == "orders-hub"
    statement = resources["OrdersBusAllowsPublish"]
    assert statement["Properties"]["StatementId"] == "orders-hub--publish"
    assert (statement["DependsOn"], EXEMPTION_KEY in statement["Metadata"]) == (["BusEA82B648"], True)


def test_an_archive_keeps_its_logical_id_and_name() -> None:
    archive = ArchiveSettings(adopt=Adopted(logical_id="ArchiveD76499E2", name="orders-archive"))

    resources = a_bus(archive=archive)

    assert resources["ArchiveD76499E2"]["Properties"]["ArchiveName"] == "orders-archive"
    assert EXEMPTION_KEY in resources["ArchiveD76499E2"]["Metadata"]


def test_a_schema_of_an_older_event_is_exempted() -> None:
    older = EventContract(
        service="orders",
        event="OrderPlaced",
        detail={"type": "object"},
        source="orders.web",
        detail_type="Order Placed",
    )

    schema = a_bus(publishes=[older])["OrdersOrderPlacedV1Schema"]

    assert schema["Properties"]["SchemaName"] == "orders.web@OrderPlaced"
    assert EXEMPTION_KEY in schema["Metadata"]


def test_a_subscription_with_another_name_has_a_role_of_its_own() -> None:
    """The role of all others trusts the rules that carry the consumer's name."""
    cancelled = EventContract(service="orders", event="OrderCancelled", detail={"type": "object"})
    resources = subscriptions(
        Consumes(ORDER_PLACED, on=ON_ORDERS, adopt=Adopted(name="billing-orders")), Consumes(cancelled, on=ON_ORDERS)
    )

    assert {key for key in resources if key.endswith("Role")} == {
        "BillingFromOrdersRole",
        "BillingFromOrdersOrderPlacedV1Role",
    }
    rule = resources["BillingTakesOrdersOrderPlacedV1"]["Properties"]
    assert rule["Targets"][0]["RoleArn"].endswith("role/acme-prod-billing--from-orders-order-placed-v1--eu-west-1")


def test_a_consumers_older_bus_and_rules_are_let_in_by_name() -> None:
    consumer = Consumer("billing", BILLING, bus_name="billing-in", adopted_rules=["billing-orders"])

    rules, targets, _ = subscribe_statements(BUS, ACME, consumer, [ORDER_PLACED.event_type(ACME)]).values()

    prefix = f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/"
    assert rules["Resource"] == [f"{prefix}acme-prod-billing--*", f"{prefix}billing-orders"]
    assert targets["Condition"]["ArnLike"] == {
        "events:TargetArn": f"arn:aws:events:{REGION}:{BILLING}:event-bus/billing-in"
    }


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (Adopted, DeclarationError, "adopt must keep a logical_id, a name or a target_id"),
        (lambda: Adopted(logical_id="Ship-Orders"), DeclarationError, "logical_id must be that of the template"),
        (lambda: Adopted(name="x", reason=" "), DeclarationError, "reason must say why"),
        (lambda: a_delivery("Ship"), DeclarationError, "adopt must be Adopted(…)"),  # type: ignore[arg-type]
        (lambda: a_delivery(Adopted(name="ship orders")), NamingError, "rule name must match"),
        (lambda: a_delivery(Adopted(target_id="a b")), NamingError, "target id must match"),
        (lambda: a_bus(adopt=Adopted(target_id="Target0")), DeclarationError, "target_id is kept by rules only"),
        (lambda: ArchiveSettings(adopt=Adopted(name="a" * 49)), NamingError, "archive name must be at most 48"),
        (
            lambda: Consumes(ORDER_PLACED, adopt="x"),  # type: ignore[arg-type]
            DeclarationError,
            "Adopted(logical_id='ShipOrders2A1B3C4D'), got 'x'",
        ),
        (lambda: Consumer("billing", BILLING, bus_name="a b"), NamingError, "event bus name must match"),
        (lambda: Consumer("billing", BILLING, adopted_rules="ship"), AccessError, "must be a list of rule names"),
        (lambda: Consumer("billing", BILLING, adopted_rules=["a b"]), NamingError, "got 'a b'"),
    ],
)
def test_what_no_template_could_say_is_refused(make: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=re.escape(message)):
        make()
