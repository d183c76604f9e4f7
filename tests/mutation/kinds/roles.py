"""Faults in the roles that EventBridge delivers by.

Left out, because AWS needs just one of them against a confused deputy: dropping `aws:SourceArn` or `aws:SourceAccount`
where the other remains.
https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
"""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from tests.mutation.kind import kind
from tests.mutation.world import Mutant, Spot, World


def roles(world: World) -> Iterator[Spot]:
    """Return the roles of targets, once each."""
    named = {delivery.target.role_arn for delivery in world.topology.deliveries()}
    return (world.spot(role.location) for role in world.topology.roles if role.arn in named)


def permissions(world: World) -> Iterator[tuple[Spot, PolicyStatement]]:
    """Return what the roles of targets may do, statement by statement."""
    named = {delivery.target.role_arn for delivery in world.topology.deliveries()}
    for role in world.topology.roles:
        if role.arn in named:
            yield from ((world.spot(statement.location), statement) for statement in role.permissions)


def trust(world: World) -> Iterator[Spot]:
    """Return who may assume the roles of targets."""
    for spot in roles(world):
        yield spot.at("AssumeRolePolicyDocument", "Statement", 0)


@kind("role: it is not there", "delivery", "flow", "topology")
def no_role(world: World) -> Iterator[Mutant]:
    for spot in roles(world):
        yield spot.resource_removed()


@kind("role: a permission is gone", "delivery", "encryption", "flow", "topology")
def no_permission(world: World) -> Iterator[Mutant]:
    for spot, _ in permissions(world):
        yield spot.removed()


@kind("role: another action is allowed", "delivery", "encryption", "flow", "topology")
def other_action(world: World) -> Iterator[Mutant]:
    for spot, statement in permissions(world):
        yield spot.at("Action").put(f"{statement.actions[0].partition(':')[0]}:DescribeSomething")


@kind("role: another resource is allowed", "delivery", "encryption", "flow", "topology")
def other_resource(world: World) -> Iterator[Mutant]:
    for spot, statement in permissions(world):
        yield spot.at("Resource").put(f"{statement.resources[0].rpartition('«')[0]}another")


@kind("role: denied in place of allowed", "delivery", "encryption", "flow", "topology")
def denied(world: World) -> Iterator[Mutant]:
    for spot, _ in permissions(world):
        yield spot.at("Effect").put("Deny")


@kind("role: it may put events on any bus", "access")
def any_bus(world: World) -> Iterator[Mutant]:
    for spot, statement in permissions(world):
        if "events:PutEvents" in statement.actions:
            yield spot.at("Resource").put("*")


@kind("role: another service may assume it", "access", "delivery", "flow", "topology")
def other_service(world: World) -> Iterator[Mutant]:
    for spot in trust(world):
        yield spot.at("Principal").put({"Service": "lambda.amazonaws.com"})


@kind("role: it trusts another rule", "delivery", "flow", "topology")
def other_rule(world: World) -> Iterator[Mutant]:
    for spot in trust(world):
        for operator in ("ArnLike", "ArnEquals"):
            if spot.has("Condition", operator, "aws:SourceArn"):
                place = spot.at("Condition", operator, "aws:SourceArn")
                yield place.put(place.value.replace(":rule/", ":rule/another-"))


@kind("role: it trusts rules of another account", "delivery", "flow", "topology")
def other_account(world: World) -> Iterator[Mutant]:
    for spot in trust(world):
        yield spot.at("Condition", "StringEquals", "aws:SourceAccount").put("999999999999")


@kind("role: EventBridge may assume it for any rule", "access")
def any_rule(world: World) -> Iterator[Mutant]:
    for spot in trust(world):
        yield spot.at("Condition").removed()
