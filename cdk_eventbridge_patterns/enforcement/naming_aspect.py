"""The naming convention as an aspect: it names what has no name, and says what is wrong with the names there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import jsii
from aws_cdk import Annotations, Aspects, CfnResource, IAspect, Names, Stage, TreeInspector
from aws_cdk import aws_events as events
from aws_cdk import aws_eventschemas as schemas
from aws_cdk import aws_eventsv2 as events_v2
from aws_cdk import aws_pipes as pipes
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct, IConstruct

from cdk_eventbridge_patterns.assembly.names import NAMES, name_in
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.naming import DEFAULT_LEVELS, judge
from cdk_eventbridge_patterns.enforcement.event_bridge_checks import PACK
from cdk_eventbridge_patterns.enforcement.given_name import given_name, ids_below
from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.words import kebab_case
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.named_resource import NamedResource
from cdk_eventbridge_patterns.topology.stamp import Exemption, Stamp
from cdk_eventbridge_patterns.tree.convention import convention_of
from cdk_eventbridge_patterns.undecided import Undecided

_TYPES: Mapping[type[CfnResource], str] = {
    events.CfnEventBus: "AWS::Events::EventBus",
    events.CfnRule: "AWS::Events::Rule",
    events.CfnArchive: "AWS::Events::Archive",
    events.CfnConnection: "AWS::Events::Connection",
    events.CfnApiDestination: "AWS::Events::ApiDestination",
    events.CfnEndpoint: "AWS::Events::Endpoint",
    events.CfnEventBusPolicy: "AWS::Events::EventBusPolicy",
    schemas.CfnRegistry: "AWS::EventSchemas::Registry",
    schemas.CfnSchema: "AWS::EventSchemas::Schema",
    pipes.CfnPipe: "AWS::Pipes::Pipe",
    scheduler.CfnSchedule: "AWS::Scheduler::Schedule",
    scheduler.CfnScheduleGroup: "AWS::Scheduler::ScheduleGroup",
    events_v2.CfnEventBus: "AWS::EventsV2::EventBus",
    events_v2.CfnSubscriber: "AWS::EventsV2::Subscriber",
    events_v2.CfnEventSource: "AWS::EventsV2::EventSource",
}
_CLASSES = tuple(_TYPES)

_TOKEN = "${Token["  # noqa: S105 - how the CDK writes a value that is not known yet
_PROPERTIES = "aws:cdk:cloudformation:props"
_NOWHERE = Location(stack="", logical_id="")


@jsii.implements(IAspect)
class NamingAspect:
    """Says what is off the naming convention, where it is made; and names what has no name, where that is asked for.

        NamingAspect().add_to(app)

    It looks at all typed L1s of EventBridge, Schemas, Pipes and Scheduler below a scope, ours and others', also those
    inside L2s, and at the ids of rules' targets. What it finds becomes an annotation of the construct: an error, a
    warning, or, of a name that is known at deployment only, an info. It never renames: ARNs that other stacks and
    accounts have derived from a name would be left wrong.

    Annotations alone do not stop `app.synth()`, just the `cdk` command; and an aspect of an app does not enter its
    Stages, so add it to each of them. What enforces, everywhere, is `EventBridgeChecks`. That reads templates, so it
    also sees what an aspect can't, or not at a fair price: raw `CfnResource`s, property overrides, whether a queue or a
    role has to do with EventBridge, whether a policy opens what has no name, whether a right name is that of another
    service than stamped, and what other aspects change afterwards.

    Args:
        convention: The convention. Default: the one that holds in the tree at each resource, which is asked for by two
            calls over the jsii bridge each; in a large app, pass it.

        name_unnamed: Whether to name what has no name. Just names of which nothing but tokens can have been derived are
            given: not to schemas. The name is made of the ids below the stack, as `name_injectors` does. What is
            deployed already without that name is replaced. Default: no name is given.

        service: The service that owns what is named. Default: nobody, so nothing can be named.

        levels: How much a name off the convention matters, by kind: an error, a warning, or None if it is not checked.
            Default, also for kinds left out: an error; for the ids of targets and statements a warning. Reading the
            ids of targets costs more than all else, so None for these makes it more than twice as fast.

    Raises:
        NamingError: If names are to be given, and *service* does not say whose.
    """

    def __init__(
        self,
        convention: NamingConvention | None = None,
        *,
        name_unnamed: bool = False,
        service: str | None = None,
        levels: Mapping[ResourceKind, Severity | None] | None = None,
    ) -> None:
        if name_unnamed and service is None:
            msg = "service must say whose the names are that name_unnamed= gives, such as 'orders', got None"
            raise NamingError(msg)
        self._convention = convention
        self._service = service if name_unnamed else None
        self._levels = {**DEFAULT_LEVELS, **(levels or {})}
        self._inspector = TreeInspector()

    def add_to(self, scope: Construct) -> None:
        """Look at everything below *scope*, in one callback; `Aspects.of(scope).add` costs one for each construct.

        The callback is that of an empty construct with the id `NamingAspect`. What is below *scope* is looked at when
        its turn comes in the order of the tree.
        """
        hook = Construct(scope, "NamingAspect")
        Aspects.of(hook).add(_Once(self, scope))

    def visit(self, node: IConstruct) -> None:
        """Look at one construct."""
        if not isinstance(node, _CLASSES):
            return
        naming = convention_of(node, self._convention)
        names = list(self._names(node))
        if self._service is not None and names[0].name is None and names[0].kind is not ResourceKind.SCHEMA:
            self._give_name(node, names.pop(0).kind, naming, self._service)
        if judge(names, naming, levels=self._levels):
            # Most names are right; just of the others it is asked where they stand and what is stamped on them.
            for finding in judge([_in_full(node, name) for name in names], naming, levels=self._levels):
                _annotate(node, finding)

    def _names(self, node: CfnResource) -> Iterator[NamedResource]:
        """Return the name of a resource, then the ids of its targets."""
        resource_type = _type_of(node)
        kind, name_property = NAMES[resource_type]
        name = _decided(node, getattr(node, _attribute(name_property)))
        if kind is ResourceKind.BUS and self._service is not None and _is_made_up(node, name):
            name = None
        yield NamedResource(
            kind=kind,
            resource_type=resource_type,
            name=name,
            location=replace(_NOWHERE, property_path=name_property),
        )
        if isinstance(node, events.CfnRule) and self._levels[ResourceKind.TARGET] is not None:
            for index, target in enumerate(self._targets(node)):
                yield NamedResource(
                    kind=ResourceKind.TARGET,
                    resource_type=resource_type,
                    name=_decided(node, target.get("id")),
                    location=replace(_NOWHERE, property_path=f"Targets.{index}.Id"),
                )

    def _targets(self, rule: events.CfnRule) -> list[dict[str, Any]]:
        """Return a rule's targets as plain data: three messages, where `rule.targets` takes 18 for each target."""
        rule.inspect(self._inspector)
        targets = rule.stack.resolve(self._inspector)["attributes"][_PROPERTIES].get("targets")
        return [target for target in targets if isinstance(target, dict)] if isinstance(targets, list) else []

    @staticmethod
    def _give_name(node: CfnResource, kind: ResourceKind, naming: NamingConvention, service: str) -> None:
        try:
            name = given_name(naming, kind, service, ids_below(node.stack.node.path, node.node.path))
        except NamingError as error:
            Annotations.of(node).add_error(f"{error}; give it a name")
        else:
            setattr(node, _attribute(NAMES[_type_of(node)][1]), name)


