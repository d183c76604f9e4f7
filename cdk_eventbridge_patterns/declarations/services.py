"""Services as YAML files declare them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.declarations.catalogue import Catalogue
from cdk_eventbridge_patterns.declarations.document import Section, read_document
from cdk_eventbridge_patterns.declarations.faults import Faults, Where
from cdk_eventbridge_patterns.declarations.fields import Fields
from cdk_eventbridge_patterns.declarations.settings import (
    archive_of,
    encryption_of,
    monitoring_of,
    retry_of,
    schema_registry_of,
)
from cdk_eventbridge_patterns.plan.consumes import Consumes
from cdk_eventbridge_patterns.plan.event_pattern import check_detail
from cdk_eventbridge_patterns.plan.service_bus import check_own_events

_FILE = ("contracts", "services")
_SERVICE = (
    "account",
    "owner",
    "publishes",
    "consumes",
    "separate_inbox",
    "archive",
    "encryption",
    "schema_registry",
    "region",
    "monitoring",
)
_SUBSCRIPTION = ("event", "events", "detail", "name", "retry")

_EXAMPLE = 'orders: {account: "111111111111", publishes: [OrderPlaced.v1]}'
_EXAMPLE_WANT = "payments/PaymentFailed.v1"


@dataclass(frozen=True, kw_only=True)
class DeclaredService:
    """A service as a file declares it.

    Attributes:
        name: What it is called.

        arguments: What `Service` takes, by the names of its arguments.

        where: The place that declares it.
    """

    name: str
    arguments: Mapping[str, Any]
    where: Where


def read_services(files: Sequence[Path], contracts: Sequence[EventContract], faults: Faults) -> list[DeclaredService]:
    """Return the services of all *files* that are without fault.

    Args:
        files: YAML files; each may name a folder of contracts.

        contracts: Contracts that are not in such a folder.

        faults: Where to note what is wrong.
    """
    given = Catalogue(contracts, faults)
    declared: dict[str, DeclaredService] = {}
    for file in files:
        for service in _services_in(file, given, faults):
            if service.name in declared:
                faults.add(service.where, f"is declared twice; first at {declared[service.name].where}")
            declared[service.name] = service
    for service in declared.values():
        _check_published(service, declared, faults)
    return list(declared.values())


def _services_in(file: Path, given: Catalogue, faults: Faults) -> Iterator[DeclaredService]:
    document = read_document(file, faults)
    if document is None:
        return
    fields = Fields(document, Where(file), known=_FILE, faults=faults)
    folder = fields.text("contracts", "contracts")
    catalogue = given if folder is None else given.with_folder(file.parent / folder, fields.at("contracts"))
    if catalogue is None:
        return
    if not fields.get("services"):
        faults.add(fields.at("services"), f"must declare a service, such as 'services: {{{_EXAMPLE}}}'")
        return
    for name, service in fields.sections("services", _SERVICE, _EXAMPLE):
        before = len(faults)
        arguments = _arguments(name, service, catalogue, faults)
        if len(faults) == before:
            yield DeclaredService(name=name, arguments=arguments, where=service.where)


def _arguments(name: str, service: Fields, catalogue: Catalogue, faults: Faults) -> dict[str, Any]:
    published = [
        catalogue.contract(item, where, service=name) for item, where in service.items("publishes", "[OrderPlaced.v1]")
    ]
    wanted = [
        _subscription(item, where, catalogue, faults) for item, where in service.items("consumes", f"[{_EXAMPLE_WANT}]")
    ]
    publishes = [each for each in published if each is not None]
    with faults.caught(service.at("publishes")):
        check_own_events(publishes, name)
    return {
        "name": name,
        "account": service.account("account"),
        "owner": service.text("owner", "team-orders"),
        "publishes": publishes,
        "consumes": [each for each in wanted if each is not None],
        "separate_inbox": service.flag("separate_inbox"),
        "archive": archive_of(service, faults),
        "encryption": encryption_of(service, faults),
        "schema_registry": schema_registry_of(service, faults),
        "region": service.text("region", "eu-west-1"),
        "monitoring": monitoring_of(service, faults),
    }


def _subscription(item: object, where: Where, catalogue: Catalogue, faults: Faults) -> Consumes | None:
    """Return what a service wants: an event by its name, or a mapping that says which of them."""
    if not isinstance(item, Section):
        contract = catalogue.contract(item, where)
        return None if contract is None else Consumes(contract)
    fields = Fields(item, where, known=_SUBSCRIPTION, faults=faults)
    if ("event" in fields) == ("events" in fields):
        faults.add(where, f"must have either event or events, such as 'event: {_EXAMPLE_WANT}'")
        return None
    named = (
        [(fields.get("event"), fields.at("event"))]
        if "event" in fields
        else list(fields.items("events", f"[{_EXAMPLE_WANT}]"))
    )
    events = [contract for name, at in named if (contract := catalogue.contract(name, at)) is not None]
    retry = retry_of(fields, faults)
    if len(events) < len(named):
        return None
    with faults.caught(where):
        name = fields.text("name", "failed-payments")
        wanted = Consumes(*events, detail=fields.get("detail"), name=name, retry=retry)
        if wanted.detail is not None:
            check_detail(wanted.detail, events)
        return wanted
    return None


def _check_published(service: DeclaredService, declared: Mapping[str, DeclaredService], faults: Faults) -> None:
    """Refuse what another service of these files does not publish; a service of no file may be declared in Python."""
    for want in service.arguments["consumes"]:
        if want.producer == service.name:
            faults.add(service.where, f"consumes {want.events[0].name}, its own; no subscription is needed for that")
        if want.producer not in declared:
            continue
        published = [contract.title for contract in declared[want.producer].arguments["publishes"]]
        for contract in want.events:
            if contract.title not in published:
                faults.add(
                    service.where,
                    f"consumes {contract.name}, which '{want.producer}' does not publish; it publishes {published}",
                )
