"""The default bus of an account, where AWS services publish."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import aws_iam as iam
from constructs import Construct

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA
from cdk_eventbridge_patterns.buses.service_bus import ServiceBus
from cdk_eventbridge_patterns.contracts.aws_event import AwsEvent
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey, check_encryption
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.consumes import Consumes
from cdk_eventbridge_patterns.plan.default_bus import DefaultBusDeclaration, plan_default_bus
from cdk_eventbridge_patterns.routing.subscription import Subscription
from cdk_eventbridge_patterns.tree.place import Place


class DefaultBus(ServiceBus):
    """The default bus of the stack's account and Region, as one service of the account uses it.

    Every account has the bus, so none is made: only rules of the service on it, by `deliver`, and the statements that
    let *consumers* put theirs. Other services of the account may have a `DefaultBus` of their own; none touches the
    others' rules or statements.

    Every rule takes events of the account alone, for other accounts may forward theirs to the bus.

    Args:
        service: The service whose rules and statements these are.

        offers: The events that others may subscribe to: all that AWS publishes is no contract. Default: those that
            *consumers* name.

        consumers: Who may subscribe, and to what: without events of its own to all that is offered. Default: nobody of
            another account.

        organization_id: Lets every account of this AWS organisation subscribe to what is offered, in place of
            *consumers*. Default: only *consumers*.

        owner: The team that owns the service. Default: nobody is named.

        encryption: The key that encrypts the queues made here, not the bus. Default: one of SQS.

        policy_quota: How many characters the statements may have that are added to the bus's policy. Those of others
            count too, and are not known here. Default: 10,240, AWS's quota for all of them.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If events and consumers don't fit together.
        AccessError: If the statements are over the quota.
        PlacementError: If the stack has no literal account and Region, or has this already.
        NamingError: If a name, account or id is not of the right form.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        service: str,
        offers: Sequence[AwsEvent] = (),
        consumers: Sequence[Consumer] = (),
        organization_id: str | None = None,
        owner: str | None = None,
        encryption: EncryptionKey | None = None,
        policy_quota: int = DEFAULT_POLICY_QUOTA,
        convention: NamingConvention | None = None,
    ) -> None:
        place = Place.of(scope, convention)
        check_encryption(encryption, place)
        declaration = DefaultBusDeclaration(
            service=service,
            account=place.account,
            region=place.region,
            naming=place.naming,
            offers=offers,
            consumers=consumers,
            organization_id=organization_id,
            policy_quota=policy_quota,
        )
        plan = plan_default_bus(declaration)
        place.check(plan)
        # The qualifier names the dead-letter queue, apart from that of the service's own bus.
        super().__init__(
            scope,
            id,
            place=place,
            service=service,
            bus=declaration.address,
            qualifier="default",
            owner=owner,
            encryption=encryption,
        )
        if plan.resources:
            place.put(self, plan)

    def grant_publish(self, grantee: iam.IGrantable, *events: EventContract) -> iam.Grant:  # noqa: ARG002
        """Refuse it: only AWS publishes here.

        Raises:
            AccessError: Always.
        """
        msg = f"'{self.service}' must publish on a bus of its own, a ProducerBus; on the default bus only AWS does"
        raise AccessError(msg)

    def _subscribe(self, wanted: Consumes) -> Subscription:
        """Refuse it: what others forward here would be mistaken for events of this account."""
        msg = (
            f"'{self.service}' must take {wanted.name} over to a bus of its own, a ConsumerBus: on the default bus "
            "rules are for events of the account's own AWS services"
        )
        raise DeclarationError(msg)
