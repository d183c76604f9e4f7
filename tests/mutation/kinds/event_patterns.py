"""Faults in what a rule matches by.

Where a source or detail-type is misspelt the bus may refuse the rule as well, so two families are right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from cdk_eventbridge_patterns.contracts import EventSchema
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.topology import STAMP_KEY
from cdk_eventbridge_patterns.topology.registered_schema import RegisteredSchema
from cdk_eventbridge_patterns.topology.rule import Rule
from tests.mutation.kind import kind
from tests.mutation.world import Mutant, Spot, World

STAMPED = ("Metadata", STAMP_KEY)


def patterns(world: World) -> Iterator[tuple[Spot, Mapping[str, Any], bool]]:
    """Return the event patterns, and whether the events of their bus are declared, so that one can be misspelt."""
    for rule in world.topology.rules:
        spot = world.spot(rule.location).at("EventPattern")
        pattern = rule.event_pattern
        if isinstance(pattern, Mapping) and world.spot(rule.location).has("EventPattern"):
            declared = rule.stamp is not None
            yield spot, pattern, declared


@kind("event pattern: a misspelt source", "contracts", "flow", "topology")
def misspelt_source(world: World) -> Iterator[Mutant]:
    for spot, pattern, declared in patterns(world):
        if declared:
            yield spot.at("source").put([f"{source}x" for source in pattern["source"]])


@kind("event pattern: a misspelt detail-type", "contracts", "flow", "topology")
def misspelt_detail_type(world: World) -> Iterator[Mutant]:
    for spot, pattern, declared in patterns(world):
        if declared:
            yield spot.at("detail-type").put([f"{name}x" for name in pattern["detail-type"]])


@kind("event pattern: a field of the detail that no contract has", "contracts")
def misspelt_field(world: World) -> Iterator[Mutant]:
    """The contracts' schemas are registered beside the bus."""
    schemas = any(True for _ in world.resources("AWS::EventSchemas::Schema"))
    for spot, _, declared in patterns(world):
        if declared and schemas:
            yield spot.at("detail").put({"no_such_field": ["x"]})


@kind("event pattern: a value that the contract does not allow", "contracts", "flow")
def wrong_value(world: World) -> Iterator[Mutant]:
    """A number is asked for where the contracts of all events of a rule have a text."""
    for spot, pattern, declared in patterns(world):
        names = [
            {name for name, schema in detail_of(each).items() if schema.get("type") == "string"}
            for source, type_ in product(pattern.get("source", ()), pattern.get("detail-type", ()))
            for each in world.topology.schemas_of(str(source), str(type_))
        ]
        for name in sorted(set.intersection(*names))[:1] if declared and names else ():
            yield spot.at("detail").put({name: [12345]})


def detail_of(registered: RegisteredSchema) -> Mapping[str, Any]:
    """Return the fields of the detail of an event, by name."""
    schema = registered.schema.schema if isinstance(registered.schema, EventSchema) else {}
    properties: Mapping[str, Any] = schema.get("properties", {}).get("detail", {}).get("properties", {})
    return properties


@kind("event pattern: a field that its producer encrypts", "contracts")
def sensitive_field(world: World) -> Iterator[Mutant]:
    """The filter was there before the field was marked."""
    for bus in world.topology.buses:
        asked = {name for rule in world.topology.rules_on(bus.arn) for name in _asked(rule)}
        for index, event in enumerate(bus.publishes):
            if (event.source, event.detail_type) in asked:
                spot = world.spot(bus.location)
                marked = Spot(world, spot.index, spot.logical_id, (*STAMPED, "publishes", index, "sensitive"))
                yield marked.put(["detail"])


def _asked(rule: Rule) -> Iterator[tuple[str, str]]:
    """Return the events of whose detail a rule asks something."""
    pattern = rule.event_pattern
    if isinstance(pattern, Mapping) and "detail" in pattern:
        yield from product(pattern.get("source", ()), pattern.get("detail-type", ()))


@kind("event pattern: a second rule for the same events and target", "contracts")
def second_rule(world: World) -> Iterator[Mutant]:
    for spot, pattern, _ in patterns(world):
        properties = spot.resource["Properties"]
        if spot.resource["Type"] == "AWS::Events::Rule" and properties.get("Targets") and "source" in pattern:
            copied = {**spot.resource, "Properties": {**properties, "Name": f"{properties.get('Name', 'rule')}-copy"}}
            yield spot.beside({f"{spot.logical_id}Copy": copied})


