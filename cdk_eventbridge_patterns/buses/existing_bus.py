"""A bus of the service's own that exists already, made by somebody or something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from constructs import Construct

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.buses.service_bus import ServiceBus
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey, check_encryption
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress, BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import check_service
from cdk_eventbridge_patterns.plan.adopted import Adopted
from cdk_eventbridge_patterns.plan.existing_bus import plan_access
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import aws_events as events


class ExistingBus(ServiceBus):
    """A bus that exists, with statements attached for those it is to let in: made by `ServiceBus.from_event_bus_arn`.

    The bus, its rules and the statements that its policy has stay as they are.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        event_bus_arn: str,
        *,
        service: str,
        publishes: Sequence[EventContract],
        publishers: Sequence[str],
        consumers: Sequence[Consumer],
        organization_id: str | None,
        owner: str | None,
        encryption: EncryptionKey | None,
        policy_quota: int,
        convention: NamingConvention | None,
    ) -> None:
        place = Place.of(scope, convention)
        check_encryption(encryption, place)
        declaration = ServiceBusDeclaration(
            service=check_service(service),
            account=place.account,
            region=place.region,
            naming=place.naming,
            publishes=publishes,
            publishers=publishers,
            consumers=consumers,
            organization_id=organization_id,
            owner=owner,
            policy_quota=policy_quota,
            adopt=Adopted(name=_bus_at(event_bus_arn, place).name),
        )
        plan = plan_access(declaration)
        place.check(plan)
        super().__init__(
            scope, id, place=place, service=service, bus=declaration.address, owner=owner, encryption=encryption
        )
        self.publishes = tuple(declaration.publishes)
        self._statements = place.put(self, plan) if plan.resources else None
        self._statement_ids = tuple(plan.resources)

    @property
    def cfn_event_bus_policies(self) -> Sequence[events.CfnEventBusPolicy]:
        """The attached statements as typed L1s."""
        if self._statements is None:
            return ()
        return tuple(self._statements.get_resource(each) for each in self._statement_ids)  # type: ignore[misc]

    def _published(self) -> Sequence[EventContract]:
        return self.publishes

    def _publish_condition_of(self, events: Sequence[EventContract]) -> Mapping[str, Any]:
        return super()._publish_condition_of(events or self.publishes)


def _bus_at(event_bus_arn: str, place: Place) -> BusAddress:
    """Return the bus with this ARN, which must be where the stack is."""
    bus = BusReference.from_arn(event_bus_arn).resolve(place.naming, place.region)
    if (bus.account, bus.region) != (place.account, place.region):
        msg = (
            f"bus {event_bus_arn} must be in the stack's account and Region, {place.account} and {place.region}; "
            "a bus elsewhere is a BusReference"
        )
        raise DeclarationError(msg)
    return bus
