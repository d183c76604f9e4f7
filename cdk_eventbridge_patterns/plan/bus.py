"""What a bus is made of: the bus, its policy, its archive and its registered schemas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA, check_policy_size
from cdk_eventbridge_patterns.access.publish import publish_statement, receive_statement
from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.access.subscribe import PURPOSES, organization_statements, subscribe_statements
from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import check_account, check_organization
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.plan.adopted import (
    Adopted,
    check_adopted,
    exemption_of,
    kept_id,
    kept_name,
    older_exemption,
)
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings, add_archive
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.plan import Plan, duplicates, logical_id
from cdk_eventbridge_patterns.plan.registry import (
    Readers,
    SchemaRegistry,
    add_discoverer,
    add_registry,
    add_registry_policy,
)
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp


@dataclass(frozen=True, kw_only=True)
class BusDeclaration:
    """A bus as its owner declares it; the constructs document the fields."""

    service: str
    account: str
    region: str
    naming: NamingConvention
    qualifier: str | None = None
    publishes: Sequence[EventContract] = ()
    publishers: Sequence[str] = ()
    consumers: Sequence[Consumer] = ()
    organization_id: str | None = None
    owner: str | None = None
    archive: ArchiveSettings | Disabled = field(default_factory=ArchiveSettings)
    schema_registry: SchemaRegistry | Disabled = field(default_factory=SchemaRegistry)
    policy_quota: int = DEFAULT_POLICY_QUOTA
    adopt: Adopted | None = None

    def __post_init__(self) -> None:
        """Refuse what doesn't fit together."""
        check_own_events(self.publishes, self.service)
        check_list(self.publishers, "publishers", str, "a list of account ids, such as ['111111111111']")
        check_list(
            self.consumers, "consumers", Consumer, "a list of Consumers, such as [Consumer('billing', '222222222222')]"
        )
        self._check_switches()
        check_adopted(self.adopt, ResourceKind.BUS)
        for publisher in self.publishers:
            check_account(publisher, "publishers")
        if self.organization_id is not None:
            check_organization(self.organization_id)
            if self.consumers:
                msg = (
                    "organization_id already lets every account subscribe; give consumers or organization_id, not both"
                )
                raise DeclarationError(msg)
        self._check_consumers()

    @cached_property
    def address(self) -> BusAddress:
        """Where the bus is."""
        name = self.naming.bus_name(self.service, qualifier=self.qualifier)
        return BusAddress(self.account, self.region, kept_name(self.adopt) or name)

    @property
    def bus_id(self) -> str:
        """The logical id of the bus."""
        return kept_id(self.adopt, self.declared_id)

    @property
    def declared_id(self) -> str:
        """The logical id that follows from what is declared, on which those of all that belongs to the bus build."""
        return logical_id(self.service, self.qualifier or "", "Bus")

    def event_types(self, events: Sequence[EventContract] | None = None) -> list[EventType]:
        """Return source and detail-type of *events*, or of all that the bus publishes."""
        return [contract.event_type(self.naming) for contract in (self.publishes if events is None else events)]

    def _check_switches(self) -> None:
        if not isinstance(self.archive, (ArchiveSettings, Disabled)):
            msg = f"archive must be ArchiveSettings(…) or Disabled(reason), got {self.archive!r}"
            raise DeclarationError(msg)
        if not isinstance(self.schema_registry, (SchemaRegistry, Disabled)):
            msg = f"schema_registry must be SchemaRegistry(…) or Disabled(reason), got {self.schema_registry!r}"
            raise DeclarationError(msg)

    def _check_consumers(self) -> None:
        if twice := duplicates(f"{c.service}/{c.qualifier or ''}" for c in self.consumers):
            msg = f"consumer '{twice[0].rstrip('/')}' is declared twice; list all its events in one Consumer"
            raise DeclarationError(msg)
        published = {contract.title for contract in self.publishes}
        for consumer in self.consumers:
            if consumer.service == self.service:
                msg = f"'{self.service}' can't be a consumer of its own bus; deliver() needs no permission"
                raise DeclarationError(msg)
            for contract in consumer.events or ():
                if contract.service != self.service or contract.title not in published:
                    msg = (
                        f"consumer '{consumer.service}' is allowed {contract.title} of '{contract.service}', which "
                        f"this bus does not publish; it publishes {sorted(published)}"
                    )
                    raise DeclarationError(msg)


def check_own_events(events: Sequence[EventContract], service: str) -> None:
    """Refuse what is no contract, events of another service, and two contracts for one event."""
    check_list(events, "publishes", EventContract, "a list of event contracts, such as [ORDER_PLACED]")
    for contract in events:
        if contract.service != service:
            msg = f"'{service}' can't publish {contract.title}: its contract belongs to '{contract.service}'"
            raise DeclarationError(msg)
    if twice := duplicates(contract.title for contract in events):
        msg = f"publishes names {twice[0]} twice; an event has one contract"
        raise DeclarationError(msg)


