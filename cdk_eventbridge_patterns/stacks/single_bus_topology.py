"""A single-bus, multi-account topology: services share one bus of a platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from aws_cdk import Environment

from cdk_eventbridge_patterns.access.member import Member
from cdk_eventbridge_patterns.errors import TopologyError
from cdk_eventbridge_patterns.naming.bus_reference import BusReference
from cdk_eventbridge_patterns.plan.plan import logical_id
from cdk_eventbridge_patterns.plan.registry import SchemaRegistry
from cdk_eventbridge_patterns.stacks.platform import Platform
from cdk_eventbridge_patterns.stacks.platform_stack import PlatformStack
from cdk_eventbridge_patterns.stacks.service import Service
from cdk_eventbridge_patterns.stacks.service_stack import INBOX
from cdk_eventbridge_patterns.stacks.service_topology import ServiceTopology


class SingleBusTopology(ServiceTopology):
    """Services, their events and who consumes what: all publish on one bus, in a platform's account.

    The platform has a stack with the central bus, whose policy holds each account to the events that its service
    publishes and consumes. Each service that consumes has a bus of its own, on which it receives, and a stack with its
    rules on the central bus. It takes what `MultiBusTopology` takes; the stacks of teams work in both shapes if they
    publish by `self.bus.grant_publish` and deliver by `self.inbox.deliver`.

    Args:
        services: The services; each event that one consumes must be published by another.

        region: The Region of all of them that name none.

        platform: Who owns the central bus, and where.

        organization_id: Lets every account of this AWS organisation subscribe to every event. What each
            account may publish is held as before. Default: just the consumers that *services* declare, each to what it
            consumes.

        schema_registry: How the schemas of all services' events are registered and who may read them, or
            `Disabled(reason)`; a service may have it otherwise. Default: each is registered as JSON Schema draft 4, for
            the account itself.

        encryption: How keys are kept that encrypt all that the stacks have of events, one made in each; a service may
            have it otherwise. Default: there are none; keys that AWS owns do it.

        policy_quota: How many characters the policy of the central bus may have, where AWS has raised the quota.
            Default: 10,240.

        monitoring: How all buses are watched, or `Disabled(reason)`; a service may have it otherwise. Default: as
            `Monitoring()` has it.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        TopologyError: If the services don't fit together, or there is no platform.
        AccessError: If the policy of the central bus is over the quota.
        EventBridgePatternsError: As the stacks do.
    """

    def _check_platform(self, platform: Platform | None) -> None:
        if platform is None:
            msg = (
                "platform must say who owns the central bus, such as Platform('platform', '444444444444'), got None; "
                "without a central bus the shape is MultiBusTopology"
            )
            raise TopologyError(msg)
        super()._check_platform(platform)

    @property
    def _owner(self) -> Platform:
        """The platform, of which it is sure that there is one."""
        return cast("Platform", self._platform)

    @property
    def _central(self) -> BusReference:
        return BusReference.central(self._owner.name, account=self._owner.account, region=self._region)

    def _make_shared(self) -> None:
        platform = self._owner
        self.platform_stack: PlatformStack = platform.stack(
            self,
            logical_id(platform.name),
            stack_name=self._naming.stack_name(platform.name, "bus"),
            env=Environment(account=platform.account, region=self._region),
            service=platform.name,
            members=[self._member(service) for service in self.services],
            organization_id=self._organization_id,
            owner=platform.owner,
            archive=platform.archive,
            **self._encryption_of(platform),
            discover_in=self._discovered_in(),
            policy_quota=self._policy_quota,
            monitoring=self._monitoring_of(platform),
            convention=self._naming,
        )

    def _member(self, service: Service) -> Member:
        return Member(
            service.name,
            service.account,
            publishes=service.publishes,
            consumes=service.wanted_events,
            region=self._region_of(service),
            qualifier=INBOX if service.separate_inbox else None,
        )

    def _discovered_in(self) -> Sequence[str]:
        registry = self._schema_registry
        return registry.discover_in if isinstance(registry, SchemaRegistry) else ()

    def _publishing(self, service: Service) -> Mapping[str, Any]:
        return {
            "publishes_on": self._central,
            "consumers": () if self._organization_id else self._subscribers[service.name],
            "organization_id": self._organization_id,
            "schema_registry": self._registry_of(service),
        }

    def _bus_of(self, _: Service) -> BusReference:
        return self._central

    def _stack_of_bus(self, _: Service) -> PlatformStack:
        return self.platform_stack
