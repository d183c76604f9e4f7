"""What each format says of a small estate: orders publishes, billing receives, somebody else does so undeclared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.catalog import Directory
from cdk_eventbridge_patterns.catalog.asyncapi import asyncapi_documents
from cdk_eventbridge_patterns.catalog.eventcatalog import eventcatalog_files
from cdk_eventbridge_patterns.catalog.repository import markdown_catalog
from cdk_eventbridge_patterns.catalog.slugs import slugs
from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_policy,
    a_queue,
    a_rule,
    a_schema,
    a_target,
    a_topology,
    an_event,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.registered_schema import RegisteredSchema
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided
from tests.catalogs import front_matter

QUEUE = queue_arn(account=ORDERS)
SEND = {
    "Effect": "Allow",
    "Principal": {"Service": "events.amazonaws.com"},
    "Action": "sqs:SendMessage",
    "Resource": QUEUE,
}
PLACED = replace(
    an_event(), owner="team-orders", data_class="confidential", sensitive=("detail.card",), source="com.acme.orders"
)
OLDER = replace(an_event(version=1), owner="team-orders")
NEWER = replace(an_event(version=10), owner="team-orders")
DETAIL = {"type": "object", "properties": {"card": {"type": "string"}}}


def the_estate(*events: Any, schema: RegisteredSchema | None = None, **properties: Any) -> Topology:
    stamp = Stamp(service="orders", owner="team-orders", publishes=events or (PLACED,))
    billing = Stamp(service="billing", owner="team-billing", consumes=(PLACED.name,))
    return a_topology(
        a_bus(stamp=stamp, **properties),
        a_rule(a_target(QUEUE), stamp=billing),
        a_rule(a_target(QUEUE, id="audit"), name="audit"),
        a_queue(account=ORDERS),
        a_policy(QUEUE, SEND),
        schema or a_schema(DETAIL),
    )


@pytest.fixture
def directory() -> Directory:
    return Directory.of(the_estate())


def test_the_page_of_an_event_says_what_is_declared_and_who_receives_it_by_which_rule(directory: Directory) -> None:
    page = markdown_catalog(directory)["events/orders-OrderPlaced.v1.md"]

    for line in (
        "- Source: `com.acme.orders`",
        "- Data class: confidential",
        "- Sensitive fields: `detail.card`",
        "- Published by: [orders](../services/orders.md)",
        "- [schema.json](../schemas/orders-OrderPlaced.v1/schema.json)",
    ):
        assert line in page.splitlines()
    assert "[billing](../services/billing.md): **yes**, at `queue lost (111111111111, eu-west-1)`, by rule" in page
    assert page.count("nobody declared it") == 1


def test_what_a_registry_says_of_an_event_stands_first_on_its_page() -> None:
    said = EventSchema(title="OrderPlaced.v1", schema={"description": "import *all* of it", "properties": {}})
    directory = Directory.of(the_estate(schema=replace(a_schema(DETAIL), schema=said)))

    page = eventcatalog_files(directory, {})["events/orders.OrderPlaced/index.mdx"]

    assert front_matter(page)["summary"] == "import *all* of it"
    assert "\n\n> import \\*all\\* of it\n" in page
    components = asyncapi_documents(directory)["orders.asyncapi.json"]["components"]
    assert components["messages"]["orders-OrderPlaced.v1"]["description"] == "import *all* of it"


def test_the_policy_of_a_bus_is_said_in_sentences() -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": BILLING},
        "Action": ["events:PutRule", "events:PutTargets"],
        "Resource": "*",
        "Condition": {"StringEquals": {"events:source": "com.acme.orders"}},
    }
    topology = a_topology(a_bus(), a_bus_policy(statement))

    page = markdown_catalog(Directory.of(topology))["buses/acme-prod-orders.md"]

    assert f"- account {BILLING} may put rules and set their targets\n" in page
    assert "  - only rules for source com.acme.orders\n" in page


def test_the_index_draws_who_talks_to_whom(directory: Directory) -> None:
    index = markdown_catalog(directory)["README.md"]

    assert '```mermaid\ngraph LR\n    n0["billing"]\n    n1["orders"]\n    n2["stack 111111111111"]\n' in index
    assert '    n1 -->|"1 event"| n0\n' in index


def test_what_is_undecided_is_dotted_in_the_graph_and_has_its_reason_on_the_page() -> None:
    topology = the_estate(conditional=Undecided("parameter 'Stage' has no value"))

    files = markdown_catalog(Directory.of(topology))

    assert 'n1 -.->|"1 event"| n0' in files["README.md"]
    page = files["events/orders-OrderPlaced.v1.md"]
    assert "[billing](../services/billing.md): **undecided**, at `queue lost" in page
    assert "\n  - parameter 'Stage' has no value\n" in page


def test_eventcatalog_knows_who_sends_and_receives_what_on_which_channel(directory: Directory) -> None:
    files = eventcatalog_files(directory, {"sales": ["orders"]})

    event = {"id": "orders.OrderPlaced", "version": "1"}
    channel = {"id": "acme-prod-orders", "version": "1"}
    assert front_matter(files["services/orders/index.mdx"])["sends"] == [{**event, "to": [channel]}]
    assert front_matter(files["services/billing/index.mdx"])["receives"] == [{**event, "from": [channel]}]
    assert front_matter(files["events/orders.OrderPlaced/index.mdx"]) == {
        **event,
        "name": "OrderPlaced",
        "owners": ["team-orders"],
        "badges": [{"content": "confidential", "backgroundColor": "orange", "textColor": "orange"}],
        "schemaPath": "schema.json",
    }
    assert front_matter(files["channels/acme-prod-orders/index.mdx"])["address"] == bus_arn()
    assert front_matter(files["domains/sales/index.mdx"])["services"] == [{"id": "orders", "version": "1"}]
    assert front_matter(files["teams/team-billing.mdx"])["name"] == "team-billing"


def test_older_versions_of_an_event_are_below_the_latest() -> None:
    files = eventcatalog_files(Directory.of(the_estate(NEWER, OLDER)), {})

    assert front_matter(files["events/orders.OrderPlaced/index.mdx"])["version"] == "10"
    assert front_matter(files["events/orders.OrderPlaced/versioned/1/index.mdx"])["version"] == "1"


def test_a_receiver_behind_another_bus_receives_from_the_bus_of_the_producer_by_way_of_its_own() -> None:
    there = a_bus("acme-prod-billing", account=BILLING, stamp=Stamp(service="billing"))
    topology = a_topology(
        a_bus(stamp=Stamp(service="orders", publishes=(PLACED,))),
        there,
        a_rule(a_target(there.arn, role_arn=role_arn())),
        a_rule(a_target(queue_arn()), on=there.arn, account=BILLING, stamp=Stamp(service="billing")),
        environments=frozenset(),
    )

    files = eventcatalog_files(Directory.of(topology), {})

    page = files["services/billing/index.mdx"]
    (received,) = front_matter(page)["receives"]
    assert received["from"] == [{"id": "acme-prod-orders", "version": "1"}]
    assert "on [[channel|acme-prod-orders@1]], then rule" in page
    assert "on [[channel|acme-prod-billing@1]]" in page


def test_a_service_with_the_name_of_a_collection_does_not_become_one() -> None:
    topology = a_topology(a_bus(stamp=Stamp(service="flows")))

    (page,) = [name for name in eventcatalog_files(Directory.of(topology), {}) if name.startswith("services/")]

    assert page.startswith("services/flows-")


def test_a_document_of_asyncapi_says_what_a_service_sends(directory: Directory) -> None:
    document = asyncapi_documents(directory)["orders.asyncapi.json"]

    assert document["x-service"] == "orders"
    assert document["channels"]["acme-prod-orders"]["address"] == bus_arn()
    ((_, operation),) = document["operations"].items()
    assert operation["action"] == "send"
    message = document["components"]["messages"]["orders-OrderPlaced.v1"]
    assert (message["x-source"], message["x-data-class"]) == ("com.acme.orders", "confidential")
    assert message["headers"]["properties"]["detail-type"] == {"const": "OrderPlaced.v1"}
    schema = document["components"]["schemas"]["orders-OrderPlaced.v1"]
    assert schema["properties"] == {"card": {"type": "string"}}


def test_a_document_of_a_receiver_says_at_which_targets_and_whether_it_arrives(directory: Directory) -> None:
    ((_, operation),) = asyncapi_documents(directory)["billing.asyncapi.json"]["operations"].items()

    assert operation["action"] == "receive"
    (receipt,) = operation["x-receipts"]
    assert (receipt["target"], receipt["answer"], receipt["declared"]) == (QUEUE, "yes", True)


def test_a_schema_that_can_not_be_read_is_said_to_be_so_and_has_no_file() -> None:
    unread = replace(a_schema(DETAIL), schema=Undecided("schema 'a' is no JSON"))

    files = markdown_catalog(Directory.of(the_estate(schema=unread)))

    # Nobody can say which event it is of, so it is listed with none.
    assert [name for name in files if name.startswith("schemas/")] == []


@pytest.mark.parametrize(
    "expected",
    [
        {"billing": "billing", "orders": "orders"},
        {"a b": "a-b-c8687a08", "a/b": "a-b-c14cddc0"},
        {"Orders": "Orders-b7e8acdd", "orders": "orders-1c168adb"},
        {"": "name-e3b0c442"},
        {"flows": "flows-2e9ecdb7"},
    ],
)
def test_names_become_parts_of_paths_unlike_each_other(expected: dict[str, str]) -> None:
    assert slugs(expected, reserved=("flows",)) == expected
