"""A multi-bus, multi-account topology: every service has its own bus in its own account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aws_cdk import Environment
from constructs import Construct

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import TopologyError
from cdk_eventbridge_patterns.naming.arn import check_region
from cdk_eventbridge_patterns.naming.bus_reference import BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.bus import check_own_events
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.plan import duplicates, logical_id
from cdk_eventbridge_patterns.plan.registry import SchemaRegistry
from cdk_eventbridge_patterns.stacks.service import Service
from cdk_eventbridge_patterns.stacks.service_stack import INBOX, ServiceStack
from cdk_eventbridge_patterns.stacks.subscription_stack import SubscriptionStack
from cdk_eventbridge_patterns.tree.convention import convention_of
from cdk_eventbridge_patterns.tree.untouched import untouched_on_error


class MultiBusTopology(Construct):
    """Services, their events and who consumes what, as stacks for every account.

    Each service has a stack with its bus, and one with its rules on the buses of others, which waits for both sides: so
    services may consume from each other, and `cdk deploy --all` deploys them in any order of declaration. No stack
    refers to another but by names and ARNs that follow from the convention.

    Args:
        services: The services; each event that one consumes must be published by another.

        region: The Region of all of them.

        organization_id: Lets every account of this AWS organisation subscribe to every event, so that policies stay
            small with many consumers. Default: just the consumers that *services* declare, each to what it consumes.

        schema_registry: How the schemas of all services' events are registered and who may read them, or
            `Disabled(reason)`; a service may have it otherwise. Default: each is registered as JSON Schema draft 4, for
            the account itself.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        TopologyError: If the services don't fit together.
        EventBridgePatternsError: As the stacks do.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        services: Sequence[Service],
        region: str,
        organization_id: str | None = None,
        schema_registry: SchemaRegistry | Disabled | None = None,
        convention: NamingConvention | None = None,
    ) -> None:
        check_region(region)
        naming = convention_of(scope, convention)
        by_name = _by_name(services)
        for service in services:
            _check_wants(service, by_name, naming)
        super().__init__(scope, id)

        self.services = tuple(services)
        self._region = region
        self._naming = naming
        self._by_name = by_name
        self._organization_id = organization_id
        self._schema_registry = schema_registry
        self._consumers = _consumers(services)
        with untouched_on_error(scope, id):
            self.stacks: Mapping[str, ServiceStack] = {
                service.name: self._service_stack(service) for service in services
            }
            self.subscription_stacks: Mapping[str, SubscriptionStack] = {
                service.name: self._subscription_stack(service) for service in services if service.consumes
            }

    def _service_stack(self, service: Service) -> ServiceStack:
        return service.stack(
            self,
            logical_id(service.name),
            stack_name=self._naming.stack_name(service.name, "bus"),
            env=Environment(account=service.account, region=self._region),
            service=service.name,
            publishes=service.publishes,
            consumers=() if self._organization_id else self._consumers[service.name],
            organization_id=self._organization_id if service.publishes else None,
            consumes=service.wanted_events,
            separate_inbox=service.separate_inbox,
            owner=service.owner,
            archive=service.archive,
            schema_registry=self._registry_of(service) if service.publishes else None,
            convention=self._naming,
        )

    def _subscription_stack(self, service: Service) -> SubscriptionStack:
        stack = SubscriptionStack(
            self,
            logical_id(service.name, "Subscriptions"),
            stack_name=self._naming.stack_name(service.name, "subscriptions"),
            env=Environment(account=service.account, region=self._region),
            service=service.name,
            consumes=[want.at(self._bus_of(want.producer)) for want in service.wanted],
            separate_inbox=service.separate_inbox,
            owner=service.owner,
            convention=self._naming,
        )
        for name in sorted({service.name, *(want.producer for want in service.wanted)}):
            stack.add_stack_dependency(self.stacks[name])
        return stack

    def _registry_of(self, service: Service) -> SchemaRegistry | Disabled | None:
        return self._schema_registry if service.schema_registry is None else service.schema_registry

    def _bus_of(self, name: str) -> BusReference:
        return BusReference.of(name, account=self._by_name[name].account)


def _consumers(services: Sequence[Service]) -> dict[str, list[Consumer]]:
    """Return who may subscribe to each service, which follows from who consumes what."""
    consumers: dict[str, list[Consumer]] = {service.name: [] for service in services}
    for service in services:
        qualifier = INBOX if service.separate_inbox else None
        by_producer: dict[str, list[EventContract]] = {}
        for contract in service.wanted_events:
            by_producer.setdefault(contract.service, []).append(contract)
        for producer, events in by_producer.items():
            consumers[producer].append(Consumer(service.name, service.account, events=events, qualifier=qualifier))
    return consumers


def _by_name(services: Sequence[Service]) -> dict[str, Service]:
    check_list(
        services, "services", Service, "a list of Services, such as [Service('orders', '111111111111', publishes=[…])]"
    )
    if not services:
        msg = "services must name at least one service, got none"
        raise TopologyError(msg)
    if twice := duplicates(service.name for service in services):
        msg = f"service '{twice[0]}' is declared twice; a service has one place in a topology"
        raise TopologyError(msg)
    for service in services:
        check_own_events(service.publishes, service.name)
    return {service.name: service for service in services}


def _check_wants(service: Service, by_name: Mapping[str, Service], naming: NamingConvention) -> None:
    for want in service.wanted:
        producer = by_name.get(want.producer)
        if producer is None:
            msg = (
                f"'{service.name}' consumes events of '{want.producer}', which is not declared; "
                f"declared are {sorted(by_name)}"
            )
            raise TopologyError(msg)
        if producer is service:
            msg = f"'{service.name}' can't subscribe to its own bus; use deliver() in its stack"
            raise TopologyError(msg)
        if want.on is not None:
            msg = (
                f"on must be left out in a topology, which knows where '{producer.name}' is; "
                f"'{service.name}' gives {want.on!r} for {want.events[0].title}"
            )
            raise TopologyError(msg)
        published = {contract.title: contract.event_type(naming) for contract in producer.publishes}
        for contract in want.events:
            if contract.title not in published:
                msg = (
                    f"'{service.name}' consumes {contract.title}, which '{producer.name}' does not publish; "
                    f"it publishes {sorted(published)}"
                )
                raise TopologyError(msg)
            if contract.event_type(naming) != published[contract.title]:
                msg = (
                    f"'{service.name}' expects {contract.title} as {contract.event_type(naming)}, "
                    f"but '{producer.name}' publishes it as {published[contract.title]}; use the producer's contract"
                )
                raise TopologyError(msg)
