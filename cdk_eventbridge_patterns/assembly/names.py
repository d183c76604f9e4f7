"""Every name that has to do with EventBridge, read out of templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cdk_eventbridge_patterns.assembly.access import lets_others_in, services_of, statements_of
from cdk_eventbridge_patterns.assembly.intrinsics import text_of
from cdk_eventbridge_patterns.assembly.references import References, logical_ids_in
from cdk_eventbridge_patterns.assembly.template import Resource, Template, metadata_of, properties_of
from cdk_eventbridge_patterns.errors import AssemblyError
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.named_resource import NamedResource
from cdk_eventbridge_patterns.topology.stamp import Exemption, Stamp
from cdk_eventbridge_patterns.topology.undecided import Undecided

_BUS, _RULE, _QUEUE, _ROLE = "AWS::Events::EventBus", "AWS::Events::Rule", "AWS::SQS::Queue", "AWS::IAM::Role"
_BUS_POLICY, _QUEUE_POLICY = "AWS::Events::EventBusPolicy", "AWS::SQS::QueuePolicy"
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
}

# What delivers events, and in which properties it says where to: a queue there is a target or a dead-letter queue.
_DELIVERS = {
    _BUS: ("DeadLetterConfig",),
    _RULE: ("Targets",),
    _PIPE: ("Target", "TargetParameters", "SourceParameters"),
    _SCHEDULE: ("Target",),
    _SUBSCRIBER: ("InvokeConfiguration", "OnFailureConfiguration"),
}

# What other templates know by its ARN: service, and what stands before the name.
_KNOWN_BY_ARN = {ResourceKind.BUS: ("events", "event-bus/"), ResourceKind.QUEUE: ("sqs", "")}

_SERVICES = {"events.amazonaws.com", "pipes.amazonaws.com", "scheduler.amazonaws.com"}


def names_in(templates: Iterable[Template]) -> list[NamedResource]:
    """Return every name in *templates* that has to do with EventBridge.

    Queues are among them where something that delivers events refers to them, by ARN from any of the templates, and
    roles where EventBridge, Pipes or Scheduler may assume them.

    Raises:
        AssemblyError: If a stamp of ours is not of its form.
    """
    every = list(templates)
    uses = [_Uses.of(template) for template in every]
    delivered_to = {each for use in uses for each in use.delivered_to}
    opened = {each for use in uses for each in use.opened}
    return [
        name for template, use in zip(every, uses, strict=True) for name in _names(template, use, delivered_to, opened)
    ]


@dataclass(frozen=True, kw_only=True)
class _Uses:
    """What the resources of a template are to each other: by logical id, and by ARN to those of other templates."""

    queue_ids: set[str] = field(default_factory=set)
    opened_ids: set[str] = field(default_factory=set)
    delivered_to: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, template: Template) -> _Uses:
        """Look through the resources of *template*."""
        delivering = References(template)
        uses = cls(queue_ids=delivering.logical_ids, delivered_to=delivering.queue_arns)
        for logical_id, resource in template.resources.items():
            kind, properties = resource.get("Type"), properties_of(resource)
            if kind in (_BUS, _BUS_POLICY):
                uses.see_bus_policy(logical_id, kind, properties, template)
            elif kind == _QUEUE_POLICY:
                uses.see_queue_policy(properties, template)
            for name in _DELIVERS.get(kind, ()) if isinstance(kind, str) else ():
                delivering.look_through(properties.get(name))
        return uses

    def see_bus_policy(self, logical_id: str, kind: str, properties: Mapping[str, Any], template: Template) -> None:
        """Note the bus that a policy opens to others."""
        if kind == _BUS:
            if any(lets_others_in(each, template) for each in statements_of(properties.get("Policy"))):
                self.opened_ids.add(logical_id)
            return
        # The older form has just a principal, and no statement.
        older = {"Effect": "Allow", "Principal": properties.get("Principal"), "Condition": properties.get("Condition")}
        statement = properties.get("Statement", older)
        if isinstance(statement, dict) and lets_others_in(statement, template):
            self.opened_ids.update(logical_ids_in(properties.get("EventBusName"), template))
            name = text_of(properties.get("EventBusName"), template)
            if isinstance(name, str) and template.account and template.region:
                self.opened.add(arn("events", f"event-bus/{name}", region=template.region, account=template.account))

    def see_queue_policy(self, properties: Mapping[str, Any], template: Template) -> None:
        """Note the queues that a policy lets EventBridge or others into."""
        statements = list(statements_of(properties.get("PolicyDocument")))
        queues = logical_ids_in(properties.get("Queues"), template)
        if any(_SERVICES & services_of(each) for each in statements):
            self.queue_ids.update(queues)
        if any(lets_others_in(each, template) for each in statements):
            self.opened_ids.update(queues)


def _names(template: Template, uses: _Uses, delivered_to: set[str], opened: set[str]) -> Iterator[NamedResource]:
    for logical_id, resource in template.resources.items():
        resource_type = resource.get("Type")
        if not isinstance(resource_type, str) or resource_type not in NAMES:
            continue
        kind, name_property = NAMES[resource_type]
        name = text_of(properties_of(resource).get(name_property), template)
        own_arn = _arn(kind, name, template)
        if kind is ResourceKind.QUEUE and logical_id not in uses.queue_ids and own_arn not in delivered_to:
            continue
        if kind is ResourceKind.ROLE and not _is_for_eventbridge(resource):
            continue
        named = NamedResource(
            kind=kind,
            resource_type=resource_type,
            name=name,
            location=Location(
                stack=template.stack,
                logical_id=logical_id,
                property_path=name_property,
                template_file=str(template.file),
                construct_path=template.construct_path(logical_id),
            ),
            stamp=_stamp(template, logical_id, resource),
            reached_by_others=logical_id in uses.opened_ids or own_arn in opened,
            exempted=_exempted(resource),
        )
        yield named
        if kind is ResourceKind.RULE:
            yield from _targets(named, properties_of(resource).get("Targets", []), template)


def _targets(rule: NamedResource, targets: Any, template: Template) -> Iterator[NamedResource]:  # noqa: ANN401
    """Return the ids of a rule's targets; what holds for the rule holds for them."""
    if not isinstance(targets, list):
        targets = [None]
    for index, target in enumerate(targets):
        name: str | Undecided | None = Undecided("the target is resolved at deployment")
        if isinstance(target, dict) and "Id" in target:
            name = text_of(target["Id"], template)
        yield NamedResource(
            kind=ResourceKind.TARGET,
            resource_type=rule.resource_type,
            name=name,
            location=Location(
                stack=rule.location.stack,
                logical_id=rule.location.logical_id,
                property_path=f"Targets.{index}.Id",
                template_file=rule.location.template_file,
                construct_path=rule.location.construct_path,
            ),
            stamp=rule.stamp,
            exempted=rule.exempted,
        )


def _arn(kind: ResourceKind, name: str | Undecided | None, template: Template) -> str | None:
    """Return the ARN by which other templates may know a bus or a queue, where all of it is literal."""
    if kind not in _KNOWN_BY_ARN or not isinstance(name, str) or template.account is None or template.region is None:
        return None
    service, path = _KNOWN_BY_ARN[kind]
    return arn(service, f"{path}{name}", region=template.region, account=template.account)


def _is_for_eventbridge(role: Resource) -> bool:
    trust = statements_of(properties_of(role).get("AssumeRolePolicyDocument"))
    return any(_SERVICES & services_of(statement) for statement in trust)


def _stamp(template: Template, logical_id: str, resource: Resource) -> Stamp | None:
    try:
        return Stamp.from_metadata(metadata_of(resource))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        msg = f"'{template.file}': the stamp of '{logical_id}' must be as our constructs write it, got {error}"
        raise AssemblyError(msg) from None


def _exempted(resource: Resource) -> str | None:
    exemption = Exemption.from_metadata(metadata_of(resource))
    return None if exemption is None else exemption.reason
