"""Schema registries as they are deployed: who reads them, in which dialect, and what is discovered beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_eventschemas as schemas
from cfnlint.api import ManualArgs, lint_by_config

from cdk_eventbridge_patterns import (
    Disabled,
    MultiBusTopology,
    NamingConvention,
    ProducerBus,
    SchemaDialect,
    SchemaRegistry,
    Service,
)
from cdk_eventbridge_patterns.testing import assert_no_findings, findings_in
from tests.templates import SynthesizedStack, synthesize
from tests.world import BILLING, INVOICE_ISSUED, ORDER_CANCELLED, ORDER_PLACED, ORDERS, REGION

DEV = NamingConvention(organization="acme", stage="dev")
OPEN = SchemaRegistry(dialect=SchemaDialect.OPEN_API_3, consumers_read=True, discover_in=["dev"])
LEDGER = "333333333333"

Estate = dict[str, SynthesizedStack]


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Estate:
    """Orders, whose consumers read its registry; billing, which has settings of its own; and a ledger, which has none.

    All in the stage of development.
    """
    app = App(outdir=str(tmp_path_factory.mktemp("registries")))
    MultiBusTopology(
        app,
        "Estate",
        region=REGION,
        convention=DEV,
        schema_registry=OPEN,
        services=[
            Service("orders", ORDERS, publishes=[ORDER_PLACED, ORDER_CANCELLED], consumes=[INVOICE_ISSUED]),
            Service(
                "billing",
                BILLING,
                publishes=[INVOICE_ISSUED],
                consumes=[ORDER_PLACED],
                schema_registry=Disabled("the invoices are in the ledger's catalog"),
            ),
            Service("ledger", LEDGER, consumes=[INVOICE_ISSUED]),
        ],
    )
    return synthesize(app)


def readers(stack: SynthesizedStack) -> list[object]:
    policy = stack.one("AWS::EventSchemas::RegistryPolicy")["Policy"]
    return [statement["Principal"] for statement in policy["Statement"]]


def test_in_a_topology_just_those_read_who_consume(estate: Estate) -> None:
    assert readers(estate["Estate/Orders"]) == [{"AWS": f"arn:aws:iam::{BILLING}:root"}]


def test_the_settings_of_a_topology_are_those_of_every_service_that_publishes(estate: Estate) -> None:
    registered = estate["Estate/Orders"].of_type("AWS::EventSchemas::Schema")

    assert {schema["Properties"]["Type"] for schema in registered.values()} == {"OpenApi3"}
    assert not estate["Estate/Ledger"].of_type("AWS::EventSchemas::Registry")


def test_a_service_may_have_it_otherwise(estate: Estate) -> None:
    billing = estate["Estate/Billing"]

    assert not [each for each in billing.resources.values() if "EventSchemas" in each["Type"]]
    assert billing.resources["BillingBus"]["Metadata"]["EventBridgePatterns"]["disabled"] == {
        "schema_registry": "the invoices are in the ledger's catalog"
    }


def test_a_registered_document_is_whole_after_synthesis(estate: Estate) -> None:
    content = estate["Estate/Orders"].properties("OrdersOrderPlacedV1Schema")["Content"]

    assert json.loads(content)["components"]["schemas"]["AWSEvent"]["x-amazon-events-detail-type"] == "OrderPlaced.v1"


def test_the_bus_is_discovered_in_development(estate: Estate) -> None:
    discoverer = estate["Estate/Orders"].one("AWS::EventSchemas::Discoverer")

    assert discoverer["SourceArn"] == f"arn:aws:events:{REGION}:{ORDERS}:event-bus/acme-dev-orders"


def test_cfn_lint_finds_nothing(estate: Estate) -> None:
    templates = [str(stack.template_file) for stack in estate.values()]

    found = lint_by_config(ManualArgs(templates=templates, regions=[REGION], include_checks=["I"]))

    assert found == []


def test_no_check_of_ours_finds_anything_about_a_registry(estate: Estate) -> None:
    folder = next(iter(estate.values())).template_file.parent

    assert_no_findings(folder)


def test_a_discoverer_on_a_bus_that_was_given_a_key_is_found(app: App, orders_stack: Stack, tmp_path: Path) -> None:
    settings = SchemaRegistry(discover_in=["prod"])
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED], schema_registry=settings)
    bus.cfn_event_bus.kms_key_identifier = f"arn:aws:kms:{REGION}:{ORDERS}:key/0f0e3a1c-0000-4000-8000-000000000000"

    app.synth()

    assert "ENC006" in {finding.check_id for finding in findings_in(tmp_path)}


def test_what_is_made_beside_the_schemas_are_typed_l1s(orders_stack: Stack) -> None:
    settings = SchemaRegistry(readers=[BILLING], discover_in=["prod"])
    ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED], schema_registry=settings)

    kinds = {type(each) for each in orders_stack.node.find_all()}

    assert {schemas.CfnRegistryPolicy, schemas.CfnDiscoverer} <= kinds
