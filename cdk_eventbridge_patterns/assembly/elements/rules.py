"""Rules with their targets, and subscribers, which are rules with one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.assembly.attributes import arn_of_resource, physical_name
from cdk_eventbridge_patterns.assembly.elements.arns import bus_arn, log_group_arn
from cdk_eventbridge_patterns.assembly.elements.event_patterns import Pattern, event_pattern
from cdk_eventbridge_patterns.assembly.elements.values import common, entries, integer, mapping, said, text, text_in
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.undecided import Answer, Undecided

_TRANSFORMS = ("Input", "InputPath", "InputTransformer")
_PARAMETERS = "Parameters"


def rules(resolution: Resolution) -> Iterator[Rule]:
    """Return the rules of classic buses and the subscribers of the newer ones."""
    for resource in resolution.resources("AWS::Events::Rule"):
        yield _rule(resource)
    for resource in resolution.resources("AWS::EventsV2::Subscriber"):
        yield _subscriber(resource)


def _rule(resource: ResolvedResource) -> Rule:
    properties = resource.properties
    on_bus = bus_arn(resource, properties.get("EventBusName"))
    arn = arn_of_resource(resource)
    return Rule(
        kind=BusKind.CLASSIC,
        name=physical_name(resource),
        arn=arn,
        bus_arn=on_bus,
        event_pattern=event_pattern(properties.get("EventPattern")),
        schedule=text(properties.get("ScheduleExpression")),
        enabled=_is(text(properties.get("State")), not_state="DISABLED"),
        targets=_targets(resource, properties.get("Targets")),
        **common(resource),
    )


def _subscriber(resource: ResolvedResource) -> Rule:
    properties = resource.properties
    name = said(properties.get("Name"))
    return Rule(
        kind=BusKind.V2,
        name=name,
        arn=arn_of_resource(resource),
        bus_arn=said(properties.get("EventBusArn")),
        event_pattern=_filter(properties.get("FilterConfiguration")),
        enabled=_is(text(properties.get("State")), not_state="STOPPED"),
        targets=(_subscriber_target(resource, name),),
        **common(resource),
    )


def _subscriber_target(resource: ResolvedResource, name: str) -> Target:
    properties = resource.properties
    invoke, retry = mapping(properties.get("InvokeConfiguration")), mapping(properties.get("RetryPolicy"))
    transformer = properties.get("Transformer")
    return Target(
        id=name,
        arn=log_group_arn(said(text_in(properties, "InvokeConfiguration", "TargetArn"))),
        location=resource.location.at("InvokeConfiguration"),
        role_arn=text_in(properties, "InvokeConfiguration", "RoleArn"),
        dead_letter_arn=text_in(properties, "OnFailureConfiguration", "Arn"),
        max_attempts=integer(retry.get("MaxRetryAttempts")),
        max_age=integer(retry.get("MaxEventAgeInSeconds")),
        input={} if transformer is None else {"Transformer": transformer},
        parameters={key: value for key, value in invoke.items() if key.endswith(_PARAMETERS)},
    )


def _targets(resource: ResolvedResource, targets: Any) -> tuple[Target, ...] | Undecided:  # noqa: ANN401
    if isinstance(targets, Undecided):
        return targets
    undecided = next((each for each in entries(targets) if isinstance(each, Undecided)), None)
    if undecided is not None:
        return undecided
    return tuple(
        _target(mapping(each), resource.location.at(f"Targets.{index}")) for index, each in enumerate(entries(targets))
    )


def _target(properties: Mapping[str, Any], location: Location) -> Target:
    retry = mapping(properties.get("RetryPolicy"))
    return Target(
        id=said(properties.get("Id")),
        arn=log_group_arn(said(properties.get("Arn"))),
        location=location,
        role_arn=text(properties.get("RoleArn")),
        dead_letter_arn=text_in(properties, "DeadLetterConfig", "Arn"),
        max_attempts=integer(retry.get("MaximumRetryAttempts")),
        max_age=integer(retry.get("MaximumEventAgeInSeconds")),
        input={key: properties[key] for key in _TRANSFORMS if key in properties},
        parameters={key: value for key, value in properties.items() if key.endswith(_PARAMETERS)},
    )


def _filter(configuration: Any) -> Pattern:  # noqa: ANN401
    """Return the filter of a subscriber on the events themselves: its others look at what was sent along."""
    if isinstance(configuration, Undecided):
        return configuration
    for each in entries(mapping(configuration).get("Filters")):
        if isinstance(each, Mapping) and each.get("Scope", "DATA") == "DATA":
            return event_pattern(each.get("Pattern"))
    return None


def _is(state: str | None, *, not_state: str) -> Answer:
    if state is not None and not is_literal(state):
        return Undecided(f"its state is {state}")
    return state != not_state
