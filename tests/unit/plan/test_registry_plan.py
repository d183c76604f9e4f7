from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.access import Consumer
from cdk_eventbridge_patterns.contracts import EventContract, SchemaDialect
from cdk_eventbridge_patterns.errors import ContractError, DeclarationError
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.plan import Disabled, Plan, SchemaRegistry
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.topology import Stamp

ORDERS, BILLING, ANALYTICS = "111111111111", "222222222222", "333333333333"
ORGANIZATION = "o-exampleorg1"

ORDER_PLACED = EventContract(
    service="orders", event="OrderPlaced", detail={"type": "object"}, owner="team-orders", description="It is placed."
)
ORDER_CANCELLED = EventContract(service="orders", event="OrderCancelled", detail={"type": "object"})


def orders(settings: SchemaRegistry | Disabled | None = None, *, stage: str = "prod", **changed: Any) -> Plan:
    """The plan of orders' bus with these settings of its registry."""
    declared: dict[str, Any] = {
        "service": "orders",
        "account": ORDERS,
        "region": "eu-west-1",
        "naming": NamingConvention(organization="acme", stage=stage),
        "publishes": [ORDER_PLACED, ORDER_CANCELLED],
    }
    registry = {} if settings is None else {"schema_registry": settings}
    return plan_service_bus(ServiceBusDeclaration(**declared | registry | changed))


def schemas(plan: Plan) -> dict[str, dict[str, Any]]:
    return {key: each for key, each in plan.resources.items() if each["Type"] == "AWS::EventSchemas::Schema"}


def principals(plan: Plan) -> list[Any]:
    """Return whom each statement of the registry's policy lets in."""
    policy = plan.resources.get("OrdersSchemaRegistryPolicy")
    return [] if policy is None else [each["Principal"] for each in policy["Properties"]["Policy"]["Statement"]]


# -- what is registered


def test_without_settings_schemas_are_in_draft_4_for_the_account_itself_and_nothing_is_discovered() -> None:
    plan = orders()

    types = {each["Type"] for each in plan.resources.values() if "EventSchemas" in each["Type"]}
    assert types == {"AWS::EventSchemas::Registry", "AWS::EventSchemas::Schema"}
    assert {each["Properties"]["Type"] for each in schemas(plan).values()} == {"JSONSchemaDraft4"}
    assert orders(SchemaRegistry()).template() == plan.template()


def test_the_dialect_changes_type_and_content_and_no_name() -> None:
    draft_4, open_api = orders(), orders(SchemaRegistry(dialect=SchemaDialect.OPEN_API_3))

    placed = open_api.resources["OrdersOrderPlacedV1Schema"]["Properties"]
    assert placed["Type"] == "OpenApi3"
    assert json.loads(placed["Content"])["components"]["schemas"]["AWSEvent"]["x-amazon-events-source"] == (
        "com.acme.orders"
    )
    assert open_api.resources.keys() == draft_4.resources.keys()
    assert placed["SchemaName"] == draft_4.resources["OrdersOrderPlacedV1Schema"]["Properties"]["SchemaName"]


def test_a_description_longer_than_the_registry_takes_is_refused_with_what_to_do() -> None:
    def described(length: int) -> EventContract:
        return EventContract(service="orders", event="OrderPlaced", detail={"type": "object"}, description="x" * length)

    assert "OrdersOrderPlacedV1Schema" in orders(publishes=[described(256)]).resources
    with pytest.raises(ContractError) as refused:
        orders(publishes=[described(257)])
    assert str(refused.value) == (
        "description of OrderPlaced.v1 must be at most 256 characters for the schema registry, got 257; "
        "say it in one sentence or pass schema_registry=Disabled(reason)"
    )


def test_a_schema_says_of_which_contract_it_is() -> None:
    plan = orders(owner="team-shop")

    stamp = Stamp.from_metadata(plan.resources["OrdersOrderPlacedV1Schema"]["Metadata"])

    assert stamp is not None
    assert (stamp.service, stamp.owner) == ("orders", "team-shop")
    (event,) = stamp.publishes
    assert (event.event, event.version, event.source, event.detail_type) == (
        *("OrderPlaced", 1),
        *("com.acme.orders", "OrderPlaced.v1"),
    )


def test_a_second_bus_of_a_service_that_publishes_nothing_has_no_registry() -> None:
    inbox = orders(SchemaRegistry(readers=[BILLING], discover_in=["prod"]), publishes=[], qualifier="inbox")

    assert not [each for each in inbox.resources.values() if "EventSchemas" in each["Type"]]


# -- who may read