@jsii.implements(IAspect)
class _Once:
    def __init__(self, aspect: NamingAspect, scope: IConstruct) -> None:
        self._aspect = aspect
        self._scope = scope

    def visit(self, node: IConstruct) -> None:  # noqa: ARG002 - the hook itself is of no interest
        """Look at all constructs of the scope."""
        for construct in _below(self._scope):
            self._aspect.visit(construct)


def _below(scope: IConstruct) -> Iterator[IConstruct]:
    """Return what is in *scope* but for the Stages in it: these have been synthesized already, before any aspect."""
    constructs = iter(scope.node.find_all())
    yield next(constructs)
    for construct in constructs:
        if isinstance(construct, Stage):
            inside = len(construct.node.find_all()) - 1
            next(islice(constructs, inside, inside), None)
        else:
            yield construct


def _type_of(node: CfnResource) -> str:
    return next(name for cls, name in _TYPES.items() if isinstance(node, cls))


def _attribute(name_property: str) -> str:
    return kebab_case(name_property).replace("-", "_")


def _decided(node: CfnResource, value: Any) -> str | Undecided | None:  # noqa: ANN401 - a string, a token, or neither
    """Return the text of a property, or why it is undecided."""
    if value is None or (isinstance(value, str) and _TOKEN not in value):
        return value
    stack = node.stack
    resolved = stack.resolve(value)
    account, region = (None if _TOKEN in each else each for each in (stack.account, stack.region))
    return name_in(resolved, Template(file=Path(), stack="", body={}, account=account, region=region))


def _is_made_up(node: CfnResource, name: str | Undecided | None) -> bool:
    """Return whether an L2 bus got its name from the CDK, late, so that nothing can have been derived from it."""
    scope = node.node.scope
    return isinstance(scope, events.EventBus) and name == Names.unique_id(scope)


def _in_full(node: CfnResource, name: NamedResource) -> NamedResource:
    """Return *name* with where the resource stands and what is stamped on it."""
    metadata = node.cfn_options.metadata or {}
    exemption = Exemption.from_metadata(metadata)
    stack, path = node.stack, node.node.path
    location = replace(
        name.location, stack=stack.node.path, logical_id=stack.resolve(node.logical_id), construct_path=path
    )
    return replace(
        name,
        location=location,
        stamp=Stamp.from_metadata(metadata),
        exempted=None if exemption is None else exemption.reason,
    )


def _annotate(node: IConstruct, finding: Finding) -> None:
    annotations, message = Annotations.of(node), f"{finding.message}; {finding.fix}"
    if finding.severity is Severity.ERROR:
        annotations.add_error(message)
    elif finding.severity is Severity.WARNING:
        annotations.add_warning_v2(f"{PACK}::{finding.check_id}", message)
    else:
        annotations.add_info(message)
