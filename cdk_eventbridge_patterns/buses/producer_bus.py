"""The bus of a service that publishes events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from constructs import Construct

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA
from cdk_eventbridge_patterns.buses.declared_bus import DeclaredBus
from cdk_eventbridge_patterns.buses.publishing import condition_of
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey, check_encryption
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.adopted import Adopted
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.monitoring import Monitoring
from cdk_eventbridge_patterns.plan.registry import SchemaRegistry
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.tree.place import Place


class ProducerBus(DeclaredBus):
    """The event bus of a service that publishes, with everything its consumers need and nothing more.

    Makes the bus; a policy that lets the service's account publish these events, and each consumer put rules on these
    events that carry its name and deliver to its bus; an archive for replay; and the events' schemas in a registry.

    Args:
        service: The service that owns the bus and its events.

        publishes: The contracts of its events, at least one.

        consumers: Who may subscribe, and to what. Default: nobody.

        publishers: Further accounts that may publish the service's events, 12 digits each. Default: only the bus's own.

        organization_id: Lets every account of this AWS organisation subscribe to every event, in place of
            *consumers*: for many consumers, since the policy then stays the same size. Default: only *consumers*.

        owner: The team that owns the service. Default: nobody is named.

        qualifier: Tells a second bus of the same service apart. Default: it is the main one.

        archive: How long events are kept for replay, or `Disabled(reason)`. Default: 30 days.

        encryption: The key that encrypts the bus, its archive, all queues that are made for it, and the dead-letter
            queue that it then has from the start. Default: keys that AWS owns.

        schema_registry: How the events' schemas are registered and who may read them, or `Disabled(reason)`. Default:
            each is registered as JSON Schema draft 4, for the account itself.

        policy_quota: How many characters the bus's policy may have, where AWS has raised the quota. Default: 10,240.

        receives: The events of others that arrive here, for an archive that keeps them by their class of data. Default:
            nobody says, and they are kept as all others.

        monitoring: How the bus is watched, or `Disabled(reason)`. Default: by alarms, a dashboard and a log of errors.

        adopt: What a bus that exists already keeps: its name, its logical id. Default: the bus is new.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If events, consumers and service don't fit together.
        AccessError: If the policy is over the quota.
        PlacementError: If the stack has no literal account and Region, or has this bus already.
        NamingError: If a name, account or id is not of the right form.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        service: str,
        publishes: Sequence[EventContract],
        consumers: Sequence[Consumer] = (),
        publishers: Sequence[str] = (),
        organization_id: str | None = None,
        owner: str | None = None,
        qualifier: str | None = None,
        archive: ArchiveSettings | Disabled | None = None,
        encryption: EncryptionKey | None = None,
        receives: Sequence[EventContract] = (),
        schema_registry: SchemaRegistry | Disabled | None = None,
        policy_quota: int = DEFAULT_POLICY_QUOTA,
        monitoring: Monitoring | Disabled | None = None,
        adopt: Adopted | None = None,
        convention: NamingConvention | None = None,
    ) -> None:
        place = Place.of(scope, convention)
        if not publishes:
            msg = "publishes must name at least one event contract; a service that publishes nothing has a ConsumerBus"
            raise DeclarationError(msg)
        declaration = ServiceBusDeclaration(
            service=service,
            account=place.account,
            region=place.region,
            naming=place.naming,
            qualifier=qualifier,
            publishes=publishes,
            publishers=publishers,
            consumers=consumers,
            organization_id=organization_id,
            owner=owner,
            archive=ArchiveSettings() if archive is None else archive,
            key=check_encryption(encryption, place),
            receives=receives,
            monitoring=Monitoring() if monitoring is None else monitoring,
            adopt=adopt,
            schema_registry=SchemaRegistry() if schema_registry is None else schema_registry,
            policy_quota=policy_quota,
        )
        plan = plan_service_bus(declaration)
        super().__init__(scope, id, place=place, declaration=declaration, plan=plan, encryption=encryption)
        self.publishes = tuple(declaration.publishes)

    def _publish_condition_of(self, events: Sequence[EventContract]) -> Mapping[str, Any]:
        return condition_of(events, self.publishes, self._place.naming)

    def _published(self) -> Sequence[EventContract]:
        return self.publishes

    def _check_routed(self, events: Sequence[EventContract]) -> None:
        own = {event.name for event in self.publishes}
        others = [event for event in events if event.service == self.service and event.name not in own]
        if others:
            published = " or ".join(event.title for event in self.publishes)
            msg = f"events must be among those that the bus publishes, {published}, got {others[0]!r}"
            raise DeclarationError(msg)
