"""Every name that has to do with EventBridge, read out of templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cdk_eventbridge_patterns.assembly.access import lets_others_in, services_of
from cdk_eventbridge_patterns.assembly.attributes import SHAPES, arn_of_resource
from cdk_eventbridge_patterns.assembly.elements.policies import policies
from cdk_eventbridge_patterns.assembly.elements.statements import statements
from cdk_eventbridge_patterns.assembly.elements.values import text
from cdk_eventbridge_patterns.assembly.intrinsics import NO_VALUE
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.assembly.stamps import stamp_of
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.named_resource import NamedResource
from cdk_eventbridge_patterns.topology.stamp import STAMP_KEY, Exemption
from cdk_eventbridge_patterns.topology.text import is_literal, unknown_parts
from cdk_eventbridge_patterns.undecided import Undecided

_BUS, _RULE, _QUEUE, _ROLE = "AWS::Events::EventBus", "AWS::Events::Rule", "AWS::SQS::Queue", "AWS::IAM::Role"
_BUS_POLICY = "AWS::Events::EventBusPolicy"
_PIPE, _SCHEDULE, _SUBSCRIBER = "AWS::Pipes::Pipe", "AWS::Scheduler::Schedule", "AWS::EventsV2::Subscriber"

# Which property names what.
NAMES: Mapping[str, tuple[ResourceKind, str]] = {
    _BUS: (ResourceKind.BUS, "Name"),
    _RULE: (ResourceKind.RULE, "Name"),
    "AWS::Events::Archive": (ResourceKind.ARCHIVE, "ArchiveName"),
    "AWS::Events::Connection": (ResourceKind.CONNECTION, "Name"),
    "AWS::Events::ApiDestination": (ResourceKind.API_DESTINATION, "Name"),
    "AWS::Events::Endpoint": (ResourceKind.ENDPOINT, "Name"),
    _BUS_POLICY: (ResourceKind.STATEMENT, "StatementId"),
    "AWS::EventSchemas::Registry": (ResourceKind.REGISTRY, "RegistryName"),
    "AWS::EventSchemas::Schema": (ResourceKind.SCHEMA, "SchemaName"),
    _PIPE: (ResourceKind.PIPE, "Name"),
    _SCHEDULE: (ResourceKind.SCHEDULE, "Name"),
    "AWS::Scheduler::ScheduleGroup": (ResourceKind.SCHEDULE_GROUP, "Name"),
    "AWS::EventsV2::EventBus": (ResourceKind.V2_BUS, "Name"),
    _SUBSCRIBER: (ResourceKind.SUBSCRIBER, "Name"),
    "AWS::EventsV2::EventSource": (ResourceKind.EVENT_SOURCE, "Name"),
    _QUEUE: (ResourceKind.QUEUE, "QueueName"),
    _ROLE: (ResourceKind.ROLE, "RoleName"),
    "AWS::CloudWatch::Alarm": (ResourceKind.ALARM, "AlarmName"),
    "AWS::CloudWatch::Dashboard": (ResourceKind.DASHBOARD, "DashboardName"),
    "AWS::Logs::DeliveryDestination": (ResourceKind.LOG_DELIVERY, "Name"),
    "AWS::Logs::DeliverySource": (ResourceKind.LOG_DELIVERY, "Name"),
    "AWS::Logs::LogGroup": (ResourceKind.LOG_GROUP, "LogGroupName"),
}

# Of whatever service; ours, which are stamped, are EventBridge's business.
_OF_ANY_SERVICE = {ResourceKind.ALARM, ResourceKind.DASHBOARD, ResourceKind.LOG_DELIVERY, ResourceKind.LOG_GROUP}

# What delivers events, and in which properties it says where to: a queue there is a target or a dead-letter queue.
_DELIVERS = {
    _BUS: ("DeadLetterConfig",),
    _RULE: ("Targets",),
    _PIPE: ("Target", "TargetParameters", "SourceParameters"),
    _SCHEDULE: ("Target",),
    _SUBSCRIBER: ("InvokeConfiguration", "OnFailureConfiguration"),
}

_SERVICES = {"events.amazonaws.com", "pipes.amazonaws.com", "scheduler.amazonaws.com"}


def names_in(templates: Iterable[Template]) -> list[NamedResource]:
    """Return every name in *templates* that has to do with EventBridge.

    Queues are among them where something that delivers events refers to them, from any of the templates, and roles
    where EventBridge, Pipes or Scheduler may assume them.

    Raises:
        AssemblyError: If a stamp of ours is not of its form.
    """
    return list(names_of(Resolution(templates)))


def names_of(resolution: Resolution) -> Iterator[NamedResource]:
    """Return the same of templates that are resolved already."""
    uses = _Uses.of(resolution)
    for template in resolution.templates:
        for resource in resolution.resources_of(template):
            if resource.resource_type in NAMES:
                yield from _names(resource, uses)


@dataclass(frozen=True)
class _Uses:
    """What resources are to others: by ARN."""

    delivered_to: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, resolution: Resolution) -> _Uses:
        """Look through the resources of all templates."""
        uses = cls()
        for resource_type, properties in _DELIVERS.items():
            for resource in resolution.resources(resource_type):
                for name in properties:
                    uses.delivered_to.update(_queues_in(resource.properties.get(name)))
        for policy in policies(resolution):
            if any(_SERVICES & services_of(each) for each in policy.statements):
                uses.delivered_to.add(policy.resource_arn)
            if any(lets_others_in(each, policy.account) for each in policy.statements):
                uses.opened.add(policy.resource_arn)
        return uses


def _queues_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a template holds
    """Return the ARNs of queues anywhere in *value*."""
    if isinstance(value, str):
        if value.startswith("arn:") and ":sqs:" in value:
            yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _queues_in(each)


def _names(resource: ResolvedResource, uses: _Uses) -> Iterator[NamedResource]:
    kind, name_property = NAMES[resource.resource_type]
    own_arn = arn_of_resource(resource) if resource.resource_type in SHAPES else ""
    if kind is ResourceKind.QUEUE and own_arn not in uses.delivered_to:
        return
    if kind is ResourceKind.ROLE and not _is_for_eventbridge(resource):
        return
    if kind in _OF_ANY_SERVICE and STAMP_KEY not in resource.metadata:
        return
    exemption = Exemption.from_metadata(resource.metadata)
    named = NamedResource(
        kind=kind,
        resource_type=resource.resource_type,
        name=_without_path(kind, _name(resource.properties.get(name_property))),
        location=resource.location.at(name_property),
        stamp=stamp_of(resource.template, resource.logical_id, resource.metadata),
        reached_by_others=own_arn in uses.opened,
        exempted=None if exemption is None else exemption.reason,
    )
    yield named
    if kind is ResourceKind.RULE:
        yield from _targets(named, resource.properties.get("Targets", []))


def _without_path(kind: ResourceKind, name: str | Undecided | None) -> str | Undecided | None:
    """Return the name of a log group without the path in front of it, which AWS wants there."""
    return name.rpartition("/")[2] if kind is ResourceKind.LOG_GROUP and isinstance(name, str) else name


def _targets(rule: NamedResource, targets: Any) -> Iterator[NamedResource]:  # noqa: ANN401
    """Return the ids of a rule's targets; what holds for the rule holds for them."""
    for index, target in enumerate(targets if isinstance(targets, list) else [None]):
        given = isinstance(target, Mapping) and "Id" in target
        yield replace(
            rule,
            kind=ResourceKind.TARGET,
            name=_name(target["Id"]) if given else Undecided("the target is resolved at deployment"),
            location=rule.location.at(f"Targets.{index}.Id"),
            reached_by_others=False,
        )


def name_in(value: Any, template: Template) -> str | Undecided | None:  # noqa: ANN401
    """Return the name that *value* is in *template*, nothing where there is none, or why it is undecided."""
    resolved = Resolution([template]).resolve(value, template)
    return None if resolved is NO_VALUE else _name(resolved)


def _name(value: Any) -> str | Undecided | None:  # noqa: ANN401
    """Return a name, or why it is undecided: a part of it is known at deployment only."""
    if isinstance(value, Undecided):
        return value
    name = text(value)
    if name is None or is_literal(name):
        return name
    parts = unknown_parts(name)
    return Undecided(f"{parts[0]} is known at deployment only" if parts else f"CloudFormation makes up {name}")


def _is_for_eventbridge(role: ResolvedResource) -> bool:
    trust = statements(role.properties.get("AssumeRolePolicyDocument"), role.location)
    return any(_SERVICES & services_of(statement) for statement in trust)
