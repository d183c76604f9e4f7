"""A service as a topology declares it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import TopologyError
from cdk_eventbridge_patterns.naming.arn import check_account, check_region
from cdk_eventbridge_patterns.naming.words import check_service
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.consumes import Consumes
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.encryption import Encryption, check_encryption_settings
from cdk_eventbridge_patterns.plan.monitoring import Monitoring
from cdk_eventbridge_patterns.plan.registry import SchemaRegistry
from cdk_eventbridge_patterns.stacks.service_stack import ServiceStack


@dataclass(frozen=True)
class Service:
    """One service of a topology: where it is, what it publishes and what it wants.

    Args:
        name: The service, in lower-case words joined by hyphens.

        account: The account it is in, 12 digits.

        publishes: The contracts of its events. Default: it only consumes.

        consumes: The events of others that it wants, or `Consumes(…)` where only some of them. Default: none.

        owner: The team that owns it. Default: nobody is named.

        separate_inbox: Whether it receives on another bus than it publishes on. Default: one bus for both.

        archive: How long its buses keep events for replay, or `Disabled(reason)`. Default: 30 days.

        encryption: How its keys are kept. Default: as the topology has it.

        region: The Region it is in. Default: that of the topology.

        schema_registry: How the schemas of its events are registered and who may read them, or `Disabled(reason)`.
            Default: as the topology has it.

        stack: The class of its stack, where a team has its own. Default: `ServiceStack`.

        monitoring: How its buses are watched, or `Disabled(reason)`. Default: as the topology has it.

    Raises:
        NamingError: If *name*, *account* or *region* is not of the right form.
        DeclarationError: If *publishes* or *consumes* is no list of contracts, or *encryption* something else.
        TopologyError: If it neither publishes nor consumes, or has a separate inbox or a schema registry but nothing to
            publish.
    """

    name: str
    account: str
    publishes: Sequence[EventContract] = ()
    consumes: Sequence[EventContract | Consumes] = ()
    owner: str | None = None
    separate_inbox: bool = False
    archive: ArchiveSettings | Disabled | None = None
    stack: type[ServiceStack] = ServiceStack
    schema_registry: SchemaRegistry | Disabled | None = None
    region: str | None = None
    encryption: Encryption | None = None
    monitoring: Monitoring | Disabled | None = None

    def __post_init__(self) -> None:
        """Refuse a service that can't be part of a topology."""
        check_service(self.name, "name")
        check_account(self.account)
        check_encryption_settings(self.encryption)
        if self.region is not None:
            check_region(self.region)
        check_list(self.publishes, "publishes", EventContract, "a list of event contracts, such as [ORDER_PLACED]")
        check_list(
            self.consumes,
            "consumes",
            (EventContract, Consumes),
            "a list of event contracts or Consumes, such as [ORDER_PLACED]",
        )
        if not self.publishes and not self.consumes:
            msg = f"service '{self.name}' must publish or consume something"
            raise TopologyError(msg)
        if self.separate_inbox and not self.publishes:
            msg = f"separate_inbox must be left out, for '{self.name}' publishes nothing and has one bus only"
            raise TopologyError(msg)
        if self.schema_registry is not None and not self.publishes:
            msg = f"schema_registry must be left out, for '{self.name}' publishes nothing, got {self.schema_registry!r}"
            raise TopologyError(msg)
        if not (isinstance(self.stack, type) and issubclass(self.stack, ServiceStack)):
            msg = f"stack of service '{self.name}' must be a subclass of ServiceStack, got {self.stack!r}"
            raise TopologyError(msg)

    @cached_property
    def wanted(self) -> tuple[Consumes, ...]:
        """What it consumes, each as one subscription."""
        return tuple(want if isinstance(want, Consumes) else Consumes(want) for want in self.consumes)

    @cached_property
    def wanted_events(self) -> tuple[EventContract, ...]:
        """The events it consumes, each once."""
        events: dict[Any, EventContract] = {}
        for want in self.wanted:
            for contract in want.events:
                events.setdefault((contract.service, contract.title), contract)
        return tuple(events.values())
