"""Faults in what would have told that events are lost, or kept them for replay.

Left out: alarms that tell nobody, since one on a board is seen as well, and alarms on what is late or went to a
dead-letter queue, which has one of its own: no check asks for those.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from cdk_eventbridge_patterns.topology.alarm import Alarm, Watched
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.text import account_of
from tests.mutation.kind import kind
from tests.mutation.world import Mutant, Spot, World

_LOST = "InvocationsFailedToBeSentToDlq"


@kind("log: its delivery is gone", "observability")
def no_delivery(world: World) -> Iterator[Mutant]:
    for delivery in world.topology.log_deliveries:
        yield world.spot(delivery.location).resource_removed()


@kind("log: its source is gone", "observability")
def no_source(world: World) -> Iterator[Mutant]:
    for spot in world.resources("AWS::Logs::DeliverySource"):
        yield spot.resource_removed()


@kind("log: its source is of another bus", "observability")
def source_of_another_bus(world: World) -> Iterator[Mutant]:
    for spot in world.resources("AWS::Logs::DeliverySource"):
        yield spot.at("ResourceArn").put(f"{spot.at('ResourceArn').value}-another")


@kind("log: a level that nothing delivers", "observability")
def level_undelivered(world: World) -> Iterator[Mutant]:
    """Each level has a log of its own."""
    for bus in world.topology.buses:
        if bus.log_level is not None:
            yield world.spot(bus.location).at("LogConfig", "Level").put("TRACE")


def on_queues(world: World) -> Iterator[list[Spot]]:
    """Return the alarms on each dead-letter queue: one of several still watches it."""
    topology = world.topology
    arns = [*topology.dead_letter_queues(), *(bus.dead_letter_arn or "" for bus in topology.buses)]
    queues = {(account_of(arn), arn.rpartition(":")[2]) for arn in arns if arn}
    alarms = [each for each in topology.alarms if each.metrics[:1] and each.metrics[0].namespace == "AWS/SQS"]
    alarms = sorted((each for each in alarms if _queue(each) in queues), key=_queue)
    for _, each in groupby(alarms, key=_queue):
        yield [world.spot(alarm.location) for alarm in each]


def _queue(alarm: Alarm) -> tuple[str, str]:
    return alarm.account, alarm.metrics[0].dimensions["QueueName"]


@kind("alarm: those on a dead-letter queue are gone", "observability")
def no_alarm(world: World) -> Iterator[Mutant]:
    for spots in on_queues(world):
        yield spots[0].beside({spot.logical_id: None for spot in spots})


@kind("alarm: they are on another queue", "observability")
def on_another_queue(world: World) -> Iterator[Mutant]:
    dimensions = {"Dimensions": [{"Name": "QueueName", "Value": "another"}]}
    for spots in on_queues(world):
        yield spots[0].beside(
            {
                spot.logical_id: {**spot.resource, "Properties": {**spot.resource["Properties"], **dimensions}}
                for spot in spots
            }
        )


@kind("alarm: without the bus among its dimensions", "observability")
def without_bus(world: World) -> Iterator[Mutant]:
    """The CDK's own metrics carry the rule only, which of a custom bus is a metric that never has a value."""
    for alarm in world.topology.alarms:
        spot = world.spot(alarm.location)
        if spot.has("Dimensions"):
            dimensions = spot.at("Dimensions")
            kept = [each for each in dimensions.value if each["Name"] != "EventBusName"]
            if len(kept) < len(dimensions.value):
                yield dimensions.put(kept)


@kind("alarm: that on what a bus loses is gone", "observability")
def no_alarm_on_losses(world: World) -> Iterator[Mutant]:
    for spot in _alarms_on_losses(world):
        yield spot.resource_removed()


@kind("alarm: that on what a bus loses is on another bus", "observability")
def on_another_bus(world: World) -> Iterator[Mutant]:
    for spot in _alarms_on_losses(world):
        expression = spot.at("Metrics", 0, "Expression")
        yield expression.put(expression.value.removesuffix("'") + "-another'")


@kind("alarm: that on what a bus loses is on what went to queues", "observability")
def on_what_went_to_queues(world: World) -> Iterator[Mutant]:
    for spot in _alarms_on_losses(world):
        expression = spot.at("Metrics", 0, "Expression")
        yield expression.put(expression.value.replace(_LOST, "InvocationsSentToDlq"))


@kind("alarm: a query by a dimension that is misspelt", "observability")
def misspelt_dimension(world: World) -> Iterator[Mutant]:
    for alarm in world.topology.alarms:
        spot = world.spot(alarm.location)
        if any(watched.is_query and "EventBusName" in watched.dimensions for watched in alarm.metrics):
            expression = spot.at("Metrics", 0, "Expression")
            yield expression.put(expression.value.replace("EventBusName", "EventBus"))


@kind("alarm: what PutEvents refuses, asked of a bus", "observability")
def account_wide_metric_of_a_bus(world: World) -> Iterator[Mutant]:
    for alarm in world.topology.alarms:
        if any(watched.name.startswith("PutEvents") for watched in alarm.metrics):
            dimensions = [{"Name": "EventBusName", "Value": "any"}]
            yield world.spot(alarm.location).at("Dimensions").put(dimensions)


def _alarms_on_losses(world: World) -> Iterator[Spot]:
    """Return the queries of lost events of buses where a rule has a dead-letter queue, so that there may be such."""
    for bus in world.topology.buses:
        targets = [target for rule in world.topology.rules_on(bus.arn) for target in rule.known_targets]
        if any(target.dead_letter_arn is not None for target in targets):
            for alarm in world.topology.alarms:
                if any(_is_of_losses(each, bus) for each in alarm.metrics):
                    yield world.spot(alarm.location)


def _is_of_losses(watched: Watched, bus: Bus) -> bool:
    return watched.is_query and watched.name == _LOST and bus.name in watched.dimensions.values()


@kind("archive: a retention of 0 days, which is for ever", "observability")
def for_ever(world: World) -> Iterator[Mutant]:
    for archive in world.topology.archives:
        yield world.spot(archive.location).at("RetentionDays").put(0)


@kind("archive: of a bus that nobody declares", "topology", "observability")
def archive_of_another_bus(world: World) -> Iterator[Mutant]:
    for archive in world.topology.archives:
        yield world.spot(archive.location).at("SourceArn").put(f"{archive.bus_arn}-another")
