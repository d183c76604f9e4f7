"""Faults in what a stack makes of the events that it declares to take, each of its resources being right by itself.

What is added is complete: a rule, its dead-letter queue with a policy, a function with its permission and its role.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.simulation.flow import Flow, declared_flows
from cdk_eventbridge_patterns.topology.bus import Bus, BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from tests.mutation.kind import kind
from tests.mutation.kinds.event_patterns import detail_of
from tests.mutation.world import Mutant, Spot, World
from tests.mutation.worlds.pieces import EVENTBRIDGE, allow, arn, document, queue, resource, role_arn, rule, target


def brought(world: World) -> Iterator[Flow]:
    """Return the flows that are brought to the bus of the consumer, to each target one."""
    flows = (flow for flow in declared_flows(world.topology) if flow.movers)
    yield from {id(flow.target): flow for flow in flows}.values()


@kind("flow: the delivery asks for events of the consumer's own account", "flow")
def own_account(world: World) -> Iterator[Mutant]:
    """What another bus brings keeps the account that published it."""
    for flow in brought(world):
        if flow.bus.account != flow.rule.account and isinstance(flow.rule.event_pattern, Mapping):
            spot = world.spot(flow.rule.location).at("EventPattern")
            yield spot.at("account").put([flow.rule.account])


@kind("flow: subscription and delivery ask for different values of a field", "flow")
def filters_apart(world: World) -> Iterator[Mutant]:
    """Some event of the contract has each of them."""
    for flow in brought(world):
        for name in _texts(world, flow)[:1]:
            asked: list[tuple[Rule, Any]] = [
                (flow.movers[0], {"prefix": "a"}),
                (flow.rule, {"anything-but": {"prefix": "a"}}),
            ]
            spots = [(world.spot(each.location), matcher) for each, matcher in asked]
            changes = [
                (spot.index, _edited(spot.at("EventPattern", "detail").put({name: [matcher]}), spot))
                for spot, matcher in spots
            ]
            yield world.with_resources(spots[-1][0].label, *changes)


def _texts(world: World, flow: Flow) -> list[str]:
    """Return the fields of an event that its contract leaves to be any text."""
    registered = world.topology.schemas_of(flow.event.source, flow.event.detail_type)
    return sorted({name for each in registered for name, written in detail_of(each).items() if _is_any_text(written)})


def _is_any_text(written: Mapping[str, Any]) -> bool:
    return written.get("type") == "string" and not {"enum", "const", "pattern", "format", "maxLength"} & written.keys()


def _edited(mutant: Mutant, spot: Spot) -> dict[str, Any]:
    return {spot.logical_id: mutant.templates[spot.index].resources[spot.logical_id]}


@kind("flow: the subscription leads to another bus of the consumer", "flow", "topology")
def to_another_bus(world: World) -> Iterator[Mutant]:
    """The bus is there, and the delivery is not on it."""
    for flow in brought(world):
        mover = world.spot(flow.movers[0].location)
        inbox = next(bus for bus in world.topology.buses if bus.arn == flow.rule.bus_arn)
        second = resource("AWS::Events::EventBus", Name=f"{inbox.name}-second")
        targets = mover.at("Targets", 0, "Arn").put(f"{inbox.arn}-second")
        changes = [(mover.index, _edited(targets, mover)), (world.spot(inbox.location).index, {"Second": second})]
        yield world.with_resources(mover.label, *changes)


@kind("flow: a rule that takes a declared event and says for nobody", "flow")
def undeclared(world: World) -> Iterator[Mutant]:
    for each in world.topology.rules:
        if each.stamp is not None and each.stamp.consumes and each.kind is BusKind.CLASSIC:
            spot = world.spot(each.location)
            unstamped = {name: value for name, value in spot.resource.items() if name != "Metadata"}
            yield spot.beside({spot.logical_id: unstamped})


@kind("flow: a function that may publish what it gets", "flow")
def loop(world: World) -> Iterator[Mutant]:
    for bus in world.topology.buses:
        if bus.stamp is not None and bus.stamp.publishes and bus.kind is BusKind.CLASSIC:
            yield world.spot(bus.location).beside(_a_loop(bus, bus.stamp.publishes[0]))


def _a_loop(bus: Bus, event: EventStamp) -> dict[str, Any]:
    """Return a function that gets an event from a bus, and the permission to publish it there again."""
    function, lost = (
        arn(service, bus.account, path, region=bus.region)
        for service, path in (("lambda", "function:confirm"), ("sqs", "confirm--dead-letters"))
    )
    rule_arn = arn("events", bus.account, f"rule/{bus.name}/confirm", region=bus.region)
    held = {"events:source": event.source, "events:detail-type": event.detail_type}
    publish = allow(None, "events:PutEvents", bus.arn, {"StringEquals": held})
    return {
        **rule(
            "Confirm",
            bus.name,
            "confirm",
            {"source": [event.source], "detail-type": [event.detail_type]},
            target(function, lost),
            stamp={"service": event.service, "consumes": [str(event.name)]},
        ),
        **queue("ConfirmLost", bus.account, "confirm--dead-letters", rule_arn, region=bus.region),
        **a_function("Confirm", bus.account, "confirm", rule_arn, publish, region=bus.region),
    }


def a_function(
    logical_id: str, account: str, name: str, rule_arn: str, allowed: dict[str, Any], *, region: str
) -> dict[str, Any]:
    """Return a function that a rule may call, with a role that allows it one thing."""
    return {
        f"{logical_id}Function": resource("AWS::Lambda::Function", FunctionName=name, Role=role_arn(account, name)),
        f"{logical_id}Permission": resource(
            "AWS::Lambda::Permission",
            FunctionName=arn("lambda", account, f"function:{name}", region=region),
            Action="lambda:InvokeFunction",
            Principal=EVENTBRIDGE["Service"],
            SourceArn=rule_arn,
        ),
        f"{logical_id}Role": resource(
            "AWS::IAM::Role",
            RoleName=name,
            AssumeRolePolicyDocument=document(allow({"Service": "lambda.amazonaws.com"}, "sts:AssumeRole")),
            Policies=[{"PolicyName": name, "PolicyDocument": document(allowed)}],
        ),
    }
