"""A key of one's own, whose policy grows with what uses it."""

from __future__ import annotations

from functools import cached_property
from typing import cast

from aws_cdk import CfnResource, Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.encryption import Encryption, KeyAddress, check_encryption_settings
from cdk_eventbridge_patterns.plan.encryption_key import EncryptedBus, KeyPolicy, plan_encryption_key
from cdk_eventbridge_patterns.tree.described import described
from cdk_eventbridge_patterns.tree.place import Place


class EncryptionKey(Construct):
    """A KMS key for what a service has in one account and Region: its buses, their archives, its queues, its logs.

    Hand it to `encryption=` of what it is to encrypt: each names it by its alias, and its policy then lets just that
    use it. The key changes its material by itself, and stays when its stack goes: what it encrypted could never be
    read again without it.

    Args:
        service: The service that owns the key.

        name: Tells the keys of one service apart. Default: it is the main one.

        settings: How it is kept. Default: its material changes once a year, and deleting it takes 30 days.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If *settings* is something else.
        PlacementError: If the stack has no literal account and Region, or has this key already.
        NamingError: If a name is not of the right form.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        service: str,
        name: str | None = None,
        settings: Encryption | None = None,
        convention: NamingConvention | None = None,
    ) -> None:
        check_encryption_settings(settings)
        place = Place.of(scope, convention)
        key = KeyAddress.of(place.naming, service, name, account=place.account, region=place.region)
        policy = KeyPolicy(key=key)
        plan = plan_encryption_key(policy, service, settings or Encryption())
        place.check(plan)
        super().__init__(scope, id)

        self.address = key
        self._policy = policy
        self._resources = place.put(self, plan)

    @property
    def alias_name(self) -> str:
        """The alias of the key, literal: `alias/acme-prod-orders`."""
        return self.address.alias

    @property
    def alias_arn(self) -> str:
        """The ARN of the alias, literal."""
        return self.address.alias_arn

    @cached_property
    def key(self) -> kms.IKey:
        """The key as the CDK's L2 sees it, for grants: they are written into the grantee's own policy."""
        return kms.Key.from_key_arn(self, "Key", self.cfn_key.attr_arn)

    @property
    def cfn_key(self) -> kms.CfnKey:
        """The key as a typed L1."""
        return cast("kms.CfnKey", self._resources.get_resource(self.address.key_id))

    @property
    def cfn_alias(self) -> kms.CfnAlias:
        """Its alias as a typed L1."""
        return cast("kms.CfnAlias", self._resources.get_resource(self.address.alias_id))

    def allow_bus(self, bus: EncryptedBus) -> None:
        """Let EventBridge encrypt for a bus and its archive, and those who put rules on it decrypt what is bound to it.

        Called by the buses that are given the key.
        """
        self._use(self._policy.with_bus(bus))

    def allow_queues(self, *source_accounts: str) -> None:
        """Let EventBridge write to queues that the key encrypts, for rules and buses of its own and of other accounts.

        Called by the queues that are given the key.
        """
        self._use(self._policy.with_queue_sources(source_accounts))

    def allow_log_groups(self, *log_group_arns: str) -> None:
        """Let CloudWatch Logs encrypt for log groups, whose literal ARNs end in the name.

        A log group takes no alias: give it `cfn_key.attr_arn`.
        """
        self._use(self._policy.with_log_groups(log_group_arns))

    def allow_logs_of_buses(self) -> None:
        """Let the logs of the buses that the key encrypts be delivered, whatever they are delivered to."""
        self._use(self._policy.with_logs_of_buses())

    def encrypt_log_group(self, log_group: logs.CfnLogGroup, log_group_arn: str) -> None:
        """Have a log group encrypted, which names the key by its ARN.

        Called for the log groups of what is given the key.
        """
        self.allow_log_groups(log_group_arn)
        log_group.kms_key_id = self.cfn_key.attr_arn

    def before(self, *resources: CfnResource) -> None:
        """Have the alias be there before what names it."""
        for resource in resources:
            resource.add_resource_dependency(self.cfn_alias)

    def _use(self, policy: KeyPolicy) -> None:
        if policy != self._policy:
            self._policy = policy
            self.cfn_key.key_policy = policy.document()


def check_encryption(encryption: EncryptionKey | None, place: Place) -> KeyAddress | None:
    """Return where the key is, or nothing where there is none.

    Raises:
        DeclarationError: If it is no such key, or one of another account or Region: what it encrypts names it by alias.
    """
    if encryption is None:
        return None
    if not isinstance(encryption, EncryptionKey):
        msg = (
            "encryption must be an EncryptionKey, such as EncryptionKey(self, 'Key', service='orders'), "
            f"got {described(encryption)}"
        )
        raise DeclarationError(msg)
    address = encryption.address
    if (address.account, address.region) != (place.account, place.region):
        msg = (
            f"encryption must be in the account and Region of the stack, {place.account} and {place.region}, got "
            f"{address.alias_arn}; make a key in each"
        )
        raise DeclarationError(msg)
    return address


def check_log_key(encryption: EncryptionKey | None, place: Place, otherwise: str) -> None:
    """Refuse a key of another stack for a log group, which would tie the stacks together: it takes no alias.

    Raises:
        DeclarationError: If it is one; *otherwise* says what can be done besides.
    """
    if encryption is not None and Stack.of(encryption) is not place.stack:
        msg = (
            f"encryption must be a key of stack '{place.stack.node.path}', for a log group names its key by an ARN, "
            f"which AWS makes up, got {encryption.alias_arn} of another stack; make a key here, or {otherwise}"
        )
        raise DeclarationError(msg)


def key_of(
    scope: Construct, service: str, settings: Encryption | None, *, name: str | None = None
) -> EncryptionKey | None:
    """Return the key of a stack, made below *scope*; nothing where it is to have none."""
    return None if settings is None else EncryptionKey(scope, "Key", service=service, name=name, settings=settings)
