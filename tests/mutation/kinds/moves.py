"""Events that are moved from bus to bus more often than AWS moves them.

What is added is complete: a rule, its role, its dead-letter queue with a policy, and where it leads to another account
a statement that lets the role in. The one fault is that it is there.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Delivery, Rule
from tests.mutation.kind import kind
from tests.mutation.world import Mutant, Spot, World
from tests.mutation.worlds.pieces import allow, arn, bus_statement, queue, resource, role, role_arn, rule, target


def subscriptions(world: World) -> Iterator[tuple[Spot, Delivery]]:
    """Return the moves from bus to bus whose receiving bus is in the templates."""
    for each in world.topology.moves():
        bus = world.topology.bus(each.target.arn)
        if each.rule.kind is BusKind.CLASSIC and bus is not None:
            yield world.spot(bus.location), each


def a_forward(moved: Rule, from_bus: str, to_bus: str) -> dict[str, Any]:
    """Return what forwards the events of a rule from one bus on to another, in the account of the first."""
    _, _, _, region, account, path = from_bus.split(":", 5)
    bus = path.removeprefix("event-bus/")
    name, lost = "forward", "forward--dead-letters"
    rule_arn = arn("events", account, f"rule/{bus}/{name}", region=region)
    lost_arn = arn("sqs", account, lost, region=region)
    to = target(to_bus, lost_arn, RoleArn=role_arn(account, "forward"))
    pattern = copy.deepcopy(dict(moved.event_pattern)) if isinstance(moved.event_pattern, Mapping) else {}
    return {
        **rule("Forward", bus, name, pattern, to),
        **role("ForwardRole", "forward", rule_arn, allow(None, "events:PutEvents", to_bus)),
        **queue("ForwardLost", account, lost, rule_arn, region=region),
    }


@kind("move: a second hop", "topology")
def second_hop(world: World) -> Iterator[Mutant]:
    """The third bus is in the account of the second; AWS drops the event there too."""
    for spot, each in subscriptions(world):
        arrived = each.target.arn
        third = f"{arrived}-third"
        bus = resource("AWS::Events::EventBus", Name=third.rpartition("/")[2])
        yield spot.beside({"Third": bus, **a_forward(each.rule, arrived, third)})


@kind("move: back to where it came from", "topology")
def loop(world: World) -> Iterator[Mutant]:
    for spot, each in subscriptions(world):
        came_from, arrived = each.rule.bus_arn, each.target.arn
        bus = world.topology.bus(came_from)
        if bus is None:
            continue
        principal = {"AWS": role_arn(arrived.split(":")[4], "forward")}
        statement = allow(principal, "events:PutEvents", came_from, sid="forward")
        yield world.with_resources(
            f"{spot.label} to {bus.name}",
            (spot.index, a_forward(each.rule, arrived, came_from)),
            (world.spot(bus.location).index, bus_statement("LetForwardIn", bus.name, statement)),
        )


@kind("move: a bus to itself", "topology")
def to_itself(world: World) -> Iterator[Mutant]:
    for bus in world.topology.buses:
        on_bus = [each for each in world.topology.rules_on(bus.arn) if each.kind is BusKind.CLASSIC]
        for moved in on_bus[:1]:
            yield world.spot(bus.location).beside(a_forward(moved, bus.arn, bus.arn))
