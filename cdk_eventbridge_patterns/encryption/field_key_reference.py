"""The key for the sensitive fields of another service's events, as a consumer knows it."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import aws_iam as iam
from constructs import Construct

from cdk_eventbridge_patterns.access.field_key_policy import of_events
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.grants import check_grantee, grant_by_alias
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import check_account, check_region
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import check_service
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.encryption import KeyAddress
from cdk_eventbridge_patterns.plan.field_key import check_has_fields, field_key
from cdk_eventbridge_patterns.tree.place import Place


@dataclass(frozen=True, kw_only=True)
class FieldKeyReference:
    """A `FieldEncryptionKey` of another account or stack: service and account, literal.

    Make one with `of`. The name follows from the naming convention in force where it is used, and the Region from the
    stack.
    """

    service: str
    account: str
    region: str | None = None

    @classmethod
    def of(cls, service: str, *, account: str, region: str | None = None) -> FieldKeyReference:
        """Refer to the key that the naming convention gives *service*.

        Args:
            service: The service that publishes the events.

            account: The account it is in, 12 digits.

            region: The Region of the key. Default: that of the stack where the reference is used.

        Raises:
            NamingError: If an argument is not of the right form.
        """
        return cls(
            service=check_service(service),
            account=check_account(account),
            region=None if region is None else check_region(region),
        )

    def address(self, scope: Construct, convention: NamingConvention | None = None) -> KeyAddress:
        """Return where the key is, as seen from *scope*."""
        place = Place.of(scope, convention)
        return field_key(place.naming, self.service, account=self.account, region=self.region or place.region)

    def grant_decrypt(
        self, grantee: iam.IGrantable, *events: EventContract, convention: NamingConvention | None = None
    ) -> iam.Grant:
        """Let *grantee* decrypt the sensitive fields of events, where the owner of the key has named its account.

        Args:
            grantee: A role, a user, or what has one, such as a function, in a stack of this app.

            events: The events, at least one, each with a sensitive field.

            convention: The naming convention. Default: the one that holds where the grantee is.

        Raises:
            DeclarationError: If there is no event, or one without a sensitive field or of another service.
            AccessError: If the grantee is nothing that has a role.
        """
        check_list(events, "events", EventContract, "event contracts, such as ORDER_PLACED")
        if not events:
            msg = "events must name at least one event contract, such as ORDER_PLACED, got none"
            raise DeclarationError(msg)
        for event in events:
            check_has_fields(event, self.service)
        key = self.address(check_grantee(grantee), convention)
        return grant_by_alias(grantee, ["kms:Decrypt"], key, of_events(event.name for event in events))