@kind("event pattern: an event that nobody declares, in a rule of nobody's", "contracts")
def undeclared_event(world: World) -> Iterator[Mutant]:
    """A rule that says what it is for is misspelt above."""
    for spot, pattern, declared in patterns(world):
        if declared and {"source", "detail-type"} <= pattern.keys():
            misspelt = {**pattern, "detail-type": [f"{name}x" for name in pattern["detail-type"]]}
            properties = {**spot.resource["Properties"], "EventPattern": misspelt}
            yield spot.beside({spot.logical_id: {"Type": spot.resource["Type"], "Properties": properties}})


@kind("schema: an example that does not fit", "contracts")
def wrong_example(world: World) -> Iterator[Mutant]:
    for spot in world.resources("AWS::EventSchemas::Schema"):
        if spot.at("Content").has("openapi"):
            yield spot.at("Content", "components", "schemas", "AWSEvent", "example").put({"detail": "no object"})
        else:
            yield spot.at("Content", "examples").put([{"detail": "no object"}])


@kind("event pattern: no source", "contracts", "flow", "topology")
def no_source(world: World) -> Iterator[Mutant]:
    for spot, _, _ in patterns(world):
        yield spot.at("source").removed()


@kind("event pattern: no detail-type", "contracts", "flow", "topology")
def no_detail_type(world: World) -> Iterator[Mutant]:
    for spot, _, _ in patterns(world):
        yield spot.at("detail-type").removed()


@kind("event pattern: none", "contracts", "flow", "topology")
def no_pattern(world: World) -> Iterator[Mutant]:
    """A rule needs an event pattern or a schedule."""
    for spot, _, _ in patterns(world):
        yield spot.removed()


@kind("event pattern: an empty list", "contracts", "flow")
def empty_list(world: World) -> Iterator[Mutant]:
    for spot, _, _ in patterns(world):
        yield spot.at("detail-type").put([])


@kind("event pattern: a text in place of a list", "contracts", "flow")
def no_list(world: World) -> Iterator[Mutant]:
    for spot, pattern, _ in patterns(world):
        yield spot.at("source").put(pattern["source"][0])


@kind("event pattern: an operator that does not exist", "contracts", "flow")
def unknown_operator(world: World) -> Iterator[Mutant]:
    for spot, _, _ in patterns(world):
        yield spot.at("detail").put({"status": [{"begins-with": "open"}]})


@kind("event pattern: longer than its quota", "quotas")
def too_long(world: World) -> Iterator[Mutant]:
    for spot, _, _ in patterns(world):
        yield spot.at("detail").put({"id": [f"value-{number:04}" for number in range(200)]})


@kind("event pattern: the source of an AWS service, on a custom bus", "contracts", "flow", "topology")
def aws_source(world: World) -> Iterator[Mutant]:
    """These events are on the default bus."""
    for spot, pattern, _ in patterns(world):
        if pattern["source"] != ["aws.s3"]:
            yield spot.at("source").put(["aws.s3"])


@kind("rule: a schedule, on a custom bus", "contracts", "flow", "topology")
def schedule(world: World) -> Iterator[Mutant]:
    for spot, _, _ in patterns(world):
        kept = {name: value for name, value in spot.resource["Properties"].items() if name != "EventPattern"}
        yield Spot(world, spot.index, spot.logical_id, ("Properties",)).put(
            {**kept, "ScheduleExpression": "rate(1 hour)"}
        )


@kind("contract: its producer no longer declares an event that is consumed", "contracts")
def no_longer_published(world: World) -> Iterator[Mutant]:
    consumed = {name for rule in world.topology.rules if rule.stamp for name in rule.stamp.consumes}
    for bus in world.topology.buses:
        for index, event in enumerate(bus.publishes):
            if EventName(event.service, event.event, event.version) in consumed:
                spot = world.spot(bus.location)
                yield Spot(world, spot.index, spot.logical_id, (*STAMPED, "publishes", index, "event")).put("Renamed")
