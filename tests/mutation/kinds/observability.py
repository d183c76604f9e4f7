"""Faults in what would have told that events are lost, or kept them for replay.

Left out: alarms that tell nobody, since one on a board is seen as well, and a missing alarm on what a rule could not
even send to its dead-letter queue; the examples have neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from cdk_eventbridge_patterns.topology.alarm import Alarm
from tests.mutation.kind import kind
from tests.mutation.world import Mutant, Spot, World


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
    """Return the alarms on each queue: one of several still watches it."""
    alarms = [alarm for alarm in world.topology.alarms if any(each.namespace == "AWS/SQS" for each in alarm.metrics)]
    alarms.sort(key=_queue)
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


@kind("archive: a retention of 0 days, which is for ever", "observability")
def for_ever(world: World) -> Iterator[Mutant]:
    for archive in world.topology.archives:
        yield world.spot(archive.location).at("RetentionDays").put(0)


@kind("archive: of a bus that nobody declares", "topology", "observability")
def archive_of_another_bus(world: World) -> Iterator[Mutant]:
    for archive in world.topology.archives:
        yield world.spot(archive.location).at("SourceArn").put(f"{archive.bus_arn}-another")
