"""The schema registry of a service: its schemas, who may read them, and what is discovered beside them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.read_schemas import read_by_accounts, read_by_organization
from cdk_eventbridge_patterns.access.statement import policy_document
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.registry_schema import check_content, check_description, registry_schema
from cdk_eventbridge_patterns.contracts.schema_dialect import SchemaDialect
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import check_account, check_organization
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.words import is_segment
from cdk_eventbridge_patterns.plan.adopted import older_exemption
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Who of other accounts may read a registry."""

    accounts: Sequence[str] = ()
    organization_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class SchemaRegistry:
    """How the schemas of a service's events are registered, and who may read them.

    Nothing in it belongs to one service, so a platform team can make it once for all.

    Args:
        dialect: In which words the schemas are registered. Default: JSON Schema draft 4.

        readers: Other accounts that may read the registry, 12 digits each. Default: none.

        organization_id: Lets every account of this AWS organisation read, in place of *readers* and *consumers_read*.
            Default: nobody but them.

        consumers_read: Whether the accounts that the bus lets subscribe may read the registry, too; the whole
            organisation where the bus lets that in. Default: no.

        discover_in: The stages of the naming convention in which the schemas of all that is published on the bus are
            discovered as well, into AWS's registry `discovered-schemas`: those of development, for AWS charges for it.
            Default: in none.

    Raises:
        DeclarationError: If a setting is not of its form, or two of them say the same.
        NamingError: If an account or the organisation is not of the right form.
    """

    dialect: SchemaDialect = SchemaDialect.JSON_SCHEMA_DRAFT_4
    readers: Sequence[str] = ()
    organization_id: str | None = None
    consumers_read: bool = False
    discover_in: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse what AWS would, and what would silently do nothing."""
        if not isinstance(self.dialect, SchemaDialect):
            known = " or ".join(map(str, SchemaDialect.__members__))
            msg = f"dialect must be a SchemaDialect, {known}, got {self.dialect!r}"
            raise DeclarationError(msg)
        check_list(self.readers, "readers", str, "a list of account ids, such as ['222222222222']")
        for reader in self.readers:
            check_account(reader, "readers")
        if not isinstance(self.consumers_read, bool):
            msg = f"consumers_read must be True or False, got {self.consumers_read!r}"
            raise DeclarationError(msg)
        self._check_organization()
        self._check_stages()

    def _check_organization(self) -> None:
        if self.organization_id is None:
            return
        check_organization(self.organization_id)
        if self.readers or self.consumers_read:
            msg = (
                "organization_id already lets every account read; give it, or readers and consumers_read, but not both"
            )
            raise DeclarationError(msg)

    def _check_stages(self) -> None:
        check_list(self.discover_in, "discover_in", str, "a list of stages, such as ['dev']")
        for stage in self.discover_in:
            if not is_segment(stage):
                msg = f"discover_in must be stages of one lower-case word, such as 'dev', got {stage!r}"
                raise DeclarationError(msg)

    def discovers(self, naming: NamingConvention) -> bool:
        """Return whether schemas are discovered in the stage of *naming*.

        Raises:
            DeclarationError: If a stage to discover in is none that *naming* allows.
        """
        allowed = naming.allowed.get("stage")
        for stage in self.discover_in:
            if allowed is not None and stage not in allowed:
                msg = f"discover_in must be stages of the convention, which are {sorted(allowed)}, got {stage!r}"
                raise DeclarationError(msg)
        return naming.stage in self.discover_in

    def read_by(self, subscribers: Readers) -> Readers:
        """Return who of other accounts may read, where *subscribers* may subscribe to the events."""
        if not self.consumers_read:
            return Readers(accounts=self.readers, organization_id=self.organization_id)
        accounts = [*self.readers, *subscribers.accounts]
        return Readers(accounts=accounts, organization_id=subscribers.organization_id)


def add_registry(
    plan: Plan,
    settings: SchemaRegistry,
    *,
    service: str,
    owner: str | None,
    naming: NamingConvention,
    events: Sequence[EventContract],
    readers: Readers,
    account: str,
    region: str,
) -> None:
    """Add the registry of *service* with the schemas of its *events*, and let *readers* read it."""
    registry = naming.registry_name(service)
    registry_id = plan.add(
        logical_id(service, "SchemaRegistry"),
        "AWS::EventSchemas::Registry",
        {"RegistryName": registry, "Description": f"Contracts of the events that {service} publishes"},
    )
    for contract in events:
        event_type = contract.event_type(naming)
        content = json.dumps(registry_schema(contract, event_type, settings.dialect), sort_keys=True)
        plan.add(
            logical_id(service, contract.slug, "Schema"),
            "AWS::EventSchemas::Schema",
            {
                "RegistryName": registry,
                "SchemaName": naming.schema_name(*event_type),
                "Type": settings.dialect.value,
                "Description": check_description(contract.description, contract.title),
                "Content": check_content(content, contract.title),
            },
            depends_on=[registry_id],
            stamp=Stamp(service=service, owner=owner, publishes=[EventStamp.of(contract, naming)]),
            exemption=older_exemption(naming, ResourceKind.SCHEMA, naming.schema_name(*event_type)),
        )
    _add_policy(plan, readers, registry_id=registry_id, registry=registry, account=account, region=region)


def _add_policy(plan: Plan, readers: Readers, *, registry_id: str, registry: str, account: str, region: str) -> None:
    """Let *readers* read *registry*; in its own account IAM alone decides."""
    statements = []
    others = sorted({*readers.accounts} - {account})
    if others:
        statements.append(read_by_accounts(registry, others, account=account, region=region))
    if readers.organization_id is not None:
        statements.append(read_by_organization(registry, readers.organization_id, account=account, region=region))
    if statements:
        plan.add(
            registry_id + "Policy",
            "AWS::EventSchemas::RegistryPolicy",
            {"RegistryName": registry, "Policy": policy_document(*statements)},
            depends_on=[registry_id],
        )


def add_discoverer(plan: Plan, *, bus: BusAddress, bus_id: str, cross_account: bool) -> None:
    """Add what discovers the schemas of all that is published on *bus*.

    It puts a rule of AWS's on the bus, which can't be deleted while that is there: so it is made after the bus, and
    gone before it. Events of other accounts are discovered, and charged, unless it is told not to.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schemas-infer.html
    """
    plan.add(
        bus_id + "Discoverer",
        "AWS::EventSchemas::Discoverer",
        {
            "SourceArn": bus.arn,
            "Description": f"Schemas of all events on bus {bus.name}",
            "CrossAccount": cross_account,
        },
        depends_on=[bus_id],
    )
