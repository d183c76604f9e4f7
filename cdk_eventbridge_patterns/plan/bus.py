"""What every bus that is made here consists of: the bus, its policy and its archive."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA, check_policy_size, shorter_or
from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.plan.adopted import (
    Adopted,
    check_adopted,
    exemption_of,
    kept_id,
    kept_name,
    older_exemption,
)
from cdk_eventbridge_patterns.plan.archive import ArchiveNames, ArchiveSettings, add_archives
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.encryption import KeyAddress
from cdk_eventbridge_patterns.plan.encryption_key import EncryptedBus
from cdk_eventbridge_patterns.plan.monitored_bus import MonitoredBus
from cdk_eventbridge_patterns.plan.monitoring import (
    Monitoring,
    add_monitoring,
    check_monitoring,
    log_config,
    monitoring_switches,
)
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.queue import QueueAddress, bus_queue_name
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp

# Each statement is a resource, beside the bus, its archive and what watches it.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
_MOST_RESOURCES = 500


@dataclass(frozen=True, kw_only=True)
class BusDeclaration(ABC):
    """A bus as its owner declares it; the constructs document the fields."""

    service: str
    account: str
    region: str
    naming: NamingConvention
    qualifier: str | None = None
    owner: str | None = None
    archive: ArchiveSettings | Disabled = field(default_factory=ArchiveSettings)
    key: KeyAddress | None = None
    organization_id: str | None = None
    policy_quota: int = DEFAULT_POLICY_QUOTA
    monitoring: Monitoring | Disabled = field(default_factory=Monitoring)
    adopt: Adopted | None = None

    def __post_init__(self) -> None:
        """Refuse what is no archive, and what a bus can't keep."""
        if not isinstance(self.archive, (ArchiveSettings, Disabled)):
            msg = f"archive must be ArchiveSettings(…) or Disabled(reason), got {self.archive!r}"
            raise DeclarationError(msg)
        check_monitoring(self.monitoring)
        check_adopted(self.adopt, ResourceKind.BUS)

    @cached_property
    def address(self) -> BusAddress:
        """Where the bus is."""
        name = self.naming.bus_name(self.service, qualifier=self.qualifier)
        return BusAddress(self.account, self.region, kept_name(self.adopt) or name)

    @property
    def bus_id(self) -> str:
        """The logical id of the bus."""
        return kept_id(self.adopt, self.declared_id)

    @property
    def declared_id(self) -> str:
        """The logical id that follows from what is declared, on which those of all that belongs to the bus build."""
        return logical_id(self.service, self.qualifier or "", "Bus")

    @property
    def dead_letter_queue(self) -> QueueAddress:
        """Where the dead-letter queue of the bus is, if there is one."""
        name = bus_queue_name(self.qualifier)
        return QueueAddress.of(self.naming, self.service, name, account=self.account, region=self.region)

    @property
    def encrypted(self) -> EncryptedBus:
        """What the key of the bus must know of it, where it has one."""
        return EncryptedBus(
            bus=self.address,
            archived=isinstance(self.archive, ArchiveSettings),
            readers=tuple(self.readers()),
            organization_id=self.organization_id,
        )

    @property
    @abstractmethod
    def description(self) -> str:
        """What the bus is for, in a few words."""

    @abstractmethod
    def stamps(self) -> list[EventStamp]:
        """Return the events that are published on the bus."""

    @abstractmethod
    def statements(self) -> Mapping[str, Statement]:
        """Return the statements of the bus's policy, each by what it is for, which its logical id is made of."""

    @abstractmethod
    def readers(self) -> Iterable[str]:
        """Return the accounts that may put rules on the bus."""

    def archived(self) -> list[EventStamp]:
        """Return the events that are known to arrive on the bus, whose class of data says how long they are kept."""
        return self.stamps()

    @property
    def archive_names(self) -> ArchiveNames:
        """What its archives are called."""
        qualified = () if self.qualifier is None else (self.qualifier,)
        return ArchiveNames(
            archive_id=self.declared_id + "Archive",
            name=self.naming.archive_name(self.service, qualifier=self.qualifier),
            by_class={
                each: self.naming.name(ResourceKind.ARCHIVE, self.service, *qualified, each.value)
                for each in (self.archive.by_data_class if isinstance(self.archive, ArchiveSettings) else ())
            },
        )

    def switches(self) -> dict[str, object]:
        """Return what is on by default and may be switched off, by the name of its argument."""
        return {"archive": self.archive, **monitoring_switches(self.monitoring)}


