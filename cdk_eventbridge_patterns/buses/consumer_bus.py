"""The bus of a service that only consumes."""

from __future__ import annotations

from collections.abc import Sequence

from constructs import Construct

from cdk_eventbridge_patterns.buses.declared_bus import DeclaredBus
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey, check_encryption
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.adopted import Adopted
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.monitoring import Monitoring
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.tree.place import Place


class ConsumerBus(DeclaredBus):
    """The event bus on which a service receives what it subscribes to.

    Makes the bus, a policy that lets only the roles of the service's own subscriptions deliver to it, and an archive,
    so that the service can replay what it received without asking the producer.

    Args:
        service: The service that owns the bus.

        owner: The team that owns the service. Default: nobody is named.

        qualifier: Tells a second bus of the same service apart. Default: it is the main one.

        archive: How long events are kept for replay, or `Disabled(reason)`. Default: 30 days.

        encryption: The key that encrypts the bus, its archive, all queues that are made for it, and the dead-letter
            queue that it then has from the start. Default: keys that AWS owns.

        receives: The events of others that arrive here, for an archive that keeps them by their class of data. Default:
            nobody says, and they are kept as all others.

        monitoring: How the bus is watched, or `Disabled(reason)`. Default: by alarms, a dashboard and a log of errors.

        adopt: What a bus that exists already keeps: its name, its logical id. Default: the bus is new.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If *archive* is by class of data, and nobody says what arrives.
        PlacementError: If the stack has no literal account and Region, or has this bus already.
        NamingError: If a name is not of the right form.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        service: str,
        owner: str | None = None,
        qualifier: str | None = None,
        archive: ArchiveSettings | Disabled | None = None,
        encryption: EncryptionKey | None = None,
        receives: Sequence[EventContract] = (),
        monitoring: Monitoring | Disabled | None = None,
        adopt: Adopted | None = None,
        convention: NamingConvention | None = None,
    ) -> None:
        place = Place.of(scope, convention)
        declaration = ServiceBusDeclaration(
            service=service,
            account=place.account,
            region=place.region,
            naming=place.naming,
            qualifier=qualifier,
            owner=owner,
            archive=ArchiveSettings() if archive is None else archive,
            key=check_encryption(encryption, place),
            receives=receives,
            monitoring=Monitoring() if monitoring is None else monitoring,
            adopt=adopt,
        )
        plan = plan_service_bus(declaration)
        super().__init__(scope, id, place=place, declaration=declaration, plan=plan, encryption=encryption)
