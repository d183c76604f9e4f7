"""What the bus of one service is made of: besides what every bus has, the schemas of its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.publish import publish_statement, receive_statement
from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.access.subscribe import organization_statements, subscribe_statements
from cdk_eventbridge_patterns.contracts.aws_event import AwsEvent
from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import check_account
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.bus import BusDeclaration, add_bus, by_purpose, check_not_discovered
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.consumers import check_consumers
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.plan import Plan, duplicates
from cdk_eventbridge_patterns.plan.registry import Readers, SchemaRegistry, add_discoverer, add_registry
from cdk_eventbridge_patterns.topology.stamp import EventStamp


@dataclass(frozen=True, kw_only=True)
class ServiceBusDeclaration(BusDeclaration):
    """The bus of one service; the constructs document the fields."""

    publishes: Sequence[EventContract] = ()
    publishers: Sequence[str] = ()
    consumers: Sequence[Consumer] = ()
    receives: Sequence[EventContract] = ()
    schema_registry: SchemaRegistry | Disabled = field(default_factory=SchemaRegistry)

    def __post_init__(self) -> None:
        """Refuse what doesn't fit together."""
        check_own_events(self.publishes, self.service)
        check_list(self.publishers, "publishers", str, "a list of account ids, such as ['111111111111']")
        check_consumers(self.consumers, self.organization_id, example="[Consumer('billing', '222222222222')]")
        check_list(self.receives, "receives", EventContract, "a list of event contracts, such as [ORDER_PLACED]")
        super().__post_init__()
        self._check_archive()
        check_schema_registry(self.schema_registry)
        for publisher in self.publishers:
            check_account(publisher, "publishers")
        self._check_consumed()

    @property
    def description(self) -> str:
        """What the bus is for, in a few words."""
        return f"{'Events of' if self.publishes else 'Events for'} {self.service}"

    def stamps(self) -> list[EventStamp]:
        """Return the events that are published on the bus."""
        return EventStamp.of_all(self.publishes, self.naming)

    def readers(self) -> list[str]:
        """Return the accounts that may put rules on the bus."""
        return [consumer.account for consumer in self.consumers]

    def archived(self) -> list[EventStamp]:
        """Return the events that are known to arrive on the bus: its own and those of others."""
        return [*self.stamps(), *EventStamp.of_all(self.receives, self.naming)]

    def switches(self) -> dict[str, object]:
        """Return what is on by default and may be switched off, by the name of its argument."""
        return {**super().switches(), "schema_registry": self.schema_registry}

    def event_types(self, events: Sequence[EventContract] | None = None) -> list[EventType]:
        """Return source and detail-type of *events*, or of all that the bus publishes."""
        return [contract.event_type(self.naming) for contract in (self.publishes if events is None else events)]

    def statements(self) -> dict[str, Statement]:
        """Return the statements of the bus's policy, each by what it is for."""
        bus, naming = self.address, self.naming
        if not self.publishes:
            return {"receive": receive_statement(bus, naming, self.service)}
        accounts = sorted({bus.account, *self.publishers})
        publish = publish_statement(bus, naming, accounts, self.event_types())
        return {"publish": publish, **self.consumer_statements()}

    def consumer_statements(self) -> dict[str, Statement]:
        """Return the statements that let consumers of other accounts in, each by whom it is for and what."""
        bus, naming, everything = self.address, self.naming, self.event_types()
        statements: dict[str, Statement] = {}
        if self.organization_id is not None:
            allowed = organization_statements(bus, naming, self.organization_id, everything)
            statements |= by_purpose("organization", allowed)
        for consumer in self.consumers:
            # In the bus's own account IAM alone decides; a bus policy would only cost characters.
            if consumer.account != bus.account:
                allowed = subscribe_statements(bus, naming, consumer, self.event_types(consumer.events), everything)
                statements |= by_purpose(f"{consumer.service}-{consumer.qualifier or ''}", allowed)
        return statements

    def _check_archive(self) -> None:
        """Refuse to keep events by their class of data where nobody says which events there are."""
        by_class = self.archive.by_data_class if isinstance(self.archive, ArchiveSettings) else {}
        if by_class and not (self.publishes or self.receives):
            msg = "by_data_class needs receives=, the events that arrive on the bus, whose contracts say their class"
            raise DeclarationError(msg)

    def _check_consumed(self) -> None:
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
        if isinstance(contract, AwsEvent):
            msg = f"publishes must be events of '{service}', got {contract!r}, which nobody but AWS can publish"
            raise DeclarationError(msg)
        if contract.service != service:
            msg = f"'{service}' can't publish {contract.title}: its contract belongs to '{contract.service}'"
            raise DeclarationError(msg)
    if twice := duplicates(contract.title for contract in events):
        msg = f"publishes names {twice[0]} twice; an event has one contract"
        raise DeclarationError(msg)


def check_schema_registry(value: object) -> None:
    """Refuse what is no setting of a registry."""
    if not isinstance(value, (SchemaRegistry, Disabled)):
        msg = f"schema_registry must be SchemaRegistry(…) or Disabled(reason), got {value!r}"
        raise DeclarationError(msg)


def plan_service_bus(declaration: ServiceBusDeclaration) -> Plan:
    """Return the resources of a service's bus."""
    plan, bus = Plan(), declaration.address
    add_bus(plan, declaration)
    settings = declaration.schema_registry
    if declaration.publishes and isinstance(settings, SchemaRegistry):
        consumers = [consumer.account for consumer in declaration.consumers]
        add_registry(
            plan,
            settings,
            service=declaration.service,
            owner=declaration.owner,
            naming=declaration.naming,
            events=declaration.publishes,
            readers=settings.read_by(Readers(accounts=consumers, organization_id=declaration.organization_id)),
            account=bus.account,
            region=bus.region,
        )
        if settings.discovers(declaration.naming):
            others = {*declaration.publishers} - {bus.account}
            check_not_discovered(declaration.key, bus)
            add_discoverer(plan, bus=bus, bus_id=declaration.bus_id, cross_account=bool(others))
    return plan
