"""Faults in where a rule is: the bus it names."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from tests.mutation.kind import kind
from tests.mutation.kinds.targets import with_part
from tests.mutation.world import Mutant, Spot, World


def foreign(world: World) -> Iterator[tuple[Spot, Rule]]:
    """Return where rules name the bus of another account."""
    for rule in world.topology.rules:
        if rule.kind is BusKind.CLASSIC and rule.on_foreign_bus is True:
            yield world.spot(rule.location).at("EventBusName"), rule


@kind("rule: another account in the ARN of its bus", "flow", "topology")
def other_account(world: World) -> Iterator[Mutant]:
    """The account is one whose templates are read, and has no such bus."""
    for spot, rule in foreign(world):
        accounts = {account for account, _ in world.topology.environments} - {rule.bus_account, rule.account}
        for account in sorted(accounts)[:1]:
            yield spot.put(with_part(rule.bus_arn, 4, account))


@kind("rule: its own account in the ARN of its bus", "flow", "topology")
def own_account(world: World) -> Iterator[Mutant]:
    for spot, rule in foreign(world):
        yield spot.put(with_part(rule.bus_arn, 4, rule.account))


@kind("rule: another Region in the ARN of its bus", "flow", "topology")
def other_region(world: World) -> Iterator[Mutant]:
    for spot, rule in foreign(world):
        yield spot.put(with_part(rule.bus_arn, 3, "ap-south-1"))


@kind("rule: the ARN of a bus that nobody declares", "flow", "topology")
def other_name(world: World) -> Iterator[Mutant]:
    for spot, rule in foreign(world):
        yield spot.put(f"{rule.bus_arn}-another")


@kind("rule: the bare name of another account's bus", "flow", "topology")
def bare_name(world: World) -> Iterator[Mutant]:
    """What the CDK renders of a bus that was imported by its ARN: a rule in the wrong account."""
    for spot, rule in foreign(world):
        yield spot.put(rule.bus_name)


@kind("rule: the name of a bus that nobody declares", "flow", "topology")
def undeclared_name(world: World) -> Iterator[Mutant]:
    for rule in world.topology.rules:
        if rule.kind is BusKind.CLASSIC and rule.on_foreign_bus is False:
            yield world.spot(rule.location).at("EventBusName").put(f"{rule.bus_name}-another")


@kind("rule: no bus, so it is on the default bus", "contracts", "delivery", "flow", "topology")
def default_bus(world: World) -> Iterator[Mutant]:
    for rule in world.topology.rules:
        if rule.kind is BusKind.CLASSIC and rule.bus_name != "default":
            yield world.spot(rule.location).at("EventBusName").removed()


@kind("rule: another name than policies and roles know", "access", "delivery", "flow", "topology")
def renamed(world: World) -> Iterator[Mutant]:
    for rule in world.topology.rules:
        if rule.kind is BusKind.CLASSIC:
            yield world.spot(rule.location).at("Name").put("another-name")


@kind("bus: it is gone, and its rules are not", "flow", "topology")
def bus_gone(world: World) -> Iterator[Mutant]:
    """A newer bus is known by a reference, and CloudFormation itself refuses one that leads nowhere."""
    used = {rule.bus_arn for rule in world.topology.rules}
    for bus in world.topology.buses:
        if bus.arn in used and bus.kind is BusKind.CLASSIC:
            yield world.spot(bus.location).resource_removed()


@kind("bus: another name than its rules know", "flow", "topology")
def bus_renamed(world: World) -> Iterator[Mutant]:
    used = {rule.bus_arn for rule in world.topology.rules}
    for bus in world.topology.buses:
        if bus.arn in used and bus.kind is BusKind.CLASSIC:
            yield world.spot(bus.location).at("Name").put(f"{bus.name}-another")
