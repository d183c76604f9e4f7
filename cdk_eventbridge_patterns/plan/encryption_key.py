"""What a key of one's own is made of: the key, whose policy names all who use it, and its alias."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cdk_eventbridge_patterns.access.key_policy import (
    administration,
    bus_log_use,
    bus_readers,
    bus_use,
    describing,
    log_group_use,
    queue_use,
)
from cdk_eventbridge_patterns.access.statement import Statement, policy_document
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.plan.encryption import Encryption, KeyAddress
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.topology.stamp import Stamp


@dataclass(frozen=True, kw_only=True)
class EncryptedBus:
    """A bus that a key encrypts.

    Args:
        bus: Where it is.

        archived: Whether it has an archive, which the key encrypts too.

        readers: The accounts that may put rules on it.

        organization_id: The organisation whose accounts all may. Default: only *readers*.
    """

    bus: BusAddress
    archived: bool
    readers: tuple[str, ...] = ()
    organization_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class KeyPolicy:
    """Who may use a key: it grows as what uses the key is made.

    A policy has room for 32 KB, and a statement for each bus and its readers takes less than one.
    https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
    """

    key: KeyAddress
    buses: Mapping[str, EncryptedBus] = field(default_factory=dict)
    queue_sources: frozenset[str] = frozenset()
    log_groups: frozenset[str] = frozenset()
    logs_of_buses: bool = False

    def with_bus(self, bus: EncryptedBus) -> KeyPolicy:
        """Let EventBridge encrypt for *bus*, and its readers decrypt what is bound to it."""
        return replace(self, buses={**self.buses, bus.bus.arn: bus})

    def with_queue_sources(self, accounts: Iterable[str]) -> KeyPolicy:
        """Let EventBridge write to queues of the key's account, for rules and buses of *accounts*."""
        return replace(self, queue_sources=self.queue_sources | {self.key.account, *accounts})

    def with_log_groups(self, arns: Iterable[str]) -> KeyPolicy:
        """Let CloudWatch Logs encrypt for log groups."""
        return replace(self, log_groups=self.log_groups | {*arns})

    def with_logs_of_buses(self) -> KeyPolicy:
        """Let the logs of the buses be delivered."""
        return replace(self, logs_of_buses=True)

    def document(self) -> dict[str, Any]:
        """Return the policy, the same whatever the order in which it grew."""
        return policy_document(*self._statements())

    def _statements(self) -> Iterator[Statement]:
        account, region = self.key.account, self.key.region
        yield administration(account, region)
        if self.buses:
            yield describing()
        for _, encrypted in sorted(self.buses.items()):
            name = logical_id(encrypted.bus.name)
            yield bus_use(encrypted.bus, f"Encrypt{name}", archived=encrypted.archived)
            yield from bus_readers(encrypted.bus, f"Read{name}", encrypted.readers, encrypted.organization_id)
        if self.queue_sources:
            yield queue_use(self.queue_sources)
        if self.log_groups:
            yield log_group_use(self.log_groups, region)
        if self.logs_of_buses:
            yield from bus_log_use(account, region)


def plan_encryption_key(policy: KeyPolicy, service: str, settings: Encryption) -> Plan:
    """Return a key for what a service keeps of events, with its alias."""
    plan = Plan()
    description = f"Encrypts what {service} keeps of events"
    stamp = Stamp(service=service)
    add_key(plan, policy.key, settings, policy.document(), description=description, stamp=stamp)
    return plan


def add_key(
    plan: Plan, key: KeyAddress, settings: Encryption, policy: Mapping[str, Any], *, description: str, stamp: Stamp
) -> None:
    """Add a key with its alias.

    The key outlives its stack: what it encrypted could never be read again without it.
    """
    plan.add(
        key.key_id,
        "AWS::KMS::Key",
        {
            "Description": description,
            "EnableKeyRotation": True,
            "RotationPeriodInDays": settings.rotation_days,
            "PendingWindowInDays": settings.pending_window_days,
            "KeyPolicy": policy,
        },
        stamp=stamp,
        retained=True,
    )
    plan.add(
        key.alias_id,
        "AWS::KMS::Alias",
        {"AliasName": key.alias, "TargetKeyId": {"Fn::GetAtt": [key.key_id, "Arn"]}},
    )
