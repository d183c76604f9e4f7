"""What a service adds to the default bus of its account: statements that let others put rules on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA, check_policy_size
from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.access.subscribe import default_bus_statements
from cdk_eventbridge_patterns.contracts.aws_event import AwsEvent
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.bus_reference import DEFAULT_BUS, BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import check_service
from cdk_eventbridge_patterns.plan.bus import add_statement, by_purpose
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.consumers import check_consumers
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id


@dataclass(frozen=True, kw_only=True)
class DefaultBusDeclaration:
    """What a service declares of the default bus of its account; `DefaultBus` documents the fields."""

    service: str
    account: str
    region: str
    naming: NamingConvention
    offers: Sequence[AwsEvent] = ()
    consumers: Sequence[Consumer] = ()
    organization_id: str | None = None
    policy_quota: int = DEFAULT_POLICY_QUOTA

    def __post_init__(self) -> None:
        """Refuse what doesn't fit together."""
        check_service(self.service)
        check_list(self.offers, "offers", AwsEvent, "a list of AwsEvents, such as [S3_OBJECT_CREATED]")
        example = "[Consumer('audit', '222222222222', events=[S3_OBJECT_CREATED])]"
        check_consumers(self.consumers, self.organization_id, example=example)
        if self.organization_id is not None and not self.offers:
            msg = "offers must say which events the organisation may take, such as [S3_OBJECT_CREATED], got none"
            raise DeclarationError(msg)
        for consumer in self.consumers:
            self._check_consumer(consumer)

    @property
    def address(self) -> BusAddress:
        """Where the bus is."""
        return BusAddress(self.account, self.region, DEFAULT_BUS)

    def events_for(self, consumer: Consumer) -> Sequence[EventContract]:
        """Return the events that *consumer* may take."""
        return self.offers if consumer.events is None else consumer.events

    def _check_consumer(self, consumer: Consumer) -> None:
        events = self.events_for(consumer)
        if not events:
            msg = (
                f"events of consumer '{consumer.service}' must say what it may take of all that AWS publishes, such "
                "as [S3_OBJECT_CREATED], got none"
            )
            raise DeclarationError(msg)
        for event in events:
            if not isinstance(event, AwsEvent):
                msg = f"events of consumer '{consumer.service}' must be AwsEvents on a default bus, got {event!r}"
                raise DeclarationError(msg)


def plan_default_bus(declaration: DefaultBusDeclaration) -> Plan:
    """Return the statements, each a resource of its own: the bus has others, of whoever else is in the account."""
    plan = Plan()
    bus = declaration.address
    statements = _statements(declaration)
    check_policy_size(bus, list(statements.values()), declaration.policy_quota)
    for purpose, statement in statements.items():
        statement_id = logical_id(declaration.service, "DefaultBusAllows", purpose)
        add_statement(plan, statement_id, bus=bus, statement=statement, naming=declaration.naming)
    return plan


def _statements(declaration: DefaultBusDeclaration) -> dict[str, Statement]:
    """Return the statements, each by what it is for, which its logical id is made of."""
    if declaration.organization_id is not None:
        return _for(declaration, declaration.organization_id, "organization", declaration.offers)
    statements: dict[str, Statement] = {}
    for consumer in declaration.consumers:
        # In the bus's own account IAM alone decides; a bus policy would only cost characters.
        if consumer.account != declaration.account:
            scope = f"{consumer.service}-{consumer.qualifier or ''}"
            statements |= _for(declaration, consumer, scope, declaration.events_for(consumer))
    return statements


def _for(
    declaration: DefaultBusDeclaration, who: Consumer | str, scope: str, events: Sequence[EventContract]
) -> dict[str, Statement]:
    naming = declaration.naming
    event_types = [event.event_type(naming) for event in events]
    allowed = default_bus_statements(declaration.address, naming, declaration.service, who, event_types)
    return by_purpose(scope, allowed)
