from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdk_eventbridge_patterns.access import Consumer
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.plan import ArchiveSettings, Disabled, Plan
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.topology import Stamp

ACME = NamingConvention(organization="acme", stage="prod")
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"}, owner="team-orders")
ORDER_CANCELLED = EventContract(service="orders", event="OrderCancelled", detail={"type": "object"})
ORDER_RETURNED = EventContract(service="orders", event="OrderReturned", detail={"type": "object"})
BILLING = Consumer("billing", "222222222222", events=[ORDER_PLACED])
ANALYTICS = Consumer("analytics", "333333333333")


def orders(**changed: Any) -> ServiceBusDeclaration:
    """The bus of orders, with what the test is about."""
    declared: dict[str, Any] = {
        "service": "orders",
        "account": "111111111111",
        "region": "eu-west-1",
        "naming": ACME,
        "publishes": [ORDER_PLACED, ORDER_CANCELLED],
    }
    return ServiceBusDeclaration(**declared | changed)


def resources(plan: Plan, resource_type: str) -> dict[str, dict[str, Any]]:
    return {key: value for key, value in plan.resources.items() if value["Type"] == resource_type}


def statements(plan: Plan) -> dict[str, dict[str, Any]]:
    policies = resources(plan, "AWS::Events::EventBusPolicy").values()
    return {policy["Properties"]["StatementId"]: policy["Properties"]["Statement"] for policy in policies}


def test_a_producers_bus_is_bus_policy_archive_and_schemas() -> None:
    plan = plan_service_bus(orders(consumers=[BILLING], monitoring=Disabled("another tool watches it")))

    assert {key: value["Type"].removeprefix("AWS::") for key, value in plan.resources.items()} == {
        "OrdersBus": "Events::EventBus",
        "OrdersBusAllowsPublish": "Events::EventBusPolicy",
        "OrdersBusAllowsBillingRules": "Events::EventBusPolicy",
        "OrdersBusAllowsBillingTargets": "Events::EventBusPolicy",
        "OrdersBusAllowsBillingManage": "Events::EventBusPolicy",
        "OrdersBusArchive": "Events::Archive",
        "OrdersSchemaRegistry": "EventSchemas::Registry",
        "OrdersOrderPlacedV1Schema": "EventSchemas::Schema",
        "OrdersOrderCancelledV1Schema": "EventSchemas::Schema",
    }


def test_everything_on_the_bus_waits_for_it_since_it_knows_only_its_name() -> None:
    plan = plan_service_bus(orders(consumers=[BILLING]))

    for resource_type in ("AWS::Events::EventBusPolicy", "AWS::Events::Archive"):
        for resource in resources(plan, resource_type).values():
            assert resource["DependsOn"] == ["OrdersBus"]


def test_a_consumer_is_allowed_the_events_it_is_declared_with_and_another_all() -> None:
    allowed = statements(plan_service_bus(orders(consumers=[BILLING, ANALYTICS])))

    def detail_types(consumer: str) -> list[str]:
        condition = allowed[f"acme-prod-orders--{consumer}--rules"]["Condition"]["ForAllValues:StringEquals"]
        found: list[str] = condition["events:detail-type"]
        return found

    assert detail_types("billing") == ["OrderPlaced.v1"]
    assert detail_types("analytics") == ["OrderCancelled.v1", "OrderPlaced.v1"]


def test_the_policy_names_the_statement_ids_cloudformation_will_give() -> None:
    for statement_id, statement in statements(plan_service_bus(orders(consumers=[BILLING]))).items():
        assert statement["Sid"] == statement_id
        assert statement_id.startswith("acme-prod-orders--")


def test_a_consumer_in_the_buss_own_account_needs_no_statement() -> None:
    neighbour = Consumer("billing", "111111111111")

    assert set(statements(plan_service_bus(orders(consumers=[neighbour])))) == {"acme-prod-orders--publish"}


def test_publishers_may_publish_beside_the_buss_own_account() -> None:
    allowed = statements(plan_service_bus(orders(publishers=["444444444444"])))

    assert allowed["acme-prod-orders--publish"]["Principal"]["AWS"] == [
        "arn:aws:iam::111111111111:root",
        "arn:aws:iam::444444444444:root",
    ]


def test_an_organisation_replaces_the_consumers() -> None:
    allowed = statements(plan_service_bus(orders(organization_id="o-exampleorg1")))

    assert set(allowed) == {
        "acme-prod-orders--publish",
        "acme-prod-orders--organization--rules",
        "acme-prod-orders--organization--targets",
        "acme-prod-orders--organization--manage",
    }