def plan_bus(declaration: BusDeclaration) -> Plan:
    """Return the resources of a bus."""
    plan = Plan()
    bus = declaration.address
    bus_id = plan.add(
        declaration.bus_id,
        "AWS::Events::EventBus",
        {"Name": bus.name, "Description": _description(declaration)},
        stamp=_stamp(declaration),
        exemption=exemption_of(declaration.adopt, declaration.naming, ResourceKind.BUS, declaration.service),
    )
    statements = _statements(declaration)
    check_policy_size(bus, list(statements.values()), declaration.policy_quota)
    for purpose, statement in statements.items():
        plan.add(
            logical_id(declaration.declared_id, "Allows", purpose),
            "AWS::Events::EventBusPolicy",
            {"EventBusName": bus.name, "StatementId": statement["Sid"], "Statement": statement},
            depends_on=[bus_id],
            exemption=older_exemption(declaration.naming, ResourceKind.STATEMENT, statement["Sid"]),
        )
    if isinstance(declaration.archive, ArchiveSettings):
        add_archive(
            plan,
            declaration.archive,
            archive_id=declaration.declared_id + "Archive",
            name=declaration.naming.archive_name(declaration.service, qualifier=declaration.qualifier),
            bus=bus,
            bus_id=bus_id,
            exemption=exemption_of(
                declaration.archive.adopt, declaration.naming, ResourceKind.ARCHIVE, declaration.service
            ),
        )
    if declaration.publishes and isinstance(declaration.schema_registry, SchemaRegistry):
        _add_registry(plan, declaration, declaration.schema_registry)
    return plan


def _description(declaration: BusDeclaration) -> str:
    role = "Events of" if declaration.publishes else "Events for"
    return f"{role} {declaration.service}"


def _stamp(declaration: BusDeclaration) -> Stamp:
    switches = {"archive": declaration.archive, "schema_registry": declaration.schema_registry}
    return Stamp(
        service=declaration.service,
        owner=declaration.owner,
        publishes=EventStamp.of_all(declaration.publishes, declaration.naming),
        disabled={key: value.reason for key, value in switches.items() if isinstance(value, Disabled)},
    )


def _statements(declaration: BusDeclaration) -> dict[str, Statement]:
    """Return the statements of the bus's policy, each by what it is for, which its logical id is made of."""
    bus, naming = declaration.address, declaration.naming
    if not declaration.publishes:
        return {"receive": receive_statement(bus, naming, declaration.service)}
    everything = declaration.event_types()
    accounts = sorted({bus.account, *declaration.publishers})
    return {"publish": publish_statement(bus, naming, accounts, everything), **consumer_statements(declaration)}


def consumer_statements(declaration: BusDeclaration) -> dict[str, Statement]:
    """Return the statements that let consumers of other accounts in, each by whom it is for and what."""
    bus, naming, everything = declaration.address, declaration.naming, declaration.event_types()
    statements: dict[str, Statement] = {}
    if declaration.organization_id is not None:
        allowed = organization_statements(bus, naming, declaration.organization_id, everything)
        statements |= _by_purpose("organization", allowed)
    for consumer in declaration.consumers:
        # In the bus's own account IAM alone decides; a bus policy would only cost characters.
        if consumer.account != bus.account:
            allowed = subscribe_statements(bus, naming, consumer, declaration.event_types(consumer.events))
            statements |= _by_purpose(f"{consumer.service}-{consumer.qualifier or ''}", allowed)
    return statements


def _by_purpose(scope: str, statements: Sequence[Statement]) -> dict[str, Statement]:
    return {f"{scope}-{purpose}": statement for purpose, statement in zip(PURPOSES, statements, strict=True)}


def _add_registry(plan: Plan, declaration: BusDeclaration, settings: SchemaRegistry) -> None:
    service, naming, bus = declaration.service, declaration.naming, declaration.address
    registry_id = add_registry(
        plan, settings, service=service, owner=declaration.owner, naming=naming, events=declaration.publishes
    )
    add_registry_policy(
        plan,
        _readers(declaration, settings),
        registry_id=registry_id,
        registry=naming.registry_name(service),
        account=bus.account,
        region=bus.region,
    )
    if settings.discovers(naming):
        others = {*declaration.publishers} - {bus.account}
        add_discoverer(plan, bus=bus, bus_id=declaration.bus_id, cross_account=bool(others))


def _readers(declaration: BusDeclaration, settings: SchemaRegistry) -> Readers:
    if not settings.consumers_read:
        return Readers(accounts=settings.readers, organization_id=settings.organization_id)
    consumers = [consumer.account for consumer in declaration.consumers]
    return Readers(accounts=[*settings.readers, *consumers], organization_id=declaration.organization_id)
