"""A bus that somebody else owns, as the service sees it that publishes there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from constructs import Construct

from cdk_eventbridge_patterns.buses.publishing import PublishingBus, condition_of
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import check_account, check_organization
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress, BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import check_service
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.monitored_bus import MonitoredBus
from cdk_eventbridge_patterns.plan.monitoring import Monitoring, add_publish_alarm, check_monitoring
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.registry import Readers, SchemaRegistry, add_registry
from cdk_eventbridge_patterns.plan.service_bus import check_own_events, check_schema_registry
from cdk_eventbridge_patterns.tree.place import Place


class RemoteBus(PublishingBus):
    """A bus that somebody else owns and a service of this account publishes on.

    Makes the registry of the service's schemas, in its own account, and grants roles of this account what they need to
    publish; the owner of the bus must let the account in as well: by `publishers` of a `ProducerBus`, or as a `Member`
    of a `CentralBus`.

    Args:
        on: The bus, such as `BusReference.central("platform", account="444444444444")`.

        service: The service that publishes.

        publishes: The contracts of its events, at least one.

        readers: The accounts that may read the schemas where *schema_registry* has `consumers_read`. Default: none.

        organization_id: Lets the whole AWS organisation read them there, in place of *readers*. Default: nobody else.

        owner: The team that owns the service. Default: nobody is named.

        schema_registry: How the events' schemas are registered and who may read them, or `Disabled(reason)`; schemas
            are discovered by the owner of the bus only. Default: each is registered as JSON Schema draft 4, for the
            account itself.

        monitoring: Whom the alarm on refused entries of `PutEvents` tells, or `Disabled(reason)`; all else is watched
            by the owner of the bus. Default: there is one, and it tells nobody.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If events and service don't fit together.
        PlacementError: If the stack has no literal account and Region, or has the registry already.
        NamingError: If a name, account or id is not of the right form.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        on: BusReference,
        service: str,
        publishes: Sequence[EventContract],
        readers: Sequence[str] = (),
        organization_id: str | None = None,
        owner: str | None = None,
        schema_registry: SchemaRegistry | Disabled | None = None,
        monitoring: Monitoring | Disabled | None = None,
        convention: NamingConvention | None = None,
    ) -> None:
        place = Place.of(scope, convention)
        if not isinstance(on, BusReference):
            msg = f"on must be a bus reference, such as BusReference.central('platform', account='…'), got {on!r}"
            raise DeclarationError(msg)
        address = on.resolve(place.naming, place.region)
        check_own_events(publishes, check_service(service))
        if not publishes:
            msg = "publishes must name at least one event contract, such as ORDER_PLACED, got none"
            raise DeclarationError(msg)
        check_list(readers, "readers", str, "a list of account ids, such as ['222222222222']")
        for reader in readers:
            check_account(reader, "readers")
        if organization_id is not None:
            check_organization(organization_id)
        settings = SchemaRegistry() if schema_registry is None else schema_registry
        check_schema_registry(settings)
        watched = Monitoring() if monitoring is None else monitoring
        check_monitoring(watched)
        plan = Plan()
        if isinstance(settings, SchemaRegistry):
            add_registry(
                plan,
                settings,
                service=service,
                owner=owner,
                naming=place.naming,
                events=publishes,
                readers=settings.read_by(Readers(accounts=readers, organization_id=organization_id)),
                account=place.account,
                region=place.region,
            )
        if isinstance(watched, Monitoring):
            publisher = MonitoredBus(
                service=service,
                address=BusAddress(place.account, place.region, address.name),
                declared_id=logical_id(service, "Bus"),
                naming=place.naming,
                owner=owner,
                publishes=True,
            )
            add_publish_alarm(plan, publisher, watched)
        place.check(plan)
        super().__init__(scope, id)

        self.service = service
        self.owner = owner
        self.address = address
        self.publishes = tuple(publishes)
        self._place = place
        if plan.resources:
            place.put(self, plan)

    def _publish_condition_of(self, events: Sequence[EventContract]) -> Mapping[str, Any]:
        return condition_of(events, self.publishes, self._place.naming)