def test_a_bus_that_publishes_nothing_is_open_to_the_services_own_subscriptions_only() -> None:
    plan = plan_service_bus(orders(publishes=[]))

    assert set(statements(plan)) == {"acme-prod-orders--receive"}
    assert resources(plan, "AWS::EventSchemas::Registry") == {}
    assert plan.resources["OrdersBus"]["Properties"]["Description"] == "Events for orders"


def test_the_policy_is_held_under_the_quota_that_was_given() -> None:
    with pytest.raises(AccessError, match="over the quota of 1000"):
        plan_service_bus(orders(consumers=[BILLING], policy_quota=1000))


def test_events_are_kept_for_thirty_days_unless_said_otherwise() -> None:
    def retention(**changed: Any) -> Any:
        archive = plan_service_bus(orders(**changed)).resources["OrdersBusArchive"]["Properties"]
        return archive.get("RetentionDays", "for ever")

    assert retention() == 30
    assert retention(archive=ArchiveSettings(retention_days=365)) == 365
    assert retention(archive=ArchiveSettings(retention_days=None)) == "for ever"


def test_what_is_switched_off_is_missing_and_the_reason_is_stamped() -> None:
    plan = plan_service_bus(orders(archive=Disabled("a heartbeat"), schema_registry=Disabled("in a wiki")))

    assert not resources(plan, "AWS::Events::Archive")
    assert not resources(plan, "AWS::EventSchemas::Registry")
    stamp = Stamp.from_metadata(plan.resources["OrdersBus"]["Metadata"])
    assert stamp is not None
    assert stamp.disabled == {"archive": "a heartbeat", "schema_registry": "in a wiki"}


@pytest.mark.parametrize(
    ("field", "value"),
    [("archive", 30), ("archive", False), ("archive", Disabled), ("schema_registry", True), ("monitoring", False)],
)
def test_nothing_is_switched_off_without_a_reason(field: str, value: object) -> None:
    with pytest.raises(DeclarationError, match=f"{field} must be .*Disabled\\(reason\\), got"):
        orders(**{field: value})


def test_a_schema_describes_one_event_in_the_registry_of_the_service() -> None:
    schema = plan_service_bus(orders()).resources["OrdersOrderPlacedV1Schema"]

    assert schema["DependsOn"] == ["OrdersSchemaRegistry"]
    assert schema["Properties"]["RegistryName"] == "acme-prod-orders"
    assert schema["Properties"]["SchemaName"] == "com.acme.orders@OrderPlaced.v1"
    assert json.loads(schema["Properties"]["Content"])["properties"]["source"]["enum"] == ["com.acme.orders"]


def test_the_bus_is_stamped_with_its_service_owner_and_events() -> None:
    plan = plan_service_bus(orders(owner="team-orders"))

    stamp = Stamp.from_metadata(plan.resources["OrdersBus"]["Metadata"])

    assert stamp is not None
    assert (stamp.service, stamp.owner) == ("orders", "team-orders")
    assert [(event.detail_type, event.owner) for event in stamp.publishes] == [
        ("OrderCancelled.v1", None),
        ("OrderPlaced.v1", "team-orders"),
    ]


def test_a_second_bus_of_a_service_shares_no_logical_id_with_the_first() -> None:
    inbox = plan_service_bus(orders(publishes=[], qualifier="inbox"))

    assert {"OrdersInboxBus", "OrdersInboxBusAllowsReceive", "OrdersInboxBusArchive"} <= inbox.resources.keys()
    assert all(logical_id.startswith("OrdersInboxBus") for logical_id in inbox.resources)
    assert not inbox.resources.keys() & plan_service_bus(orders()).resources.keys()


@given(
    events=st.permutations([ORDER_PLACED, ORDER_CANCELLED, ORDER_RETURNED]),
    consumers=st.permutations([BILLING, ANALYTICS, Consumer("fulfilment", "444444444444")]),
)
def test_the_order_of_declaration_changes_nothing(events: list[EventContract], consumers: list[Consumer]) -> None:
    in_order = plan_service_bus(
        orders(
            publishes=[ORDER_PLACED, ORDER_CANCELLED, ORDER_RETURNED],
            consumers=[BILLING, ANALYTICS, Consumer("fulfilment", "444444444444")],
        )
    )

    shuffled = plan_service_bus(orders(publishes=events, consumers=consumers))

    assert shuffled.template() == in_order.template()
