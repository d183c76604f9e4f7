"""The one bus of a platform that many services share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from constructs import Construct

from cdk_eventbridge_patterns.access.member import Member
from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA
from cdk_eventbridge_patterns.buses.declared_bus import DeclaredBus
from cdk_eventbridge_patterns.buses.publishing import condition_of
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey, check_encryption
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.central_bus import CentralBusDeclaration, plan_central_bus
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.monitoring import Monitoring
from cdk_eventbridge_patterns.tree.place import Place


class CentralBus(DeclaredBus):
    """The event bus of a platform that many services publish on and subscribe to: single-bus, multi-account.

    Makes the bus; a policy that lets the account of each member publish the events of that member and no others, and
    put rules on just the events that the member consumes, under its own name, to its own bus; and an archive.

    A member publishes by a `RemoteBus` in its own stack, and subscribes there with
    `on=BusReference.central(…)`; its schemas are registered there as well.

    Args:
        service: The platform's service that owns the bus, such as `platform`.

        members: Who publishes and consumes what, at least one; to take in another account is one line more.

        organization_id: Lets every account of this AWS organisation subscribe to every event, in place of what
            *members* consume: for many consumers, since that part of the policy then stays the same size. Who may
            publish what is held by *members* as before. Default: only what *members* consume.

        owner: The team that owns the bus. Default: nobody is named.

        qualifier: Tells a second bus of the same service apart. Default: it is the main one.

        archive: How long events are kept for replay, or `Disabled(reason)`. Default: 30 days.

        encryption: The key that encrypts the bus, its archive, all queues that are made for it, and the dead-letter
            queue that it then has from the start. Default: keys that AWS owns.

        discover_in: The stages of the naming convention in which the schemas of all events are discovered, as with
            `SchemaRegistry`. Default: in none.

        policy_quota: How many characters the bus's policy may have, where AWS has raised the quota. Default: 10,240.

        monitoring: How the bus is watched, or `Disabled(reason)`. Default: by alarms, a dashboard and a log of errors.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If members and their events don't fit together.
        AccessError: If the policy is over the quota, or has more statements than a stack may have resources.
        PlacementError: If the stack has no literal account and Region, or has this bus already.
        NamingError: If a name, account or id is not of the right form.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        service: str,
        members: Sequence[Member],
        organization_id: str | None = None,
        owner: str | None = None,
        qualifier: str | None = None,
        archive: ArchiveSettings | Disabled | None = None,
        encryption: EncryptionKey | None = None,
        discover_in: Sequence[str] = (),
        policy_quota: int = DEFAULT_POLICY_QUOTA,
        monitoring: Monitoring | Disabled | None = None,
        convention: NamingConvention | None = None,
    ) -> None:
        place = Place.of(scope, convention)
        declaration = CentralBusDeclaration(
            service=service,
            account=place.account,
            region=place.region,
            naming=place.naming,
            qualifier=qualifier,
            members=members,
            organization_id=organization_id,
            owner=owner,
            archive=ArchiveSettings() if archive is None else archive,
            key=check_encryption(encryption, place),
            discover_in=discover_in,
            policy_quota=policy_quota,
            monitoring=Monitoring() if monitoring is None else monitoring,
        )
        plan = plan_central_bus(declaration)
        super().__init__(scope, id, place=place, declaration=declaration, plan=plan, encryption=encryption)
        self.members = tuple(members)

    def _publish_condition_of(self, events: Sequence[EventContract]) -> Mapping[str, Any]:
        """Return what holds a publisher of the platform's own account to events of the members there."""
        here = [member for member in self.members if member.account == self.address.account]
        return condition_of(events, [event for member in here for event in member.publishes], self._place.naming)

    def _published(self) -> Sequence[EventContract]:
        return [event for member in self.members for event in member.publishes]

    def _check_routed(self, events: Sequence[EventContract]) -> None:
        others = [event for event in events if event.service != self.service]
        if others:
            msg = (
                f"'{self.service}' can't route {others[0].title} of '{others[0].service}': a route is for events of the"
                " service that owns the bus; take in who needs it as a Member that consumes it"
            )
            raise DeclarationError(msg)
