"""The key of another service's bus, as a consumer knows it."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import aws_iam as iam

from cdk_eventbridge_patterns.access.key_policy import BUS_CONTEXT, DEAD_LETTER_CONTEXT
from cdk_eventbridge_patterns.encryption.grants import check_grantee, grant_by_alias
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.bus_reference import BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.encryption import KeyAddress
from cdk_eventbridge_patterns.tree.place import Place


@dataclass(frozen=True, kw_only=True)
class BusKeyReference:
    """The `EncryptionKey` of another service's bus, which encrypts what a consumer could not be delivered from there.

    Args:
        bus: The bus, such as `BusReference.of("orders", account="111111111111")`.

        name: Which of the keys of the service that owns the bus. Default: its main one, as its stack makes it.

    Raises:
        DeclarationError: If the bus is known by its ARN, which does not say whose it is.
    """

    bus: BusReference
    name: str | None = None

    def __post_init__(self) -> None:
        """Refuse a bus whose service is not known."""
        if not isinstance(self.bus, BusReference) or self.bus.service is None:
            msg = (
                "bus must be a BusReference by service, such as BusReference.of('orders', account='111111111111'), "
                f"got {self.bus!r}"
            )
            raise DeclarationError(msg)

    def grant_decrypt_dead_letters(
        self, grantee: iam.IGrantable, *, convention: NamingConvention | None = None
    ) -> list[iam.Grant]:
        """Let *grantee* decrypt dead letters of the bus: they are encrypted by its key, whosever queue they are in.

        AWS's pages call the encryption context in two ways, so there is a statement for each.
        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq-decrypt.html

        Args:
            grantee: A role, a user, or what has one, such as a function, in a stack of this app.

            convention: The naming convention. Default: the one that holds where the grantee is.

        Raises:
            AccessError: If the grantee is nothing that has a role.
        """
        place = Place.of(check_grantee(grantee), convention)
        bus = self.bus.resolve(place.naming, place.region)
        key = KeyAddress.of(place.naming, str(self.bus.service), self.name, account=bus.account, region=bus.region)
        return [
            grant_by_alias(grantee, ["kms:Decrypt"], key, {"StringEquals": {context: bus.arn}})
            for context in (BUS_CONTEXT, DEAD_LETTER_CONTEXT)
        ]
