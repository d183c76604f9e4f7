"""A catalogue can be written of anything that can be read, and what it says of a contract is the contract."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from cdk_eventbridge_patterns.assembly import Template, topology_of
from cdk_eventbridge_patterns.catalog import Directory
from cdk_eventbridge_patterns.catalog.asyncapi import asyncapi_files
from cdk_eventbridge_patterns.catalog.eventcatalog import eventcatalog_files
from cdk_eventbridge_patterns.catalog.repository import markdown_catalog
from cdk_eventbridge_patterns.contracts import EventContract, SchemaDialect
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.plan.registry import SchemaRegistry
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.testing.builders import a_bus, a_queue, a_rule, a_target, a_topology, bus_arn, queue_arn
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.catalogs import broken_links, broken_pointers, broken_references, documents, front_matter
from tests.laws.test_registry_schema import DETAIL_VALUES, WORDS, details, what_both_can_say

ACME = NamingConvention(organization="acme", stage="prod")
LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# What Markdown, MDX, YAML, Mermaid or a path would read as its own signs, and what is known at deployment only.
ODD = [
    *("orders", "Orders", "«parameter 'Stage'»", "a|b", "[[service|x]]", "{x}", "<b>", "`c`", "a\n# b", "events", ""),
    *(
        "..",
        ":::note",
        "---",
        "é/ü",
        'a"b',
        "import x from 'y'",
        "${x}",
        "@team",
        "*a*_b_",
        "a" * 130,
        "CON",
        "channels",
    ),
]
names = st.sampled_from(ODD) | st.text(max_size=8)
accounts = st.sampled_from(["111111111111", "222222222222", "«account»"])


@st.composite
def topologies(draw: st.DrawFn) -> Topology:
    """Buses of several stages with events of any names, and rules of all sorts on them."""
    stamps = [
        EventStamp(
            service=draw(names),
            event=draw(names),
            version=draw(st.integers(1, 11)),
            source=draw(names),
            detail_type=draw(names),
            data_class=draw(names),
            owner=draw(st.none() | names),
            sensitive=tuple(draw(st.lists(names, max_size=2))),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    buses = [
        a_bus(
            draw(names),
            account=draw(accounts),
            stamp=draw(st.none() | st.builds(Stamp, service=names, owner=names, publishes=st.just(tuple(stamps)))),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    buses = list({bus.arn: bus for bus in buses}.values())  # no two templates make the same one
    arns = [*(bus.arn for bus in buses), bus_arn("unread"), draw(names)]
    targets = st.sampled_from([*arns, queue_arn(), draw(names)])
    of_stamps = [{"source": [each.source], "detail-type": [each.detail_type]} for each in stamps]
    pattern = st.fixed_dictionaries(
        {"source": st.lists(names | st.just({"prefix": "x"}), min_size=1, max_size=2)},
        optional={"detail-type": st.lists(names, min_size=1, max_size=2)},
    )
    rules = [
        a_rule(
            *(a_target(draw(targets), id=draw(names)) for _ in range(draw(st.integers(0, 2)))),
            name=draw(names),
            on=draw(st.sampled_from(arns)),
            account=draw(accounts),
            event_pattern=draw(pattern | st.sampled_from(of_stamps or [{}])),
            stamp=draw(
                st.none() | st.builds(Stamp, service=names, consumes=st.just(tuple(each.name for each in stamps[:1])))
            ),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    return a_topology(*buses, *rules, a_queue())


@LAW
@given(topologies())
def test_whatever_things_are_called_all_links_and_pointers_lead_somewhere(topology: Topology) -> None:
    directory = Directory.of(topology)

    markdown = markdown_catalog(directory)
    project = eventcatalog_files(directory, {"sales": [str(each.participant) for each in directory.services]})
    asyncapi = asyncapi_files(directory)

    assert broken_links(markdown) == []
    assert broken_pointers(project) == []
    assert {name: found for name, each in documents(asyncapi).items() if (found := broken_references(each))} == {}
    for files in (markdown, project, asyncapi):
        assert len({name.lower() for name in files}) == len(files)
        assert all(".." not in name.split("/") and not name.startswith("/") for name in files)


@LAW
@given(topologies())
def test_every_service_event_and_bus_has_a_page_of_its_own(topology: Topology) -> None:
    directory = Directory.of(topology)

    markdown = markdown_catalog(directory)
    project = {name: front_matter(text) for name, text in eventcatalog_files(directory, {}).items() if ".mdx" in name}

    for folder, listed, collection in (
        ("services", directory.services, "services"),
        ("events", directory.events, "events"),
        ("buses", directory.buses, "channels"),
    ):
        assert len([name for name in markdown if name.startswith(f"{folder}/")]) == len(listed)
        of_kind = [fields for name, fields in project.items() if name.startswith(f"{collection}/")]
        assert len({(fields["id"], fields["version"]) for fields in of_kind}) == len(of_kind) == len(listed)


@LAW
@given(
    details(WORDS, what_both_can_say), DETAIL_VALUES, st.sampled_from(SchemaDialect), st.none() | st.just("An order.")
)
def test_a_contract_means_the_same_when_it_is_read_back_from_the_asyncapi_document(
    detail: dict[str, Any], values: list[dict[str, Any]], dialect: SchemaDialect, description: str | None
) -> None:
    contract = EventContract(
        service="orders", event="OrderPlaced", version=2, detail=detail, owner="team-orders", description=description
    )
    declaration = ServiceBusDeclaration(
        service="orders",
        account="111111111111",
        region="eu-west-1",
        naming=ACME,
        publishes=[contract],
        schema_registry=SchemaRegistry(dialect=dialect),
    )
    body = plan_service_bus(declaration).template()
    template = Template(file=Path("orders.json"), stack="Orders", body=body, account="111111111111", region="eu-west-1")
    topology = topology_of([template])

    files = asyncapi_files(Directory.of(topology))

    (read,) = _read_back(files)
    (schema,) = json.loads(files["orders.asyncapi.json"])["components"]["schemas"].values()
    Draft7Validator.check_schema(schema)

    assert read.name == contract.name
    assert (read.owner, read.data_class) == (contract.owner, contract.data_class)
    assert read.description == (description if dialect is SchemaDialect.JSON_SCHEMA_DRAFT_4 else None)
    assert read.event_type(ACME) == contract.event_type(ACME)
    for value in values:
        assert Draft202012Validator(read.schema).is_valid(value) == Draft202012Validator(detail).is_valid(value), value


def _read_back(files: dict[str, str]) -> tuple[EventContract, ...]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "orders.json"
        file.write_text(files["orders.asyncapi.json"])
        return EventContract.from_asyncapi(file, service=json.loads(file.read_text())["x-service"])
