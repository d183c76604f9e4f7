"""Faults in buses of the newer kind, `AWS::EventsV2`.

Left out: a subscriber without a filter, which may be there to take everything, as a ledger does.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

from cdk_eventbridge_patterns.topology.bus import BusKind
from tests.mutation.kind import kind
from tests.mutation.world import Mutant, Spot, World


def policies(world: World) -> Iterator[Spot]:
    """Return the statements of their policies."""
    for policy in world.topology.policies:
        if policy.resource_type == "AWS::EventsV2::ResourcePolicy":
            yield from (world.spot(statement.location) for statement in policy.statements)


def subscribers(world: World) -> Iterator[Spot]:
    """Return their subscribers."""
    return (world.spot(rule.location) for rule in world.topology.rules if rule.kind is BusKind.V2)


@kind("newer bus: its policy is for everyone", "access")
def for_everyone(world: World) -> Iterator[Mutant]:
    """AWS refuses it, also where `events:source` is a condition."""
    for spot in policies(world):
        yield spot.at("Principal").put("*")


@kind("newer bus: its policy is for everyone, with a condition on the source", "access")
def for_every_publisher(world: World) -> Iterator[Mutant]:
    for spot in policies(world):
        statement = copy.deepcopy(spot.value)
        condition = {"StringEquals": {"events:source": "com.acme.orders"}}
        yield spot.put({**statement, "Principal": "*", "Condition": condition})


@kind("newer bus: an account may publish any source", "access")
def any_source(world: World) -> Iterator[Mutant]:
    for spot in policies(world):
        if spot.has("Condition"):
            yield spot.at("Condition").removed()


@kind("newer bus: its policy is gone", "access", "topology")
def no_policy(world: World) -> Iterator[Mutant]:
    """Another account subscribes to it."""
    for spot in world.resources("AWS::EventsV2::ResourcePolicy"):
        yield spot.resource_removed()


@kind("subscriber: no role", "topology", "delivery")
def no_role(world: World) -> Iterator[Mutant]:
    for spot in subscribers(world):
        yield spot.at("InvokeConfiguration", "RoleArn").removed()


@kind("subscriber: no on-failure queue", "delivery")
def no_queue(world: World) -> Iterator[Mutant]:
    for spot in subscribers(world):
        yield spot.at("OnFailureConfiguration").removed()


@kind("subscriber: an on-failure queue that is not there", "delivery")
def queue_not_there(world: World) -> Iterator[Mutant]:
    for spot in subscribers(world):
        yield spot.at("OnFailureConfiguration", "Arn").put(f"{spot.at('OnFailureConfiguration', 'Arn').value}-another")


@kind("subscriber: its target is its own bus", "topology")
def to_its_own_bus(world: World) -> Iterator[Mutant]:
    for spot in subscribers(world):
        yield spot.at("InvokeConfiguration", "TargetArn").put(spot.at("EventBusArn").value)


@kind("subscriber: a target that is not there", "topology", "delivery")
def target_not_there(world: World) -> Iterator[Mutant]:
    for spot in subscribers(world):
        place = spot.at("InvokeConfiguration", "TargetArn")
        yield place.put(f"{place.value}-another")


@kind("subscriber: tried just once", "delivery")
def no_retry(world: World) -> Iterator[Mutant]:
    for spot in subscribers(world):
        yield spot.at("RetryPolicy", "MaxRetryAttempts").put(0)


@kind("subscriber: a filter that AWS refuses", "contracts")
def invalid_filter(world: World) -> Iterator[Mutant]:
    for spot in subscribers(world):
        place = spot.at("FilterConfiguration", "Filters", 0, "Pattern")
        yield place.put('{"source": []}')
