"""What topologies of all shapes share: services, their stacks, and who consumes what."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jsii
from aws_cdk import Environment, Stack
from constructs import Construct

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import TopologyError
from cdk_eventbridge_patterns.naming.arn import check_region
from cdk_eventbridge_patterns.naming.bus_reference import BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.consumes import Consumes
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.encryption import Encryption, check_encryption_settings
from cdk_eventbridge_patterns.plan.monitoring import Monitoring, topics_of
from cdk_eventbridge_patterns.plan.plan import duplicates, logical_id
from cdk_eventbridge_patterns.plan.registry import SchemaRegistry
from cdk_eventbridge_patterns.plan.service_bus import check_own_events
from cdk_eventbridge_patterns.stacks.platform import Platform
from cdk_eventbridge_patterns.stacks.service import Service
from cdk_eventbridge_patterns.stacks.service_stack import INBOX, ServiceStack
from cdk_eventbridge_patterns.stacks.subscription_stack import SubscriptionStack
from cdk_eventbridge_patterns.tree.convention import begin_with_convention, convention_of
from cdk_eventbridge_patterns.tree.place import without_traces
from cdk_eventbridge_patterns.tree.untouched import untouched_on_error


class ServiceTopology(Construct, metaclass=jsii.JSIIAbstractClass):
    """Services, their events and who consumes what, as stacks for every account; a subclass says in which shape.

    Make a `MultiBusTopology` or a `SingleBusTopology`. Both take the same, so another shape is another class name.

    `stacks` has the stack of each service, by its name; `subscription_stacks` those with its rules on other buses, by
    its name, and where those are in another Region than its own by name and Region, such as `billing/us-east-1`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        services: Sequence[Service],
        region: str,
        platform: Platform | None = None,
        organization_id: str | None = None,
        schema_registry: SchemaRegistry | Disabled | None = None,
        encryption: Encryption | None = None,
        policy_quota: int = DEFAULT_POLICY_QUOTA,
        monitoring: Monitoring | Disabled | None = None,
        convention: NamingConvention | None = None,
    ) -> None:
        check_region(region)
        check_encryption_settings(encryption)
        naming = convention_of(scope, convention)
        by_name = _by_name(services)
        for service in services:
            _check_wants(service, by_name, naming)
        self._check_platform(platform)
        _check_name(platform, by_name)
        super().__init__(scope, id)
        begin_with_convention(self, naming)
        without_traces(self, scope)

        self.services = tuple(services)
        self._platform = platform
        self._region = region
        self._naming = naming
        self._by_name = by_name
        self._organization_id = organization_id
        self._schema_registry = schema_registry
        self._encryption = encryption
        self._policy_quota = policy_quota
        self._monitoring = monitoring
        self._subscribers = self._consumers()
        with untouched_on_error(scope, id):
            self._make_shared()
            self.stacks: Mapping[str, ServiceStack] = {
                service.name: self._service_stack(service) for service in services
            }
            self.subscription_stacks: Mapping[str, SubscriptionStack] = dict(self._subscription_stacks())

    # -- what the shape decides ----------------------------------------------------------------------------

    def _check_platform(self, platform: Platform | None) -> None:
        """Refuse what is no platform of the shape. Default: one may be given or not."""
        if platform is not None and not isinstance(platform, Platform):
            msg = f"platform must be a Platform, such as Platform('platform', '444444444444'), got {platform!r}"
            raise TopologyError(msg)

    def _make_shared(self) -> None:
        """Make what the services share. Default: nothing."""

    @abstractmethod
    def _publishing(self, service: Service) -> Mapping[str, Any]:
        """Return the arguments of a service's stack that say where and how it publishes."""

    @abstractmethod
    def _bus_of(self, producer: Service) -> BusReference:
        """Return the bus on which *producer* publishes."""

    @abstractmethod
    def _stack_of_bus(self, producer: Service) -> Stack:
        """Return the stack of that bus."""

    # -- the stacks of a service ---------------------------------------------------------------------------

    def _service_stack(self, service: Service) -> ServiceStack:
        return service.stack(
            self,
            logical_id(service.name),
            stack_name=self._naming.stack_name(service.name, "bus"),
            env=Environment(account=service.account, region=self._region_of(service)),
            service=service.name,
            publishes=service.publishes,
            **(self._publishing(service) if service.publishes else {}),
            consumes=service.wanted_events,
            separate_inbox=service.separate_inbox,
            owner=service.owner,
            archive=service.archive,
            **self._encryption_of(service),
            monitoring=self._monitoring_of(service),
            convention=self._naming,
        )

    def _subscription_stacks(self) -> Iterator[tuple[str, SubscriptionStack]]:
        """Return a stack for each Region in which a service subscribes: a rule is in the Region of its bus."""
        for service in self.services:
            by_region: dict[str, list[Consumes]] = {}
            for want in service.wanted:
                bus = self._bus_of(self._by_name[want.producer])
                by_region.setdefault(bus.region or self._region, []).append(want.at(bus))
            for region, wanted in by_region.items():
                elsewhere = [] if region == self._region_of(service) else [region]
                stack = self._subscription_stack(service, wanted, region, ["subscriptions", *elsewhere])
                yield "/".join([service.name, *elsewhere]), stack

    def _subscription_stack(
        self, service: Service, wanted: Sequence[Consumes], region: str, called: Sequence[str]
    ) -> SubscriptionStack:
        stack = SubscriptionStack(
            self,
            logical_id(service.name, *called),
            stack_name=self._naming.stack_name(service.name, "-".join(called)),
            env=Environment(account=service.account, region=region),
            service=service.name,
            consumes=wanted,
            separate_inbox=service.separate_inbox,
            bus_region=self._region_of(service),
            owner=service.owner,
            **self._encryption_of(service),
            # An alarm tells topics of its own Region only.
            notify=topics_of(self._monitoring_of(service)) if region == self._region_of(service) else (),
            convention=self._naming,
        )
        buses = (self._stack_of_bus(self._by_name[want.producer]) for want in wanted)
        # Several producers may share a bus, and so a stack; adding a dependency again would only cost time.
        for needed in dict.fromkeys((self.stacks[service.name], *buses)):
            stack.add_stack_dependency(needed)
        return stack

    def _region_of(self, service: Service) -> str:
        return service.region or self._region

    def _monitoring_of(self, owner: Service | Platform) -> Monitoring | Disabled | None:
        return self._monitoring if owner.monitoring is None else owner.monitoring

    def _registry_of(self, service: Service) -> SchemaRegistry | Disabled | None:
        return self._schema_registry if service.schema_registry is None else service.schema_registry

    def _encryption_of(self, owner: Service | Platform) -> Mapping[str, Any]:
        """Return how the keys of a stack are kept; without any, a team's own stack need not take the argument."""
        settings = owner.encryption or self._encryption
        return {} if settings is None else {"encryption": settings}

    def _consumers(self) -> dict[str, list[Consumer]]:
        """Return who may subscribe to each service, which follows from who consumes what."""
        consumers: dict[str, list[Consumer]] = {service.name: [] for service in self.services}
        for service in self.services:
            by_producer: dict[str, list[EventContract]] = {}
            for contract in service.wanted_events:
                by_producer.setdefault(contract.service, []).append(contract)
            for producer, events in by_producer.items():
                consumer = Consumer(
                    service.name,
                    service.account,
                    events=events,
                    region=self._region_of(service),
                    qualifier=INBOX if service.separate_inbox else None,
                )
                consumers[producer].append(consumer)
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


def _check_name(platform: Platform | None, services: Mapping[str, Service]) -> None:
    if platform is not None and platform.name in services:
        msg = f"platform must have a name of its own, got '{platform.name}', which is a service too"
        raise TopologyError(msg)
