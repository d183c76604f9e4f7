"""A multi-bus, multi-account topology: every service has its own bus in its own account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.naming.bus_reference import BusReference
from cdk_eventbridge_patterns.stacks.service import Service
from cdk_eventbridge_patterns.stacks.service_stack import ServiceStack
from cdk_eventbridge_patterns.stacks.service_topology import ServiceTopology


class MultiBusTopology(ServiceTopology):
    """Services, their events and who consumes what: every service has its own bus in its own account.

    Each service has a stack with its bus, and one with its rules on the buses of others, which waits for both sides: so
    services may consume from each other, and `cdk deploy --all` deploys them in any order of declaration. No stack
    refers to another but by names and ARNs that follow from the convention.

    Args:
        services: The services; each event that one consumes must be published by another.

        region: The Region of all of them that name none.

        platform: Who owns the central bus where the shape is `SingleBusTopology`; this shape has none, and takes it so
            that one declaration serves both. Default: nobody.

        organization_id: Lets every account of this AWS organisation subscribe to every event, so that policies stay
            small with many consumers. Default: just the consumers that *services* declare, each to what it consumes.

        schema_registry: How the schemas of all services' events are registered and who may read them, or
            `Disabled(reason)`; a service may have it otherwise. Default: each is registered as JSON Schema draft 4, for
            the account itself.

        encryption: How keys are kept that encrypt all that the stacks have of events, one made in each; a service may
            have it otherwise. Default: there are none; keys that AWS owns do it.

        policy_quota: How many characters the policy of each bus may have, where AWS has raised the quota.
            Default: 10,240.

        monitoring: How all buses are watched, or `Disabled(reason)`; a service may have it otherwise. Default: as
            `Monitoring()` has it.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        TopologyError: If the services don't fit together.
        EventBridgePatternsError: As the stacks do.
    """

    def _publishing(self, service: Service) -> Mapping[str, Any]:
        return {
            "consumers": () if self._organization_id else self._subscribers[service.name],
            "organization_id": self._organization_id,
            "schema_registry": self._registry_of(service),
            "policy_quota": self._policy_quota,
        }

    def _bus_of(self, producer: Service) -> BusReference:
        return BusReference.of(producer.name, account=producer.account, region=self._region_of(producer))

    def _stack_of_bus(self, producer: Service) -> ServiceStack:
        return self.stacks[producer.name]
