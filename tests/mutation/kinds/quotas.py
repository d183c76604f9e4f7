"""More than AWS allows of something.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.topology.bus import Bus, BusKind
from tests.mutation.kind import kind
from tests.mutation.world import Mutant, Spot, World
from tests.mutation.worlds.pieces import resource


def rules_to_copy(world: World) -> Iterator[tuple[Bus, Spot]]:
    """Return for each bus a rule of its own account on it."""
    for bus in world.topology.buses:
        on_bus = (rule for rule in world.topology.rules_on(bus.arn) if rule.account == bus.account)
        rule = next(on_bus, None)
        if bus.kind is BusKind.CLASSIC and rule is not None:
            yield bus, world.spot(rule.location)


def copies(rule: Spot, count: int, changes: Mapping[str, Any]) -> Mutant:
    """Return the world with copies of a rule, each with a name of its own."""
    return rule.beside(
        {
            f"Copy{number}": {
                **rule.resource,
                "Properties": {**rule.value, "Name": f"{rule.at('Name').value[:50]}-{number}", **changes},
            }
            for number in range(count)
        }
    )


@kind("bus: more rules than its quota", "quotas")
def too_many_rules(world: World) -> Iterator[Mutant]:
    for _, rule in rules_to_copy(world):
        yield copies(rule, 300, {})


@kind("bus: more rules with wildcards than its quota", "quotas")
def too_many_wildcards(world: World) -> Iterator[Mutant]:
    for _, rule in rules_to_copy(world):
        pattern = {**rule.at("EventPattern").value, "detail": {"id": [{"wildcard": "a*z"}]}}
        yield copies(rule, 31, {"EventPattern": pattern})


@kind("account: more buses than its quota", "quotas")
def too_many_buses(world: World) -> Iterator[Mutant]:
    for bus in world.topology.buses:
        if bus.kind is BusKind.CLASSIC:
            many = {f"Bus{number}": resource("AWS::Events::EventBus", Name=f"bus-{number}") for number in range(100)}
            yield world.spot(bus.location).beside(many)