def test_readers_are_let_in_by_a_policy_that_waits_for_the_registry() -> None:
    plan = orders(SchemaRegistry(readers=[ANALYTICS, BILLING, BILLING]))

    policy = plan.resources["OrdersSchemaRegistryPolicy"]
    assert policy["Type"] == "AWS::EventSchemas::RegistryPolicy"
    assert policy["DependsOn"] == ["OrdersSchemaRegistry"]
    assert policy["Properties"]["RegistryName"] == "acme-prod-orders"
    assert policy["Properties"]["Policy"]["Version"] == "2012-10-17"
    assert principals(plan) == [{"AWS": [f"arn:aws:iam::{BILLING}:root", f"arn:aws:iam::{ANALYTICS}:root"]}]


def test_an_organisation_is_let_in_with_its_condition() -> None:
    plan = orders(SchemaRegistry(organization_id=ORGANIZATION))

    (statement,) = plan.resources["OrdersSchemaRegistryPolicy"]["Properties"]["Policy"]["Statement"]
    assert statement["Principal"] == "*"
    assert statement["Condition"] == {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}}


def test_consumers_read_only_where_that_is_said() -> None:
    consumers = [Consumer("billing", BILLING), Consumer("returns", ORDERS)]

    assert principals(orders(consumers=consumers)) == []
    assert principals(orders(SchemaRegistry(consumers_read=True), consumers=consumers)) == [
        {"AWS": f"arn:aws:iam::{BILLING}:root"}
    ]


def test_consumers_and_further_readers_stand_in_one_statement() -> None:
    settings = SchemaRegistry(consumers_read=True, readers=[ANALYTICS])

    plan = orders(settings, consumers=[Consumer("billing", BILLING)])

    assert principals(plan) == [{"AWS": [f"arn:aws:iam::{BILLING}:root", f"arn:aws:iam::{ANALYTICS}:root"]}]


def test_where_the_bus_lets_an_organisation_subscribe_consumers_are_that() -> None:
    plan = orders(SchemaRegistry(consumers_read=True, readers=[ANALYTICS]), organization_id=ORGANIZATION)

    assert principals(plan) == [{"AWS": f"arn:aws:iam::{ANALYTICS}:root"}, "*"]


def test_an_organisation_that_subscribes_does_not_read_unless_that_is_said() -> None:
    assert principals(orders(SchemaRegistry(readers=[ANALYTICS]), organization_id=ORGANIZATION)) == [
        {"AWS": f"arn:aws:iam::{ANALYTICS}:root"}
    ]


@pytest.mark.parametrize("settings", [SchemaRegistry(readers=[ORDERS]), SchemaRegistry(consumers_read=True)])
def test_where_no_other_account_reads_there_is_no_policy(settings: SchemaRegistry) -> None:
    assert principals(orders(settings)) == []


# -- what is discovered


@pytest.mark.parametrize(("stage", "discovered"), [("dev", True), ("prod", False)])
def test_schemas_are_discovered_in_the_stages_that_are_named(stage: str, *, discovered: bool) -> None:
    plan = orders(SchemaRegistry(discover_in=["dev", "test"]), stage=stage)

    assert ("OrdersBusDiscoverer" in plan.resources) is discovered


def test_a_discoverer_waits_for_the_bus_so_that_it_is_gone_before_the_bus_is() -> None:
    discoverer = orders(SchemaRegistry(discover_in=["dev"]), stage="dev").resources["OrdersBusDiscoverer"]

    assert discoverer["DependsOn"] == ["OrdersBus"]
    assert discoverer["Properties"]["SourceArn"] == "arn:aws:events:eu-west-1:111111111111:event-bus/acme-dev-orders"


@pytest.mark.parametrize(("publishers", "across"), [([], False), ([ORDERS], False), ([BILLING], True)])
def test_events_of_other_accounts_are_discovered_only_where_others_may_publish(
    publishers: list[str], *, across: bool
) -> None:
    plan = orders(SchemaRegistry(discover_in=["dev"]), stage="dev", publishers=publishers)

    assert plan.resources["OrdersBusDiscoverer"]["Properties"]["CrossAccount"] is across


def test_a_stage_that_the_convention_does_not_have_is_refused_in_every_stage() -> None:
    naming = NamingConvention(organization="acme", stage="prod", allowed={"stage": ["dev", "prod"]})

    with pytest.raises(DeclarationError, match="which are \\['dev', 'prod'\\], got 'devel'"):
        orders(SchemaRegistry(discover_in=["devel"]), naming=naming)


def test_without_a_registry_nothing_is_discovered_and_the_reason_is_stamped() -> None:
    plan = orders(Disabled("the catalog is elsewhere"), stage="dev")

    stamp = Stamp.from_metadata(plan.resources["OrdersBus"]["Metadata"])
    assert stamp is not None
    assert stamp.disabled == {"schema_registry": "the catalog is elsewhere"}
    assert not [each for each in plan.resources.values() if "EventSchemas" in each["Type"]]