def add_bus(plan: Plan, declaration: BusDeclaration) -> None:
    """Add the bus with its policy, its archive and what watches it.

    Raises:
        AccessError: If the policy is over the quota, or has more statements than a stack has room for.
    """
    bus, key = declaration.address, declaration.key
    bus_id = plan.add(
        declaration.bus_id,
        "AWS::Events::EventBus",
        {
            "Name": bus.name,
            "Description": declaration.description,
            "LogConfig": log_config(declaration.monitoring),
            **({} if key is None else _encrypted_by(key, declaration.dead_letter_queue)),
        },
        stamp=Stamp(
            service=declaration.service,
            owner=declaration.owner,
            publishes=declaration.stamps(),
            disabled={key: off.reason for key, off in declaration.switches().items() if isinstance(off, Disabled)},
        ),
        exemption=exemption_of(declaration.adopt, declaration.naming, ResourceKind.BUS, declaration.service),
    )
    if isinstance(declaration.archive, ArchiveSettings):
        add_archives(
            plan,
            declaration.archive,
            names=declaration.archive_names,
            bus=bus,
            bus_id=bus_id,
            events=declaration.archived(),
            exemption=exemption_of(
                declaration.archive.adopt, declaration.naming, ResourceKind.ARCHIVE, declaration.service
            ),
            key=key,
        )
    if isinstance(declaration.monitoring, Monitoring):
        watched = MonitoredBus(
            service=declaration.service,
            address=bus,
            id=bus_id,
            declared_id=declaration.declared_id,
            naming=declaration.naming,
            qualifier=declaration.qualifier,
            bus_qualifier=declaration.qualifier,
            owner=declaration.owner,
            publishes=bool(declaration.stamps()),
        )
        add_monitoring(plan, watched, declaration.monitoring)
    _add_policy(plan, declaration, bus_id)


def _add_policy(plan: Plan, declaration: BusDeclaration, bus_id: str) -> None:
    bus, statements = declaration.address, declaration.statements()
    check_policy_size(bus, list(statements.values()), declaration.policy_quota)
    if len(statements) > _MOST_RESOURCES - len(plan.resources):
        advice = shorter_or(list(statements.values()), "share them between two buses, the second with qualifier=")
        msg = (
            f"policy of bus '{bus.name}' has {len(statements)} statements, each a resource, and a stack may have 500 "
            f"resources; {advice}"
        )
        raise AccessError(msg)
    for purpose, statement in statements.items():
        add_statement(
            plan,
            logical_id(declaration.declared_id, "Allows", purpose),
            bus=bus,
            statement=statement,
            naming=declaration.naming,
            depends_on=[bus_id],
        )


def _encrypted_by(key: KeyAddress, dead_letters: QueueAddress) -> dict[str, Any]:
    """Return what a bus says of its key, and of the queue without which what can't be decrypted is dropped.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html
    """
    return {"KmsKeyIdentifier": key.alias, "DeadLetterConfig": {"Arn": dead_letters.arn}}


def check_not_discovered(key: KeyAddress | None, bus: BusAddress) -> None:
    """Refuse to discover the events of a bus with a key of its own, as EventBridge does.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
    """
    if key is not None:
        msg = (
            f"discover_in must not name the stage of bus '{bus.name}', which has a key of its own: EventBridge "
            "discovers no events of such a bus; leave out encryption= there, or discover in another stage"
        )
        raise DeclarationError(msg)


def add_statement(
    plan: Plan,
    statement_id: str,
    *,
    bus: BusAddress,
    statement: Statement,
    naming: NamingConvention,
    depends_on: Sequence[str] = (),
) -> None:
    """Add one statement of a bus's policy, a resource of its own: CloudFormation then replaces no other."""
    plan.add(
        statement_id,
        "AWS::Events::EventBusPolicy",
        {"EventBusName": bus.name, "StatementId": statement["Sid"], "Statement": statement},
        depends_on=depends_on,
        exemption=older_exemption(naming, ResourceKind.STATEMENT, statement["Sid"]),
    )


def by_purpose(consumer: str, statements: Mapping[str, Statement]) -> dict[str, Statement]:
    """Return the statements of one consumer, told apart from those of others."""
    return {f"{consumer}-{purpose}": statement for purpose, statement in statements.items()}
