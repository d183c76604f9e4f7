"""Global endpoints that can't fail over, or can't replicate."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mutation.kind import kind
from tests.mutation.world import Mutant, Spot, World
from tests.mutation.worlds.pieces import allow


def endpoints(world: World) -> Iterator[Spot]:
    """Return the global endpoints."""
    yield from world.resources("AWS::Events::Endpoint")


@kind("endpoint: a second bus of another name", "topology")
def another_name(world: World) -> Iterator[Mutant]:
    for spot in endpoints(world):
        second = spot.at("EventBuses", 1, "EventBusArn")
        yield second.put(f"{second.value}-standby")


@kind("endpoint: both buses in one Region", "topology")
def one_region(world: World) -> Iterator[Mutant]:
    for spot in endpoints(world):
        yield spot.at("EventBuses", 1, "EventBusArn").put(spot.at("EventBuses", 0, "EventBusArn").value)


@kind("endpoint: replication without a role", "topology")
def no_role(world: World) -> Iterator[Mutant]:
    for spot in endpoints(world):
        if spot.has("RoleArn"):
            yield spot.at("RoleArn").removed()


@kind("endpoint: a role that puts events on one bus only", "topology")
def role_for_one_bus(world: World) -> Iterator[Mutant]:
    for spot in endpoints(world):
        role = world.topology.role(spot.at("RoleArn").value) if spot.has("RoleArn") else None
        if role is not None:
            one = allow(None, "events:PutEvents", spot.at("EventBuses", 0, "EventBusArn").value)
            yield world.spot(role.location).at("Policies", 0, "PolicyDocument", "Statement", 0).put(one)
