"""A key for the sensitive fields of a service's events, which producers encrypt before they publish."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import cast

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.field_key_policy import ENCRYPT, of_events
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.grants import check_grantee, grant, grant_by_alias
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.encryption import Encryption, check_encryption_settings
from cdk_eventbridge_patterns.plan.field_key import FieldKeyDeclaration, field_key, plan_field_key
from cdk_eventbridge_patterns.tree.place import Place


class FieldEncryptionKey(Construct):
    """A KMS key by which a producer encrypts the sensitive fields of its events, and only whom it names decrypts them.

    Every field is bound to its event by the encryption context. The roles of the producer that `grant_encrypt` names
    may encrypt and not decrypt; consumers decrypt the fields of just the events that they are named for, in whatever
    account, by a role with `FieldKeyReference.grant_decrypt`. The policy of the key decides, not the IAM of the
    producer's account, which may administer the key and not use it.

    Args:
        service: The service that publishes the events.

        events: The events whose fields it encrypts, at least one; each has a field that is marked `Sensitive()`.

        decrypted_by: Who may decrypt, and of which events: a `Consumer`, or a `Decrypter` where only certain roles may.
            Default: nobody.

        settings: How it is kept. Default: its material changes once a year, and deleting it takes 30 days.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If an event has no sensitive field or is of another service, or somebody is named for others.
        PlacementError: If the stack has no literal account and Region, or has this key already.
        NamingError: If a name is not of the right form.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        service: str,
        events: Sequence[EventContract],
        decrypted_by: Sequence[Consumer] = (),
        settings: Encryption | None = None,
        convention: NamingConvention | None = None,
    ) -> None:
        check_encryption_settings(settings)
        place = Place.of(scope, convention)
        declaration = FieldKeyDeclaration(
            service=service,
            key=field_key(place.naming, service, account=place.account, region=place.region),
            events=events,
            decrypted_by=decrypted_by,
            settings=settings or Encryption(),
        )
        plan = plan_field_key(declaration)
        place.check(plan)
        super().__init__(scope, id)

        self.address = declaration.key
        self.events = tuple(events)
        self._stack = place.stack
        self._resources = place.put(self, plan)

    @property
    def alias_arn(self) -> str:
        """The ARN of the alias, literal: what a producer hands to its encryption library, and a consumer knows."""
        return self.address.alias_arn

    @cached_property
    def key(self) -> kms.IKey:
        """The key as the CDK's L2 sees it. Use `grant_encrypt`: its own grants know no encryption context."""
        return kms.Key.from_key_arn(self, "Key", self.cfn_key.attr_arn)

    @property
    def cfn_key(self) -> kms.CfnKey:
        """The key as a typed L1."""
        return cast("kms.CfnKey", self._resources.get_resource(self.address.key_id))

    @property
    def cfn_alias(self) -> kms.CfnAlias:
        """Its alias as a typed L1."""
        return cast("kms.CfnAlias", self._resources.get_resource(self.address.alias_id))

    def grant_encrypt(self, grantee: iam.IGrantable, *events: EventContract) -> iam.Grant:
        """Let *grantee*, of the key's account, encrypt the fields of events, and not decrypt them.

        Args:
            grantee: A role, a user, or what has one, such as a function.

            events: The events it publishes. Default: all of the key.

        Raises:
            DeclarationError: If the key is not for one of *events*.
            AccessError: If it is nothing that has a role, or stands in a stack of another account.
        """
        check_list(events, "events", EventContract, "event contracts, such as ORDER_PLACED")
        own = {event.name for event in self.events}
        for event in events:
            if event.name not in own:
                msg = f"events must be among those of the key, {sorted(map(str, own))}, got {event.name}"
                raise DeclarationError(msg)
        condition = of_events(event.name for event in events or self.events)
        stack = Stack.of(check_grantee(grantee))
        if stack.account != self.address.account:
            msg = (
                f"grantee must be in the account of the key, {self.address.account}, where the events are published, "
                f"got one in {stack.account}"
            )
            raise AccessError(msg)
        if stack.node.path != self._stack.node.path:
            return grant_by_alias(grantee, ENCRYPT, self.address, condition)  # without an export between the stacks
        return grant(grantee, ENCRYPT, self.cfn_key.attr_arn, condition)
