"""What a central bus is made of: its policy holds each account to the events it may publish and subscribe to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cdk_eventbridge_patterns.access.member import Member
from cdk_eventbridge_patterns.access.publish import publish_statement
from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.access.subscribe import organization_statements_for_sources, subscribe_statements
from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import check_organization
from cdk_eventbridge_patterns.plan.bus import BusDeclaration, add_bus, by_purpose, check_not_discovered
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.plan import Plan, duplicates
from cdk_eventbridge_patterns.plan.registry import SchemaRegistry, add_discoverer
from cdk_eventbridge_patterns.plan.service_bus import check_own_events
from cdk_eventbridge_patterns.topology.stamp import EventStamp

_EXAMPLE = "a list of Members, such as [Member('orders', '111111111111', publishes=[ORDER_PLACED])]"


@dataclass(frozen=True, kw_only=True)
class CentralBusDeclaration(BusDeclaration):
    """A bus that many services share; `CentralBus` documents the fields."""

    members: Sequence[Member]
    discover_in: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse what doesn't fit together."""
        super().__post_init__()
        check_list(self.members, "members", Member, _EXAMPLE)
        if not self.members:
            msg = f"members must be {_EXAMPLE}, got none"
            raise DeclarationError(msg)
        if self.organization_id is not None:
            check_organization(self.organization_id)
        if twice := duplicates(member.service for member in self.members):
            msg = f"member '{twice[0]}' is declared twice; list all that it publishes and consumes in one Member"
            raise DeclarationError(msg)
        for member in self.members:
            check_own_events(member.publishes, member.service)
        published = {(contract.service, contract.title) for contract in self.publishes}
        for member in self.members:
            self._check_consumes(member, published)

    @property
    def publishes(self) -> list[EventContract]:
        """All events that members publish."""
        return [contract for member in self.members for contract in member.publishes]

    @property
    def description(self) -> str:
        """What the bus is for, in a few words."""
        return f"Events of many services, kept by {self.service}"

    def stamps(self) -> list[EventStamp]:
        """Return the events that are published on the bus, each with the account that publishes it."""
        accounts = {member.service: member.account for member in self.members}
        stamps = EventStamp.of_all(self.publishes, self.naming)
        return [replace(stamp, account=self._elsewhere(accounts[stamp.service])) for stamp in stamps]

    def readers(self) -> list[str]:
        """Return the accounts that may put rules on the bus; with an organisation, that stands for all of them."""
        return [member.account for member in self.members if member.consumes and self.organization_id is None]

    def statements(self) -> dict[str, Statement]:
        """Return the statements of the bus's policy, each by what it is for."""
        bus, naming = self.address, self.naming
        carried = self._event_types(self.publishes)
        statements: dict[str, Statement] = {}
        for member in self.members:
            if member.publishes:
                statement = publish_statement(
                    bus, naming, [member.account], self._event_types(member.publishes), publisher=member.service
                )
                statements[f"{member.service}-publish"] = statement
            consumer = member.consumer
            # In the bus's own account IAM alone decides; a bus policy would only cost characters.
            if self.organization_id is None and consumer is not None and consumer.account != bus.account:
                allowed = subscribe_statements(bus, naming, consumer, self._event_types(member.consumes), carried)
                statements |= by_purpose(f"{member.service}-{member.qualifier or ''}", allowed)
        if self.organization_id is not None:
            # Not a list of all events, which would grow: what the bus carries is held by who may publish.
            allowed = organization_statements_for_sources(bus, naming, self.organization_id, self._sources())
            statements |= by_purpose("organization", allowed)
        return statements

    def _event_types(self, events: Sequence[EventContract]) -> list[EventType]:
        return [contract.event_type(self.naming) for contract in events]

    def _sources(self) -> list[str]:
        """Return the sources of all events: those of the convention by what they begin with, the others in full."""
        by_convention = self.naming.source(self.service).removesuffix(self.service)
        others = {
            each.source for each in self._event_types(self.publishes) if not each.source.startswith(by_convention)
        }
        return [f"{by_convention}*", *sorted(others)]

    def _elsewhere(self, account: str) -> str | None:
        return None if account == self.account else account

    def _check_consumes(self, member: Member, published: set[tuple[str, str]]) -> None:
        for contract in member.consumes:
            if (contract.service, contract.title) not in published:
                msg = (
                    f"member '{member.service}' consumes {contract.title} of '{contract.service}', which no member "
                    "publishes; name it in publishes= of one"
                )
                raise DeclarationError(msg)


def plan_central_bus(declaration: CentralBusDeclaration) -> Plan:
    """Return the resources of a central bus; the schemas of events are registered by the services that own them."""
    plan = Plan()
    add_bus(plan, declaration)
    if SchemaRegistry(discover_in=declaration.discover_in).discovers(declaration.naming):
        check_not_discovered(declaration.key, declaration.address)
        add_discoverer(plan, bus=declaration.address, bus_id=declaration.bus_id, cross_account=True)
    return plan
